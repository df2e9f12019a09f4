// Runs before every npm script, on a clone that may have no dependencies yet: plain JavaScript.
"use strict";

const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const root = path.resolve(__dirname, "..");
const stamp = path.join(root, "node_modules", ".installed-for");
const lock = path.join(root, ".installing");

checkNode();
if (!installed()) install();

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `This needs Node.js 20.19 or newer, and runs on ${process.versions.node}. ` +
      "Install a newer one, and run the command again.",
  );
}

/** What the installed dependencies were installed for. */
function wanted() {
  const hash = createHash("sha256");
  for (const file of ["package.json", "package-lock.json"]) {
    hash.update(fs.readFileSync(path.join(root, file)));
  }
  return hash.digest("hex");
}

function installed() {
  return fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === wanted();
}

function install() {
  takeLock();
  try {
    if (installed()) return;
    console.log("Installing the dependencies (npm ci): a minute or two, once");
    const windows = process.platform === "win32";
    const { status } = spawnSync(
      windows ? "npm.cmd" : "npm",
      ["ci", "--no-fund", "--no-audit", "--loglevel=error"],
      { cwd: root, stdio: "inherit", shell: windows },
    );
    if (status !== 0) {
      fail(
        "npm ci did not succeed (see above). It needs to reach an npm registry; " +
          "run the command again when it does.",
      );
    }
    fs.writeFileSync(stamp, wanted());
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

/** Two commands started at once must not install into one folder; the second waits. */
function takeLock() {
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: "wx" });
      return;
    } catch {
      const holder = Number(readIfThere(lock));
      if (holder > 0 && !isRunning(holder)) fs.rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isRunning(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
