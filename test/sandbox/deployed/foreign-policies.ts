import assert from "node:assert/strict";
import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  GetAccountAuthorizationDetailsCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import type { Sandbox } from "../../../sandbox/sandbox";
import { stackFileText } from "../../../sandbox/project";
import type { Stack } from "../../../sandbox/stack";
import { administratorOf } from "../../../sandbox/tour/people";
import type { Deployed } from "./deployed";

const bastionId = "111111111111";
const prodId = "033333333333";

const foreign = {
  PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  PolicyName: "by-hand",
  PolicyDocument: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  }),
};

type Held = ReadonlyMap<string, readonly string[]>;

/** The names of the policies of each user, group and role. */
async function policiesIn(iam: IAMClient): Promise<Held> {
  const {
    UserDetailList: users = [],
    GroupDetailList: groups = [],
    RoleDetailList: roles = [],
  } = await iam.send(
    new GetAccountAuthorizationDetailsCommand({ MaxItems: 1_000 }),
  );
  const holders = [
    ...users.map((one) => ({ ...one, name: one.UserName })),
    ...groups.map((one) => ({ ...one, name: one.GroupName })),
    ...roles.map((one) => ({ ...one, name: one.RoleName })),
  ] as readonly Holder[];
  return new Map(
    holders.map(({ name, AttachedManagedPolicies: attached, ...one }) => [
      name,
      [
        ...(one.UserPolicyList ?? []),
        ...(one.GroupPolicyList ?? []),
        ...(one.RolePolicyList ?? []),
        ...(attached ?? []),
      ].map(({ PolicyName }) => PolicyName),
    ]),
  );
}

interface Holder {
  readonly name: string;
  readonly UserPolicyList?: readonly Named[];
  readonly GroupPolicyList?: readonly Named[];
  readonly RolePolicyList?: readonly Named[];
  readonly AttachedManagedPolicies?: readonly Named[];
}

interface Named {
  readonly PolicyName: string;
}

/** Who has one of the two beside OpsSudo, and the deployment's role, which are administrators. */
const foreignIn = (held: Held): readonly string[] =>
  [...held]
    .filter(
      ([name, policies]) =>
        !["OpsSudo", "OrganizationAccountAccessRole"].includes(name) &&
        policies.some((one) =>
          ["by-hand", "AdministratorAccess"].includes(one),
        ),
    )
    .map(([name]) => name)
    .sort();

/** Leaves both stacks by their committed files. */
export const foreignPolicies = (deployed: () => Deployed): void => {
  describe("have policies that somebody put on what they made, which", () => {
    let sandbox: Sandbox;
    let bastion: Stack;
    let workload: Stack;
    before(() => {
      ({ sandbox, bastion, workload } = deployed());
    });

    const administrator = (accountId: string): Promise<IAMClient> =>
      administratorOf(sandbox.aws, accountId);
    const foreignLeftIn = async (accountId: string) =>
      foreignIn(await policiesIn(await administrator(accountId)));

    it("are drift on a role, which a refresh shows and a deployment takes away", async () => {
      const iam = await administrator(prodId);
      const { PolicyArn, PolicyName, PolicyDocument } = foreign;
      await iam.send(
        new AttachRolePolicyCommand({ RoleName: "ReadOnly", PolicyArn }),
      );
      await iam.send(
        new PutRolePolicyCommand({
          RoleName: "Analyst",
          PolicyName,
          PolicyDocument,
        }),
      );
      assert.deepEqual(await foreignLeftIn(prodId), ["Analyst", "ReadOnly"]);
      const { stdout } = await workload.refresh();
      assert.match(
        stdout,
        /RolePolicyAttachmentsExclusive +prod-ReadOnly.*updated/,
      );
      assert.match(stdout, /RolePoliciesExclusive +prod-Analyst.*updated/);
      await workload.up();
      assert.deepEqual(await foreignLeftIn(prodId), []);
      const { stdout: second } = await workload.up("--refresh");
      assert.doesNotMatch(second, / (created|updated|replaced|deleted)/);
    });

    it("are shown by a preview that refreshes", async () => {
      const iam = await administrator(prodId);
      const { PolicyArn } = foreign;
      await iam.send(
        new AttachRolePolicyCommand({ RoleName: "PowerUser", PolicyArn }),
      );
      const { stdout } = await workload.preview({}, "--refresh", "--diff");
      assert.match(stdout, /prod-PowerUser[\s\S]*AdministratorAccess/);
      await workload.up("--refresh");
      assert.deepEqual(await foreignLeftIn(prodId), []);
    });

    it("are drift on users and groups alike", async () => {
      const iam = await administrator(bastionId);
      const { PolicyArn, PolicyName, PolicyDocument } = foreign;
      const inline = { PolicyName, PolicyDocument };
      await iam.send(
        new AttachUserPolicyCommand({ UserName: "ada", PolicyArn }),
      );
      await iam.send(new PutUserPolicyCommand({ UserName: "chen", ...inline }));
      await iam.send(
        new AttachGroupPolicyCommand({ GroupName: "team-analysts", PolicyArn }),
      );
      await iam.send(
        new PutGroupPolicyCommand({ GroupName: "bastion-users", ...inline }),
      );
      const { stdout } = await bastion.refresh();
      assert.match(stdout, /UserPolicyAttachmentsExclusive +\S+ada.*updated/);
      assert.match(stdout, /UserPoliciesExclusive +\S+chen.*updated/);
      assert.match(
        stdout,
        /GroupPolicyAttachmentsExclusive +\S+team-analysts.*updated/,
      );
      assert.match(stdout, /GroupPoliciesExclusive +\S+bastion-users.*updated/);
      await bastion.up();
      assert.deepEqual(await foreignLeftIn(bastionId), []);
    });

    it("stay where the config keeps them", async () => {
      const iam = await administrator(bastionId);
      const { PolicyName, PolicyDocument } = foreign;
      const inline = { PolicyName, PolicyDocument };
      bastion.writeConfig(
        stackFileText("bastion") +
          "  bastion-account:keepPoliciesOf: [bashir, team-operations]\n",
      );
      await bastion.up();
      await iam.send(
        new PutUserPolicyCommand({ UserName: "bashir", ...inline }),
      );
      await iam.send(
        new PutGroupPolicyCommand({ GroupName: "team-operations", ...inline }),
      );
      await bastion.up("--refresh");
      const kept = ["bashir", "team-operations"];
      assert.deepEqual(await foreignLeftIn(bastionId), kept);
      bastion.writeConfig(stackFileText("bastion"));
      await bastion.up();
      assert.deepEqual(await foreignLeftIn(bastionId), []);
    });

    it("do not keep a role from getting others by config", async () => {
      const settings =
        "{ managedPolicies: [SecurityAudit], inlinePolicies: { own: { Version: \"2012-10-17\", Statement: [{ Effect: Allow, Action: s3:ListAllMyBuckets, Resource: '*' }] } } }";
      workload.writeConfig(
        `${stackFileText("workload")}  bastion-account:roles:\n    Analyst: ${settings}\n`,
      );
      await workload.up();
      const policiesOf = async () => {
        const held = await policiesIn(await administrator(prodId));
        return (held.get("Analyst") ?? []).filter(
          (name) => name !== "account-guard",
        );
      };
      assert.deepEqual(await policiesOf(), ["own", "SecurityAudit"]);
      workload.writeConfig(stackFileText("workload"));
      await workload.up();
      assert.deepEqual(await policiesOf(), ["AmazonDynamoDBReadOnlyAccess"]);
    });
  });
};
