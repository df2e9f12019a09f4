import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writePulumiCommand } from "../../../sandbox/shell/pulumi-command";

/** In the place of the CLI: writes into the stack's file, and tells what it was given. */
const cli = `#!/bin/sh
if [ "$1 $2" = "stack --show-name" ]; then
  [ -f selected ] && cat selected
  exit
fi
if [ "$1 $2" = "stack select" ]; then echo chosen > selected; exit; fi
[ -z "$PULUMI_OPTION_CONFIG_FILE" ] || { cat "$PULUMI_OPTION_CONFIG_FILE"; echo "salt" >> "$PULUMI_OPTION_CONFIG_FILE"; }
for word; do printf '<%s>' "$word"; done
exit 3
`;

const noCommand =
  process.platform === "win32" ? " (skipped: Windows has none)" : "";
const suite = noCommand === "" ? describe : describe.skip;

suite(`pulumi, as a shell of the sandbox has it${noCommand}`, () => {
  let project: string;
  let bin: string;
  before(() => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "it's a shell ")));
    project = join(folder, "project");
    mkdirSync(join(project, "infra"), { recursive: true });
    mkdirSync(join(folder, "elsewhere"));
    writeFileSync(join(project, "Pulumi.yaml"), "name: a\n");
    for (const stack of ["bastion", "chosen"]) {
      writeFileSync(join(project, `Pulumi.${stack}.yaml`), `of ${stack}\n`);
    }
    writeFileSync(join(folder, "cli"), cli);
    chmodSync(join(folder, "cli"), 0o755);
    bin = writePulumiCommand(join(folder, "shell"), {
      cli: join(folder, "cli"),
      project,
    });
  });
  afterEach(() => {
    rmSync(join(project, "selected"), { force: true });
  });
  after(() => {
    rmSync(join(project, ".."), { recursive: true, force: true });
  });

  const run = (args: readonly string[], folder = ".") => {
    const { stdout, stderr, status } = spawnSync(join(bin, "pulumi"), args, {
      cwd: join(project, folder),
      encoding: "utf8",
      env: { PATH: process.env["PATH"] },
    });
    assert.equal(stderr, "");
    assert.equal(status, 3);
    return stdout;
  };

  const cases: readonly (readonly [
    what: string,
    args: readonly string[],
    file: string,
    folder?: string,
  ])[] = [
    ["a preview", ["preview", "--stack", "bastion"], "of bastion\n"],
    ["its short form", ["pre", "-s", "bastion"], "of bastion\n"],
    ["an update", ["up", "--yes", "--stack=bastion"], "of bastion\n"],
    [
      "flags first",
      ["--color", "never", "-s=bastion", "refresh"],
      "of bastion\n",
    ],
    ["a full name", ["up", "-s", "organization/a/bastion"], "of bastion\n"],
    ["a folder below", ["up", "-s", "bastion"], "of bastion\n", "infra"],
    ["no file", ["up", "-s", "workload-dev"], "{}\n"],
    [
      "words with spaces",
      ["up", "-m", "it's me", "-s", "bastion"],
      "of bastion\n",
    ],
    ["no stack, and none selected", ["destroy"], "of chosen\n"],
    ["another project", ["up", "-s", "bastion"], "", "../elsewhere"],
    ["another folder by name", ["-C", "infra", "up", "-s", "bastion"], ""],
    ["a file by name", ["up", "--config-file", "x.yaml", "-s", "bastion"], ""],
    ["a change of the config", ["config", "set", "up", "1"], ""],
    ["what has no file", ["stack", "output", "-s", "bastion"], ""],
    ["a question", ["up", "--help"], ""],
  ];
  for (const [what, args, file, folder] of cases) {
    it(`${file === "" ? "is the CLI alone for" : "gives a copy to"} ${what}`, () => {
      const told = args.map((word) => `<${word}>`).join("");
      assert.equal(run(args, folder), `${file}${told}`);
      for (const stack of ["bastion", "chosen"]) {
        const text = readFileSync(
          join(project, `Pulumi.${stack}.yaml`),
          "utf8",
        );
        assert.equal(text, `of ${stack}\n`);
      }
    });
  }
});
