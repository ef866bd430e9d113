// Puts the browser client of the official package among the classes, with its licence and version, unless it is there.
// Usage: node install.cjs <folder to install into> <folder for the files> [npm]
"use strict";

const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const [work, target, npm = "npm"] = process.argv.slice(2);
const files = ["package.json", "package-lock.json"];

// Written last, so that what was cut short is done again.
const stamp = path.join(target, "version");
const installed = path.join(work, ".installed");
const wanted = files.map((name) => fs.readFileSync(path.join(__dirname, name), "utf8")).join("\n");

function isCurrent() {
  return fs.existsSync(stamp) && fs.existsSync(installed) && fs.readFileSync(installed, "utf8") === wanted;
}

function install() {
  fs.mkdirSync(work, { recursive: true });
  for (const name of files) {
    fs.copyFileSync(path.join(__dirname, name), path.join(work, name));
  }
  const args = ["ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const result = spawnSync(npm, args, { cwd: work, stdio: "inherit", shell: process.platform === "win32" });
  if (result.error) {
    console.error(`Cannot run ${npm}: ${result.error.message} (expected: Node.js 18 or later with npm on the PATH)`);
  }
  if (result.status !== 0) {
    process.exit(result.status ?? 1);
  }
}

function copy() {
  const source = path.join(work, "node_modules", "socket.io");
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(target, { recursive: true });
  for (const name of fs.readdirSync(path.join(source, "client-dist"))) {
    fs.copyFileSync(path.join(source, "client-dist", name), path.join(target, name));
  }
  fs.copyFileSync(path.join(source, "LICENSE"), path.join(target, "LICENSE"));
  const { version } = JSON.parse(fs.readFileSync(path.join(source, "package.json"), "utf8"));
  fs.writeFileSync(stamp, version);
  fs.writeFileSync(installed, wanted);
}

if (!isCurrent()) {
  install();
  copy();
}
