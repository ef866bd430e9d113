// The Node half of Chromium: one browser, many pages, driven by playwright-core over JSON lines.
"use strict";

const { chromium } = require("playwright-core");
const { serve, tell } = require("./parley-peer.cjs");

const pages = new Map();
let browser;
let lastPage = 0;

/** Reports what went wrong in a page; runs in the page, before its own scripts. */
function reportViolations() {
  document.addEventListener("securitypolicyviolation", (event) => {
    window.parleyViolation(`${event.effectiveDirective}: ${event.blockedURI || event.sourceFile} (line ${event.lineNumber})`);
  });
}

async function watch(page) {
  const id = ++lastPage;
  pages.set(id, page);
  await page.exposeBinding("parleyViolation", (_, text) => tell("violation", { page: id, text }));
  await page.addInitScript(reportViolations);
  page.on("console", (message) => {
    if (message.type() === "error") {
      tell("console", { page: id, text: `${message.text()} (${message.location().url})` });
    }
  });
  page.on("pageerror", (error) => tell("console", { page: id, text: `uncaught: ${error.stack ?? error}` }));
  return id;
}

function pageOf(id) {
  const page = pages.get(id);
  if (!page) {
    throw new Error(`no page ${id}: it was closed`);
  }
  return page;
}

serve({
  async launch(executable, profile, quic) {
    browser = await chromium.launch({
      executablePath: executable,
      headless: true,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        ...(quic ? [] : ["--disable-quic"]),
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
      env: { ...process.env, HOME: profile },
    });
    return browser.version();
  },
  async newPage(options) {
    const context = await browser.newContext({ ...options, ignoreHTTPSErrors: true });
    context.setDefaultTimeout(20_000);
    return watch(await context.newPage());
  },
  async newTab(id) {
    return watch(await pageOf(id).context().newPage());
  },
  async goTo(id, url) {
    const response = await pageOf(id).goto(url, { waitUntil: "load" });
    return response ? response.status() : 0;
  },
  reload: (id) => pageOf(id).reload().then(() => null),
  url: async (id) => pageOf(id).url(),
  title: (id) => pageOf(id).title(),
  fill: (id, selector, text) => pageOf(id).fill(selector, text),
  type: (id, selector, text) => pageOf(id).locator(selector).first().pressSequentially(text),
  setFiles: (id, selector, file) => pageOf(id).setInputFiles(selector, file),
  click: (id, selector) => pageOf(id).click(selector),
  hover: (id, selector) => pageOf(id).hover(selector),
  focus: (id, selector) => pageOf(id).focus(selector),
  press: (id, selector, key) => (selector ? pageOf(id).press(selector, key) : pageOf(id).keyboard.press(key)),
  text: async (id, selector) => (await pageOf(id).locator(selector).first().innerText()).trim(),
  texts: (id, selector) => pageOf(id).locator(selector).allInnerTexts(),
  value: (id, selector) => pageOf(id).inputValue(selector),
  attribute: (id, selector, name) => pageOf(id).getAttribute(selector, name),
  count: (id, selector) => pageOf(id).locator(selector).count(),
  isVisible: (id, selector) => pageOf(id).locator(selector).first().isVisible(),
  waitFor: (id, selector, state) => pageOf(id).locator(selector).first().waitFor({ state }),
  async waitForText(id, selector, text) {
    await pageOf(id).locator(selector).filter({ hasText: text }).first().waitFor({ state: "visible" });
  },
  waitForTrue: (id, script) => pageOf(id).waitForFunction(script).then(() => null),
  evaluate: (id, script) => pageOf(id).evaluate(script),
  accessibility: (id, selector) => pageOf(id).locator(selector).first().ariaSnapshot(),
  setViewport: (id, width, height) => pageOf(id).setViewportSize({ width, height }),
  emulateMedia: (id, media) => pageOf(id).emulateMedia(media),
  setOffline: (id, offline) => pageOf(id).context().setOffline(offline),
  async screenshot(id, path, fullPage) {
    await pageOf(id).screenshot({ path, fullPage });
  },
  async close(id) {
    await pageOf(id).close();
    pages.delete(id);
  },
  async quit() {
    await browser?.close();
  },
});
