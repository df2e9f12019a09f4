import assert from "node:assert/strict";
import type { IAM } from "@aws-sdk/client-iam";
import { expectedAccess } from "../../../commands/verify/expected";
import { startAws, type SandboxAws } from "../../../sandbox/aws";
import { allow } from "../../../sandbox/grown-account/make";
import { administratorOf } from "../../../sandbox/tour/people";
import { makeBastion, makeWorkload } from "../../access/pipeline-accounts";
import { bastionConfig, workloadConfig } from "../../infra/config-of";
import { bastionId, devId, snapshotOf, verified } from "./accounts";

const yaml = `
bastionAccountId: "${bastionId}"
accounts: { dev: { id: "${devId}", production: true } }
pipeline: { repository: acme/bastion }
`;
const bastion = bastionConfig(`${yaml}users: { ada: }`);
const workload = workloadConfig(yaml);
const expected = expectedAccess(bastion, [workload]);
const roleBoundary = `arn:aws:iam::${devId}:policy/pipeline-role-boundary`;
const userBoundary = `arn:aws:iam::${bastionId}:policy/pipeline-user-boundary`;

describe("verify holds what bounds a pipeline to the config:", () => {
  let aws: SandboxAws;
  let restore: () => void;
  let inBastion: IAM;
  let inDev: IAM;

  before(async () => {
    aws = await startAws({
      accounts: [
        { id: bastionId, name: "bastion" },
        { id: devId, name: "dev" },
      ],
    });
    inBastion = await administratorOf(aws, bastionId);
    inDev = await administratorOf(aws, devId);
    const [dev] = workload.accounts;
    assert.ok(dev);
    await makeBastion(inBastion, bastion);
    await makeWorkload(inDev, workload, dev, bastionId);
    restore = snapshotOf(aws);
  });
  afterEach(() => {
    restore();
  });
  after(() => aws.close());

  const found = async (): Promise<readonly string[]> =>
    (await verified(aws, expected)).findings
      .filter(({ rule }) => /bound|allows|administrator|undecided/.test(rule))
      .map(({ rule, message }) => `${rule}: ${message}`);

  it("nothing is told of accounts as they are deployed", async () => {
    assert.deepEqual(await found(), []);
  });

  const faults: Readonly<
    Record<string, readonly [() => Promise<unknown>, RegExp]>
  > = {
    "a boundary that allows more": [
      () =>
        inDev.createPolicyVersion({
          PolicyArn: roleBoundary,
          PolicyDocument: allow("*"),
          SetAsDefault: true,
        }),
      /^pipeline-bound-differs: the policy \S+:policy\/pipeline-role-boundary may call iam:/,
    ],
    "a boundary that allows less": [
      () =>
        inBastion.createPolicyVersion({
          PolicyArn: userBoundary,
          PolicyDocument: allow("sts:AssumeRole"),
          SetAsDefault: true,
        }),
      /^pipeline-bound-differs: the policy \S+ may not call/,
    ],
    "a user without it": [
      () => inBastion.deleteUserPermissionsBoundary({ UserName: "ada" }),
      /^boundary-differs: ada in bastion has no permissions boundary/,
    ],
    "a role without it": [
      () => inDev.deleteRolePermissionsBoundary({ RoleName: "ReadOnly" }),
      /^boundary-differs: ReadOnly in dev has no permissions boundary/,
    ],
    "OpsSudo with it": [
      () =>
        inDev.putRolePermissionsBoundary({
          RoleName: "OpsSudo",
          PermissionsBoundary: roleBoundary,
        }),
      /^boundary-differs: OpsSudo in dev has \S+pipeline-role-boundary/,
    ],
  };
  for (const [what, [plant, told]] of Object.entries(faults)) {
    it(what, async () => {
      await plant();
      const findings = await found();
      assert.ok(
        findings.some((one) => told.test(one)),
        findings.join("\n"),
      );
    });
  }
});
