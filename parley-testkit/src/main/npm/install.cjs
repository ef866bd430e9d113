// Installs the peers of package-lock.json into the folder given, unless they are there already.
// Usage: node install.cjs <target folder> [npm]
"use strict";

const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const [target, npm = "npm"] = process.argv.slice(2);
const files = ["package.json", "package-lock.json"];

// Written last, so that an install that was cut short is done again.
const stamp = path.join(target, ".installed");
const wanted = files.map((name) => fs.readFileSync(path.join(__dirname, name), "utf8")).join("\n");

if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === wanted) {
  process.exit(0);
}

fs.mkdirSync(target, { recursive: true });
for (const name of files) {
  fs.copyFileSync(path.join(__dirname, name), path.join(target, name));
}
const args = ["ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
const result = spawnSync(npm, args, { cwd: target, stdio: "inherit", shell: process.platform === "win32" });
if (result.error) {
  console.error(`Cannot run ${npm}: ${result.error.message} (expected: Node.js 18 or later with npm on the PATH)`);
  process.exit(1);
}
if (result.status === 0) {
  fs.writeFileSync(stamp, wanted);
}
process.exit(result.status ?? 1);
