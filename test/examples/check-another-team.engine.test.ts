import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "mocha";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import { example, missing, OtherTeam } from "./another-team";

/** The programs, and the rule that stops each, as the README's table has them. */
const programs = [
  ...readFileSync(join(example, "README.md"), "utf8").matchAll(
    /^\| `(\w+)\/` .*\| `([\w-]+)` +\|$/gm,
  ),
].map(([, folder = "", rule = ""]) => ({ folder, rule }));

describe("another team's program, under the policy pack", () => {
  let sandbox: Sandbox;
  let team: OtherTeam;
  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    team = new OtherTeam(sandbox);
    await team.logsIn();
  });
  after(async () => {
    team.remove();
    await sandbox.close();
  });

  const skipUnlessRuns = (context: Context, folder: string): void => {
    const why = missing(sandbox.workspace.engine, folder);
    if (why === undefined) return;
    if (context.test) context.test.title += ` (skipped: ${why})`;
    context.skip();
  };

  it("is there in three languages", () => {
    const folders = programs.map(({ folder }) => folder);
    assert.deepEqual(folders, ["typescript", "python", "yaml"]);
  });

  for (const { folder, rule } of programs) {
    it(`in ${folder} is stopped by ${rule} alone`, async function () {
      skipUnlessRuns(this, folder);
      const { code, screen } = await team.previews(folder, "dev");
      assert.notEqual(code, 0);
      const stoppedBy = screen.matchAll(/\[mandatory\].*? {2}([\w-]+) {2}\(/g);
      assert.deepEqual(
        [...stoppedBy].map(([, name]) => name),
        [rule],
        screen,
      );
    });

    it(`in ${folder} passes as its fixed stack has it`, async function () {
      skipUnlessRuns(this, folder);
      const { code, screen } = await team.previews(folder, "fixed");
      assert.equal(code, 0, screen);
      assert.match(screen, /✅ bastion-account@/);
      assert.match(screen, /\+ +aws:iam:Role /);
      assert.doesNotMatch(screen, /\[(mandatory|advisory)\]/);
    });
  }

  it("in Python has the packages of the versions that this checkout has", () => {
    const { dependencies } = JSON.parse(
      readFileSync(join(example, "../../package.json"), "utf8"),
    ) as { readonly dependencies: Readonly<Record<string, string>> };
    assert.equal(
      readFileSync(join(example, "python/requirements.txt"), "utf8"),
      `pulumi==${dependencies["@pulumi/pulumi"] ?? "?"}\npulumi-aws==${dependencies["@pulumi/aws"] ?? "?"}\n`,
    );
  });
});
