import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import { shellBlocks } from "../pages/shell-blocks";
import { byTheEngine } from "../run/whole-tests";
import { NewProject } from "./new-project";

/** Of its README, in the order in which they are read. */
const commands = shellBlocks("examples/template/README.md").flatMap(
  (block) => block.commands,
);
const few = commands.filter((command) => !command.startsWith("pulumi up"));

describe("a project that pulumi new makes of the template", () => {
  let sandbox: Sandbox;
  let project: NewProject;
  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    project = new NewProject(sandbox);
  });
  after(async () => {
    project.close();
    await sandbox.close();
  });

  it("asks for the ids of the two accounts, and tells what comes next", async () => {
    const screen = await project.make([
      [/Project name/, "acme-access"],
      [/Project description/, ""],
      [/The id of the bastion.*\(bastionAccountId\)/, "111111111111"],
      [
        /The id of the account of the roles.*\(workloadAccountId\)/,
        "033333333333",
      ],
    ]);
    assert.doesNotMatch(screen, /Stack name/);
    assert.match(screen, /Your new project is ready to go/);
    assert.match(screen, /README\.md says how the second, workload, is made/);
    const file = join(project.folder, "Pulumi.bastion.yaml");
    const text = readFileSync(file, "utf8");
    assert.match(text, /acme-access:bastionAccountId: "111111111111"/);
    assert.match(text, /acme-access:workloadAccountId: "033333333333"/);
  });

  const shown = new Map<string, string>();

  const follow = async (command: string): Promise<void> => {
    const [program, ...args] = command.split(" ");
    assert.equal(program, "pulumi");
    const { code, stdout, stderr } = await project.pulumi(...args);
    assert.equal(code, 0, `${command}\n${stdout}${stderr}`);
    shown.set(command, stdout);
  };

  for (const command of byTheEngine(commands, String, few)) {
    it(`comes through its README: ${command}`, () => follow(command));
  }

  it("has previewed the bastion", () => {
    const text = shown.get("pulumi preview --stack bastion") ?? "";
    assert.match(text, /bastion:index:BastionAccount/);
    assert.match(text, /aws:iam:User +bastion-user\/ada/);
  });

  it("has the roles in the other stack", async () => {
    const up = "pulumi up --stack workload";
    assert.equal(commands.at(-1), up);
    const preview = "pulumi preview --stack workload";
    if (!shown.has(up)) await follow(preview);
    const text = shown.get(up) ?? shown.get(preview) ?? "";
    assert.match(text, /bastion:index:WorkloadAccount +workload/);
    assert.match(text, /aws:iam:Role +workload-OpsSudo/);
  });
});
