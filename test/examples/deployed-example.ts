import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  readBastionConfig,
  readWorkloadConfigs,
} from "../../commands/bastion-config";
import { readOrganisation } from "../../commands/accounts/organisation";
import { accountsToRead, expectedAccess } from "../../commands/verify/expected";
import { defaultSettings } from "../../commands/verify/facts";
import { verify } from "../../commands/verify/report";
import type { AwsOptions } from "../../sandbox/aws";
import { checkout } from "../../sandbox/engine/paths";
import { readStackFile, type StackFile } from "../../sandbox/project";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import { signInFirstTime } from "../../sandbox/tour/first-sign-in";
import { tryEveryAssignment, type Row } from "../../sandbox/tour/matrix";
import { administratorOf } from "../../sandbox/tour/people";
import { projectWith } from "./project-text";

type Finding = ReturnType<typeof verify>["findings"][number];

/** An example of ids and a bastion's stack file, deployed as its README says. */
export class DeployedExample {
  private constructor(
    readonly sandbox: Sandbox,
    private readonly folder: string,
    /** What the policy pack printed, and the bastion's outputs. */
    readonly printed: readonly string[],
    readonly outputs: Readonly<Record<string, unknown>>,
  ) {}

  static async deploy(
    name: string,
    partition: AwsOptions["partition"] = "aws",
  ): Promise<DeployedExample> {
    const example = join(checkout, "examples", name);
    const folder = projectOf(example);
    const sandbox = await startSandbox({ progress: console.log, partition });
    const rules = [
      ...["--policy-pack", join(checkout, "policy-pack")],
      ...["--policy-pack-config", join(example, "rules.json")],
    ];
    const printed: string[] = [];
    const deployed = async (stackName: string) => {
      const file = join(folder, `Pulumi.${stackName}.yaml`);
      const text = readFileSync(file, "utf8");
      const stack = await sandbox.stack(stackName, text, folder);
      printed.push((await stack.up(...rules)).stdout);
      return stack;
    };
    const bastion = await deployed("bastion");
    await deployed("workload");
    const outputs = await bastion.outputs();
    return new DeployedExample(sandbox, folder, printed, outputs);
  }

  get stackFile(): StackFile {
    return readStackFile("bastion", this.folder);
  }

  /** Has every user enrol MFA and try every role, with it and without. */
  async tryEverything(): Promise<readonly Row[]> {
    const { aws } = this.sandbox;
    const { stackFile } = this;
    const iam = await administratorOf(aws, stackFile.bastionAccountId);
    const rows: Row[] = [];
    for (const name of Object.keys(stackFile.users)) {
      const { user } = await signInFirstTime(aws, stackFile, iam, name);
      rows.push(...(await tryEveryAssignment(user, stackFile)));
    }
    return rows;
  }

  /** What verify finds that is more than a note. */
  async findings(): Promise<readonly Finding[]> {
    const { aws } = this.sandbox;
    const project = { folder: this.folder, stack: "bastion" };
    const config = readBastionConfig(project);
    const workloads = readWorkloadConfigs(project, config);
    const expected = expectedAccess(config, workloads);
    const { partition, region, deploymentRole } = expected;
    const way = {
      partition,
      region,
      role: deploymentRole ?? undefined,
      sessionName: "verify",
      client: { endpoint: aws.endpoint, credentials: aws.deployment },
    };
    const organisation = await readOrganisation(way, accountsToRead(expected));
    const now = aws.clock.now();
    const report = verify(organisation, expected, defaultSettings, now);
    return report.findings.filter(({ level }) => level !== "note");
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** A project with this checkout's program, and the example's ids and people. */
function projectOf(example: string): string {
  const folder = mkdtempSync(join(tmpdir(), "an example "));
  for (const name of ["infra", "node_modules", "package.json"]) {
    symlinkSync(join(checkout, name), join(folder, name));
  }
  const project = projectWith(
    join(checkout, "Pulumi.yaml"),
    join(example, "ids.yaml"),
  );
  writeFileSync(join(folder, "Pulumi.yaml"), project);
  for (const [from, stack] of [
    [example, "bastion"],
    [checkout, "workload"],
  ] as const) {
    const file = `Pulumi.${stack}.yaml`;
    copyFileSync(join(from, file), join(folder, file));
  }
  return folder;
}
