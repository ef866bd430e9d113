// Builds the page for the jar: node build/package.mjs <work folder> <page folder> [npm]
// Everything happens in the work folder, so that the sources stay clean; nothing happens when they have not changed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compress } from "./compress.mjs";

const SOURCES = dirname(dirname(fileURLToPath(import.meta.url)));
const NOT_SOURCES = new Set(["node_modules", "out", ".gitignore"]);

const [workFolder, pageFolder, npm = "npm"] = process.argv.slice(2);
if (pageFolder === undefined) {
  fail("build/package.mjs: a folder is missing (expected: <work folder> <page folder> [npm])");
}
const work = resolve(workFolder);
const page = resolve(pageFolder);

const stamps = { page: join(work, "page.sha256"), modules: join(work, "modules.sha256") };
const sources = sourceFiles("");
const pageStamp = digest([...sources, process.version]);

if (read(stamps.page) === pageStamp && existsSync(join(page, "index.html"))) {
  console.log("The page is up to date.");
} else {
  build();
}

function build() {
  copySources();
  installModules();
  run("run", "--silent", "check");
  run("run", "--silent", "test");
  run("run", "--silent", "build", "--", "--logLevel", "warn");
  rmSync(page, { recursive: true, force: true });
  cpSync(join(work, "out", "page"), page, { recursive: true });
  compress(page);
  writeFileSync(stamps.page, pageStamp);
}

function copySources() {
  mkdirSync(work, { recursive: true });
  rmSync(stamps.page, { force: true });
  for (const name of readdirSync(work).filter((name) => name !== "node_modules" && name !== "modules.sha256")) {
    rmSync(join(work, name), { recursive: true, force: true });
  }
  sources.forEach((name) => cpSync(join(SOURCES, name), join(work, name)));
}

/** From the cache of npm where it can; the lock file says what, to the byte. */
function installModules() {
  const stamp = digest(["package.json", "package-lock.json"]);
  if (read(stamps.modules) !== stamp) {
    rmSync(stamps.modules, { force: true });
    run("ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
    writeFileSync(stamps.modules, stamp);
  }
}

function sourceFiles(folder) {
  return readdirSync(join(SOURCES, folder), { withFileTypes: true })
    .filter((entry) => !NOT_SOURCES.has(entry.name))
    .flatMap((entry) => {
      const name = join(folder, entry.name);
      return entry.isDirectory() ? sourceFiles(name) : [name];
    })
    .sort();
}

/** Of the names and of the contents of those that are files. */
function digest(names) {
  const hash = createHash("sha256");
  for (const name of names) {
    const file = join(SOURCES, name);
    hash.update(`${name}\0`).update(existsSync(file) ? readFileSync(file) : "").update("\0");
  }
  return hash.digest("hex");
}

function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function run(...words) {
  const done = spawnSync(npm, words, { cwd: work, stdio: "inherit", shell: process.platform === "win32" });
  if (done.error) {
    fail(`Cannot run ${npm}: ${done.error.message} (expected: Node.js 20.19 or later with npm on the PATH)`);
  } else if (done.status !== 0) {
    fail(`The page was not built: ${npm} ${words.join(" ")} failed; the reason stands above`);
  }
}

function fail(reason) {
  console.error(reason);
  process.exit(1);
}
