import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { checkout } from "../../../sandbox/engine/paths";

const command = (name: string, ...args: readonly string[]) =>
  spawn(
    process.execPath,
    ["-r", "./infra/start", `commands/${name}/command.ts`, ...args],
    { cwd: checkout, stdio: ["ignore", "pipe", "pipe"] },
  );

/** What prints the most without an account. */
const printing: readonly (readonly [name: string, ...args: string[]])[] = [
  ["client-config", "--print", "ada"],
  ["deploy", "deploy", "--matrix"],
  ["verify", "--print-expected"],
];

describe("how a command runs", () => {
  it("names its help after a slip, and does not push the message out of sight", async () => {
    const child = command("verify", "--colour");
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

  for (const [name, ...args] of printing) {
    it(`lets ${name} go on where the reader of a pipe has seen enough, and not complain`, async () => {
      const child = command(name, ...args);
      child.stdout.destroy();
      const [told] = await Promise.all([
        text(child.stderr),
        once(child, "close"),
      ]);
      assert.equal(told, "");
      assert.equal(child.exitCode, 0);
    });
  }

  it("is the same for each", () => {
    const commands = readdirSync(join(checkout, "commands"), {
      recursive: true,
      encoding: "utf8",
    }).filter((file) => basename(file) === "command.ts");
    assert.ok(commands.length >= 7);
    for (const file of commands) {
      const source = readFileSync(join(checkout, "commands", file), "utf8");
      assert.match(source, /^runCommand\(/m, file);
    }
  });
});
