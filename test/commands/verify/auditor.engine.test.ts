import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  readBastionConfig,
  readWorkloadConfigs,
} from "../../../commands/bastion-config";
import {
  expectedAccess,
  type ExpectedAccess,
} from "../../../commands/verify/expected";
import { issueToken } from "../../../sandbox/aws/tokens";
import { checkout } from "../../../sandbox/engine/paths";
import { run } from "../../../sandbox/engine/run";
import { allow } from "../../../sandbox/grown-account/make";
import { underPolicyPack } from "../../../sandbox/policy-pack";
import { readStackFile, stackFileText } from "../../../sandbox/project";
import { startSandbox, type Sandbox } from "../../../sandbox/sandbox";
import { signInFirstTime } from "../../../sandbox/tour/first-sign-in";
import type { SignedInUser } from "../../../sandbox/tour/matrix";
import { administratorOf } from "../../../sandbox/tour/people";
import type { Stack } from "../../../sandbox/stack";
import { noTerminal, onTerminal } from "../../run/terminal";
import {
  administrator,
  devId,
  prodId,
  snapshotOf,
  verified,
  wrongIn,
} from "./accounts";
import { auditedFaults } from "./audited-faults";
import { isDeployed } from "./fault";

const repository = "acme@7/bastion-account@42";
/** With a role for support cases, as verify's note about it says. */
const facts = `  bastion-account:auditor: true
  bastion-account:roles:
    Analyst: { managedPolicies: [AmazonDynamoDBReadOnlyAccess] }
    Support: { managedPolicies: ["AWSSupportAccess"], permissionsBoundary: limit }
  bastion-account:pipeline: { repository: ${repository} }
`;
/** Chen audits prod, and so the bastion as well; nobody audits dev. */
const bastionFile = (stackFileText("bastion") + facts)
  .replace("teams: [analysts]", "teams: [analysts, auditors]")
  .replace(
    "    analysts:\n",
    "    auditors: { grants: [{ roles: [Auditor], accounts: all }] }\n    analysts:\n",
  );
const rules = join(checkout, ".github", "rules.json");
const why = noTerminal();
const note = why === undefined ? "" : ` (skipped: ${why})`;

