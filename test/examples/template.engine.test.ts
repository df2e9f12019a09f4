import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import { NewProject } from "./new-project";

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
      [/Stack name/, "bastion"],
      [/The id of the bastion.*\(bastionAccountId\)/, "111111111111"],
      [
        /The id of the account of the roles.*\(workloadAccountId\)/,
        "033333333333",
      ],
    ]);
    assert.match(screen, /Your new project is ready to go/);
    assert.match(screen, /README\.md says how the second, workload, is made/);
    const file = join(project.folder, "Pulumi.bastion.yaml");
    const text = readFileSync(file, "utf8");
    assert.match(text, /acme-access:bastionAccountId: "111111111111"/);
    assert.match(text, /acme-access:workloadAccountId: "033333333333"/);
  });

  it("previews the bastion", async () => {
    const { code, stdout } = await project.pulumi(
      ...["preview", "--stack", "bastion"],
    );
    assert.equal(code, 0, stdout);
    assert.match(stdout, /bastion:index:BastionAccount/);
    assert.match(stdout, /aws:iam:User +bastion-user\/ada/);
  });

  /** The second step of its README, without the deployment at its end. */
  const commands = (): readonly string[] => {
    const page = readFileSync(join(project.folder, "README.md"), "utf8");
    const [, block = ""] = /```sh\n([^]*?)```/.exec(page) ?? [];
    return block.split("\n").map((line) => line.trim());
  };

  it("previews the workload stack, made by the commands of its README", async () => {
    const said = commands().filter((line) => line !== "");
    const last = said.pop();
    assert.equal(last, "pulumi up --stack workload");
    assert.equal(said.length, 3);
    for (const command of said) {
      const [program, ...args] = command.split(" ");
      assert.equal(program, "pulumi");
      const { code, stderr } = await project.pulumi(...args);
      assert.equal(code, 0, `${command}\n${stderr}`);
    }
    const { code, stdout } = await project.pulumi(
      ...["preview", "--stack", "workload"],
    );
    assert.equal(code, 0, stdout);
    assert.match(stdout, /bastion:index:WorkloadAccount +workload/);
    assert.match(stdout, /aws:iam:Role +workload-OpsSudo/);
  });
});
