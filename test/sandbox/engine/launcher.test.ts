import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launcherOf } from "../../../sandbox/engine/launcher";

describe("what starts the language host", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "it's a folder "));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("hands its arguments on, also from a folder that a shell would take apart", () => {
    const program = join(folder, "server.js");
    writeFileSync(
      program,
      "console.log(JSON.stringify(process.argv.slice(2)))",
    );
    const { name, text } = launcherOf(process.execPath, program, "linux");
    const file = join(folder, name);
    writeFileSync(file, text);
    chmodSync(file, 0o755);
    const args = ["127.0.0.1:5", "two words", "$HOME"];
    assert.deepEqual(
      JSON.parse(execFileSync(file, args, { encoding: "utf8" })),
      args,
    );
  });

  it("is a batch file on Windows, where the engine looks for no other script", () => {
    const node = String.raw`C:\Program Files\nodejs\node.exe`;
    const program = String.raw`C:\100%\server.js`;
    assert.deepEqual(launcherOf(node, program, "win32"), {
      name: "pulumi-language-nodejs.cmd",
      text: `@"${node}" "${program.replace("%", "%%")}" %*\r\n`,
    });
  });
});
