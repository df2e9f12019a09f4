import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { checkout } from "../../sandbox/engine/paths";

const frontDoors = ["bench.ts", "bench-scale.ts", "shell.ts", "tour.ts"];

/** Prints a line at each turn, as a tour that goes on. */
const printing = `
require("./sandbox/outlive-readers").outliveReaders();
let left = 20;
const next = () => {
  console.log("a line");
  console.error("another");
  if (--left > 0) setImmediate(next);
};
next();
`;

describe("what the sandbox prints for a reader that has seen enough", () => {
  it("ends nothing", async () => {
    const child = spawn(
      process.execPath,
      ["-r", "./infra/start", "-e", printing],
      { cwd: checkout, stdio: ["ignore", "pipe", "pipe"] },
    );
    child.stdout.destroy();
    const [told] = await Promise.all([
      text(child.stderr),
      once(child, "close"),
    ]);
    assert.equal(told, "another\n".repeat(20));
    assert.equal(child.exitCode, 0);
  });

  for (const file of frontDoors) {
    it(`is so in ${file}`, () => {
      const source = readFileSync(join(checkout, "sandbox", file), "utf8");
      assert.match(source, /^outliveReaders\(\);$/m);
    });
  }
});
