// Plain JavaScript, since set-up.js takes a lock before any dependency is installed.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { setTimeout: wait } = require("node:timers/promises");

/** Milliseconds in which a process that has just made the file has also written its id there. */
const timeToWriteId = 10_000;

/** Milliseconds between two tries. */
const interval = 500;

exports.withLock = async (file, work, progress = () => undefined) => {
  for (let told = false; !take(file); told = true) {
    if (!told) progress(waitingFor(file));
    await wait(interval);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
};

exports.withLockSync = (file, work, progress) => {
  for (let told = false; !take(file); told = true) {
    if (!told) progress(waitingFor(file));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, interval);
  }
  try {
    return work();
  } finally {
    fs.rmSync(file, { force: true });
  }
};

/** Should the id have passed on to another program, a person can tell and remove the file. */
const waitingFor = (file) =>
  `Waiting for process ${textOf(file) ?? "?"}, says ${file}`;

/** Whether this process has the lock now; one whose process is gone is taken over. */
function take(file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (;;) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: "wx" });
      return true;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const owner = textOf(file);
    if (owner === undefined || !isGone(file, owner)) return false;
    removeLockOf(owner, file);
  }
}

/** The text of the lock file: a process id, or nothing yet; undefined when there is no file. */
function textOf(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function isGone(file, owner) {
  if (Number(owner) > 0) return !isRunning(Number(owner));
  const made = fs.statSync(file, { throwIfNoEntry: false });
  return made !== undefined && Date.now() - made.mtimeMs > timeToWriteId;
}

/** Of several that wait, one moves the file away; a lock taken since then is put back. */
function removeLockOf(owner, file) {
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  if (textOf(aside) === owner) fs.rmSync(aside, { force: true });
  else fs.renameSync(aside, file);
}

function isRunning(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and is another user's.
    return error.code === "EPERM";
  }
}