/** An audit by those who may read, and may do nothing else. */
describe("verify by the auditor's roles", () => {
  const stackFile = readStackFile("bastion");
  let sandbox: Sandbox;
  let folder: string;
  let chen: SignedInUser;
  let expected: ExpectedAccess;
  const stacks: Stack[] = [];

  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    folder = join(sandbox.workspace.folder, "audit");
    mkdirSync(folder);
    for (const account of [devId, prodId]) {
      await administrator(sandbox.aws, account).iam.createPolicy({
        PolicyName: "limit",
        PolicyDocument: allow("support:*"),
      });
    }
    const pack = [...underPolicyPack, "--policy-pack-config", rules];
    const workloadFile = stackFileText("workload") + facts;
    for (const [name, text] of [
      ["bastion", bastionFile],
      ["workload", workloadFile],
    ] as const) {
      const stack = await sandbox.stack(name, text);
      await stack.up(...pack);
      stacks.push(stack);
    }
    copyFileSync(join(checkout, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    write("Pulumi.bastion.yaml", bastionFile);
    write("Pulumi.workload.yaml", workloadFile);
    const project = { folder, stack: "bastion" };
    const config = readBastionConfig(project);
    const workloads = readWorkloadConfigs(project, config);
    expected = expectedAccess(config, workloads);
    write("expected.json", JSON.stringify(expected));
    const iam = await administratorOf(sandbox.aws, stackFile.bastionAccountId);
    chen = (await signInFirstTime(sandbox.aws, stackFile, iam, "chen")).user;
    const { accessKeyId, secretAccessKey } = chen.withoutMfa;
    write(
      "credentials",
      `[chen]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
  });

  after(() => sandbox.close());

  const write = (file: string, text: string): void => {
    writeFileSync(join(folder, file), text, { mode: 0o600 });
  };

  const verify = (...options: readonly string[]): readonly string[] => [
    ...["-r", join(checkout, "infra/start")],
    join(checkout, "commands/verify/command.ts"),
    ...["--expected", join(folder, "expected.json")],
    // The deployment role trusts it.
    ...["--known-account", sandbox.aws.cloud.managementAccountId],
    ...options,
  ];

  const environment = (profile: string): Record<string, string> => ({
    AWS_ENDPOINT_URL: sandbox.aws.endpoint,
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    AWS_PROFILE: profile,
  });

  const terminalTest = why === undefined ? it : it.skip;
  terminalTest(`passes for a user, who gives one MFA code${note}`, async () => {
    const args = verify("--role", "Auditor").map((one) => `'${one}'`);
    const { code, screen, asked } = await onTerminal(
      `node ${args.join(" ")}`,
      /MFA code of \S+: /,
      () => chen.person.mfa().code,
      environment("chen"),
    );
    assert.equal(asked, 1, screen);
    assert.equal(code, 0, screen);
    assert.match(screen, /no-external-access-analyzer/);
    assert.doesNotMatch(screen, /no-support-role/);
  });

  it("passes for a job of its environment, and for no other", async () => {
    const audit = (sub: string) => {
      const token = {
        iss: "https://token.actions.githubusercontent.com",
        aud: "sts.amazonaws.com",
        sub: `repo:${repository}:${sub}`,
        exp: Math.floor(Date.now() / 1_000) + 300,
      };
      write("token", issueToken(token));
      const as = ["--role", "pipeline-audit", "--token-file"];
      return run(process.execPath, verify(...as, join(folder, "token")), {
        environment: environment("nobody"),
      });
    };
    const ours = await audit("environment:verify");
    assert.equal(ours.code, 0, ours.stdout + ours.stderr);
    const another = await audit("pull_request");
    assert.equal(another.code, 2, another.stdout);
    assert.match(another.stdout, /AccessDenied/);
  });

  describe("sees, and sees mended by what it says,", () => {
    const found = async () => {
      const { aws } = sandbox;
      const knownAccounts = [aws.cloud.managementAccountId];
      return wrongIn(await verified(aws, expected, { knownAccounts }));
    };

    it("nothing, as both stacks were deployed", async () => {
      assert.deepEqual(await found(), []);
    });

    for (const fault of auditedFaults) {
      it(fault.name, async () => {
        const { plant, rule, says, mend } = fault;
        const restore = snapshotOf(sandbox.aws);
        await plant(sandbox.aws);
        const findings = await found();
        assert.deepEqual(
          findings.map((one) => one.rule),
          [rule],
        );
        assert.match(findings[0]?.message ?? "", says);
        if (typeof mend !== "function") restore();
        else {
          await mend(sandbox.aws);
          assert.deepEqual(await found(), []);
        }
      });
    }

    it("by one deployment, all that is mended by one", async () => {
      const deployed = auditedFaults.filter(isDeployed);
      for (const { plant } of deployed) await plant(sandbox.aws);
      assert.equal((await found()).length, deployed.length);
      for (const stack of stacks) await stack.up("--refresh");
      assert.deepEqual(await found(), []);
    });
  });

  it("reads nothing by a role that the user may not take", async () => {
    const { code, stdout, stderr } = await run(
      process.execPath,
      verify("--role", "OpsSudo"),
      { environment: environment("chen") },
    );
    assert.equal(code, 2, stdout);
    assert.match(stderr, /taken with MFA, and there is no terminal/);
  });

  it("says of who is no user of the bastion that the role is for one", async () => {
    const { accessKeyId, secretAccessKey } = sandbox.aws.deployment;
    write(
      "credentials",
      `[deployment]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    const { code, stderr } = await run(
      process.execPath,
      verify("--role", "Auditor"),
      { environment: environment("deployment") },
    );
    assert.equal(code, 2);
    assert.match(
      stderr,
      /devices of these credentials' user could not be read: .*ListMFADevices.*\. Fix: use the key of a user of the bastion/,
    );
  });
});
