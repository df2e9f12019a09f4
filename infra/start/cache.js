"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { join } = require("node:path");

const folder = join(__dirname, "../../node_modules/.cache/bastion-account");

/**
 * A text that takes long to make, kept under the hash of all that it is made from: what has changed in
 * any way is made anew.
 *
 * @param {readonly string[]} ingredients
 * @param {() => string} make
 * @returns {string}
 */
function keptText(ingredients, make) {
  const file = join(folder, hash(JSON.stringify(ingredients)));
  const kept = read(file);
  if (kept !== undefined) return kept;
  const made = make();
  write(file, made);
  return made;
}

/** Nothing where a file is damaged: to run half a program is to delete the resources of the rest. */
function read(file) {
  try {
    const kept = fs.readFileSync(file, "utf8");
    const end = kept.indexOf("\n");
    const text = kept.slice(end + 1);
    return kept.slice(0, end) === hash(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** In one step, so that two runs at once do not meet; a folder that can't be written costs time alone. */
function write(file, text) {
  try {
    const fresh = `${file}.${process.pid}`;
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(fresh, `${hash(text)}\n${text}`);
    fs.renameSync(fresh, file);
  } catch {
    // The next run makes it again.
  }
}

const hash = (text) => createHash("sha256").update(text).digest("hex");

module.exports = { keptText };
