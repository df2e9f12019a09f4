import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeFolder } from "../../sandbox/stack";
import { untilStopped } from "../../sandbox/until-stopped";

describe("What uses a sandbox", () => {
  const parent = mkdtempSync(join(tmpdir(), "until stopped "));
  after(() => {
    rmSync(parent, { recursive: true });
  });

  /** A sandbox that is one folder; `closed` comes when it is closed. */
  const started = (name: string) => {
    const folder = join(parent, name);
    mkdirSync(folder);
    let tell = (): void => undefined;
    const closed = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const close = (): Promise<void> => {
      removeFolder(folder);
      tell();
      return Promise.resolve();
    };
    return { sandbox: { close, workspace: { folder } }, folder, closed };
  };

  it("comes to its end, and leaves nothing behind", async () => {
    const { sandbox, folder } = started("to its end");
    const ended = await untilStopped(sandbox, () => Promise.resolve(true));
    assert.equal(ended, true);
    assert.ok(!existsSync(folder));
  });

  it("leaves nothing behind where it fails", async () => {
    const { sandbox, folder } = started("failed");
    const failing = () => Promise.reject(new Error("as it is"));
    await assert.rejects(untilStopped(sandbox, failing), /as it is/);
    assert.ok(!existsSync(folder));
  });

  it("is stopped in the middle, and what it writes until it notices goes, too", async () => {
    const { sandbox, folder, closed } = started("stopped");
    const ending = untilStopped(sandbox, async () => {
      await closed;
      mkdirSync(folder);
      throw new Error("AWS is gone");
    });
    // As of a terminal that was closed.
    process.emit("SIGHUP", "SIGHUP");
    assert.equal(await ending, "SIGHUP");
    assert.ok(!existsSync(folder));
  });

  it("is told that it is stopped, where it waits for that", async () => {
    const { sandbox } = started("waiting");
    let told: unknown;
    const ending = untilStopped(sandbox, async (stop) => {
      told = await stop;
    });
    process.emit("SIGHUP", "SIGHUP");
    await ending;
    assert.equal(told, "SIGHUP");
    assert.equal(process.listenerCount("SIGHUP"), 0);
  });
});
