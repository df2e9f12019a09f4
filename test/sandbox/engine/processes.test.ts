import assert from "node:assert/strict";
import {
  existsSync,
  mkdtempSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { withLock } from "../../../sandbox/lock";
import { run } from "../../../sandbox/engine/run";

describe("a command", () => {
  it("gives its outputs line by line, and its exit code", async () => {
    const lines: string[] = [];
    const finished = await run("sh", ["-c", "echo a; echo b >&2; exit 4"], {
      onLine: (line) => lines.push(line),
    });
    assert.deepEqual(finished, { code: 4, stdout: "a", stderr: "b" });
    assert.deepEqual(lines.sort(), ["a", "b"]);
  });

  it("ends with 127 when there is none of that name", async () => {
    const { code, stderr } = await run("no-such-command", []);
    assert.equal(code, 127);
    assert.match(stderr, /ENOENT/);
  });

  it("is ended when its time is up, with all that it has started", async () => {
    const began = Date.now();
    const { code, stdout } = await run(
      "sh",
      ["-c", "sleep 60 & echo $!; wait"],
      {
        timeout: 500,
      },
    );
    assert.equal(code, 1);
    assert.ok(Date.now() - began < 10_000);
    // A process that was killed is there until its new parent has seen it.
    const { stdout: state } = await run("ps", ["-o", "stat=", "-p", stdout]);
    assert.match(state, /^(Z.*)?$/);
  });
});

describe("a lock", () => {
  let file: string;

  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), "lock-")), "lock");
  });

  afterEach(() => {
    rmSync(join(file, ".."), { recursive: true });
  });

  it("lets one at a time work, and does not wait for a process that is gone", async () => {
    const { stdout: dead } = await run(process.execPath, ["-p", "process.pid"]);
    writeFileSync(file, dead);
    let inside = 0;
    const work = () =>
      withLock(file, async () => {
        inside += 1;
        assert.equal(inside, 1);
        await nextTurn();
        inside -= 1;
      });
    await Promise.all([work(), work(), work()]);
    assert.ok(!existsSync(file));
  });

  it("says whom it waits for, while that one is there", async () => {
    writeFileSync(file, String(process.pid));
    const told: string[] = [];
    const work = withLock(
      file,
      () => Promise.resolve("done"),
      (line) => {
        told.push(line);
        rmSync(file);
      },
    );
    assert.equal(await work, "done");
    assert.deepEqual(told, [
      `Waiting for process ${process.pid}, says ${file}`,
    ]);
  });

  it("does not wait for a process that stopped before it wrote its id", async () => {
    writeFileSync(file, "");
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(file, longAgo, longAgo);
    assert.equal(await withLock(file, () => Promise.resolve("done")), "done");
  });

  it("is given back when the work fails", async () => {
    await assert.rejects(withLock(file, () => Promise.reject(new Error("no"))));
    assert.ok(!existsSync(file));
  });
});
