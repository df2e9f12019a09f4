import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { checkout } from "../../../sandbox/engine/paths";

const verify = (option: string) =>
  spawn(
    process.execPath,
    ["-r", "./infra/start", "commands/verify/command.ts", option],
    { cwd: checkout, stdio: ["ignore", "pipe", "pipe"] },
  );

describe("how a command runs", () => {
  it("names its help after a slip, and does not push the message out of sight", async () => {
    const child = verify("--colour");
    const [told] = await Promise.all([
      text(child.stderr),
      once(child, "close"),
    ]);
    assert.match(
      told,
      /'--colour'.*\n\nAll options: npm run verify -- --help\n$/,
    );
    assert.equal(child.exitCode, 2);
  });

  it("goes on where the reader of a pipe has seen enough, and does not complain", async () => {
    const child = verify("--print-expected");
    child.stdout.destroy();
    const [told] = await Promise.all([
      text(child.stderr),
      once(child, "close"),
    ]);
    assert.equal(told, "");
    assert.equal(child.exitCode, 0);
  });
});
