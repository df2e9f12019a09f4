import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import type { Stack } from "../../sandbox/stack";

const wrong = `config:
  bastion-account:stack: workload
  bastion-account:roles:
    Analyst: { managedPolicies: [AmazonDynamoDBReadOnly] }
  bastion-account:deployTo: [nowhere]
  bastion-account:colour: red
`;

/** What the preview says of each problem: the key, and the line below it. */
const problemsIn = (stdout: string): readonly string[] =>
  [...stdout.matchAll(/(\S+)\n +(at|found): +(\S+)/g)].map(
    ([, path, what, rest]) => `${path ?? ""} ${what ?? ""} ${rest ?? ""}`,
  );

describe("a preview of a config that is wrong", () => {
  let sandbox: Sandbox;
  let stack: Stack;
  let folder: string;
  before(async () => {
    sandbox = await startSandbox({ progress: () => undefined });
    folder = mkdtempSync(join(tmpdir(), "wrong config "));
    copyFileSync(join(checkout, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    for (const name of ["package.json", "infra", "node_modules"]) {
      symlinkSync(join(checkout, name), join(folder, name));
    }
    stack = await sandbox.stack("wrong", wrong, folder);
  });
  after(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("says in which file and line each problem stands, and knows AWS's policies", async () => {
    writeFileSync(join(folder, "Pulumi.wrong.yaml"), wrong);
    const { code, stdout } = await stack.run(["preview", "--stack", "wrong"]);
    assert.notEqual(code, 0);
    assert.deepEqual(problemsIn(stdout), [
      "roles.Analyst.managedPolicies[0] at Pulumi.wrong.yaml:4",
      "deployTo[0] at Pulumi.wrong.yaml:5",
      "colour at Pulumi.wrong.yaml:6",
    ]);
    assert.match(stdout, /the nearest is AmazonDynamoDBReadOnlyAccess/);
  });

  it("names no line of a file that the option --config-file had it not read", async () => {
    const other = wrong.replace("nowhere", "prod").replace("red", "blue");
    writeFileSync(join(folder, "Pulumi.wrong.yaml"), other);
    const { code, stdout } = await stack.preview();
    assert.notEqual(code, 0);
    assert.deepEqual(problemsIn(stdout), [
      'deployTo[0] found "nowhere"',
      "colour found an",
      "roles.Analyst.managedPolicies[0] at Pulumi.wrong.yaml:4",
    ]);
  });
});
