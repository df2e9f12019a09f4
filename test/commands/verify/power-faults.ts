import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import type { SandboxAws } from "../../../sandbox/aws";
import { allow } from "../../../sandbox/grown-account/make";
import { bastionId, devId, inside, prodId } from "./accounts";
import type { Fault } from "./fault";
import {
  documentOf,
  managementId,
  root,
  service,
  trusting,
  trustingWorkflows,
} from "./live-accounts";
import { iam, newRole, retrust } from "./planting";

async function newAdministrator(
  aws: SandboxAws,
  account: string,
  RoleName: string,
  trust: string,
): Promise<void> {
  await newRole(aws, account, RoleName, trust);
  await iam(aws, account).send(
    new AttachRolePolicyCommand({
      RoleName,
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  );
}

const reserved = "AWSReservedSSO_AdministratorAccess_0123456789abcdef";

const bySignIn = (provider: string): string =>
  documentOf({
    Effect: "Allow",
    Principal: { Federated: provider },
    Action: ["sts:AssumeRoleWithSAML", "sts:TagSession"],
    Condition: {
      StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" },
    },
  });

/** Power in the accounts that the config does not know. */
export const powerFaults: readonly Fault[] = [
  {
    name: "the bastion has an administrator for a stranger's repository",
    plant: (aws) =>
      newAdministrator(
        aws,
        bastionId,
        "backdoor",
        trustingWorkflows(bastionId, "repo:evil/backdoor:ref:refs/heads/main"),
      ),
    rule: "unknown-administrator",
    says: /^backdoor in bastion .*whose sub is repo:evil\/backdoor:/,
  },
  {
    name: "an administrator trusts the root of its own account",
    plant: (aws) =>
      newAdministrator(aws, prodId, "old-admin", trusting(root(prodId))),
    rule: "unknown-administrator",
    says: /^old-admin in prod .*its own root/,
  },
  {
    name: "an administrator trusts ReadOnly by its ARN",
    plant: (aws) =>
      newAdministrator(
        aws,
        prodId,
        "helper",
        trusting({ AWS: `arn:aws:iam::${prodId}:role/ReadOnly` }),
      ),
    rule: "unknown-administrator",
    says: /^helper in prod .*Who takes it: the role ReadOnly of prod/,
  },
  {
    name: "the bastion has an administrator for a Lambda function",
    plant: (aws) =>
      newAdministrator(aws, bastionId, "fixer", trusting(service("lambda"))),
    rule: "unknown-administrator",
    says: /^fixer in bastion .*a Lambda function of the account/,
  },
  {
    name: "a role for instances can change IAM",
    plant: async (aws) => {
      await newRole(aws, devId, "tagger", trusting(service("ec2")));
      await iam(aws, devId).send(
        new PutRolePolicyCommand({
          RoleName: "tagger",
          PolicyName: "trusts",
          PolicyDocument: documentOf({
            Effect: "Allow",
            Action: "iam:UpdateAssumeRolePolicy",
            Resource: `arn:aws:iam::${devId}:role/batch`,
          }),
        }),
      );
    },
    rule: "unknown-iam-power",
    says: /^tagger in dev can change IAM .*policy trusts.*an EC2 instance/,
  },
  {
    name: "a user of a workload account is administrator",
    plant: async (aws) => {
      const client = iam(aws, prodId);
      await client.send(new CreateUserCommand({ UserName: "legacy-ci" }));
      await client.send(
        new AttachUserPolicyCommand({
          UserName: "legacy-ci",
          PolicyArn: "arn:aws:iam::aws:policy/IAMFullAccess",
        }),
      );
    },
    rule: "unknown-administrator",
    says: /^legacy-ci, a user of prod, is administrator/,
  },
  {
    name: "a group of the bastion can pass any role",
    plant: async (aws) => {
      const client = iam(aws, bastionId);
      await client.send(new CreateGroupCommand({ GroupName: "runners" }));
      await client.send(
        new PutGroupPolicyCommand({
          GroupName: "runners",
          PolicyName: "pass",
          PolicyDocument: documentOf({
            Effect: "Allow",
            Action: "iam:PassRole",
            Resource: "*",
          }),
        }),
      );
    },
    rule: "unknown-iam-power",
    says: /the group runners of bastion can pass a role of any name/,
  },
  {
    name: "the deployment role trusts the root of its own account",
    plant: (aws) =>
      retrust(
        aws,
        devId,
        "OrganizationAccountAccessRole",
        trusting({
          AWS: [root(aws.cloud.managementAccountId).AWS, root(devId).AWS],
        }),
      ),
    rule: "leads-to-administrator",
    says: /^OrganizationAccountAccessRole in dev .*its own root/,
    // By a trust.json, which says whom the role is for.
    mend: (aws) =>
      retrust(
        aws,
        devId,
        "OrganizationAccountAccessRole",
        trusting(root(aws.cloud.managementAccountId)),
      ),
  },
  {
    name: "whoever holds ReadOnly gets to a role that writes",
    plant: async (aws) => {
      const RoleName = "uploader";
      const byReadOnly = { AWS: `arn:aws:iam::${prodId}:role/ReadOnly` };
      await newRole(aws, prodId, RoleName, trusting(byReadOnly));
      await iam(aws, prodId).send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: "writes",
          PolicyDocument: allow("s3:PutObject", "arn:aws:s3:::data/*"),
        }),
      );
    },
    rule: "leads-to-more",
    says: /^uploader in prod may call s3:PutObject .*the role ReadOnly of prod/,
  },
  {
    name: "PowerUser may change a function that perhaps runs with more",
    plant: async (aws) => {
      const RoleName = "inventory";
      await newRole(aws, prodId, RoleName, trusting(service("lambda")));
      await iam(aws, prodId).send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: "reads",
          PolicyDocument: allow("iam:ListUsers", "*"),
        }),
      );
    },
    rule: "runs-with-more",
    says: /^inventory in prod may call iam:ListUsers, .*perhaps the role PowerUser of prod by way of .*\(function, by lambda:UpdateFunctionCode\)/,
    outcome: "pass",
  },
  {
    name: "Control Tower has a role that is administrator",
    plant: (aws) =>
      newAdministrator(
        aws,
        devId,
        "AWSControlTowerExecution",
        trusting(root(managementId)),
      ),
    settings: { knownAccounts: [managementId] },
    rule: "administrator-of-aws",
    says: /^AWSControlTowerExecution in dev .*account 999999999999/,
    outcome: "pass",
  },
  {
    name: "Identity Center has a role that is administrator",
    plant: async (aws) => {
      const provider = `arn:aws:iam::${prodId}:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE`;
      await newAdministrator(aws, prodId, reserved, bySignIn(provider));
      const { roles } = inside(aws, prodId);
      const made = roles.get(reserved);
      if (made === undefined) throw new Error("no role");
      // IAM lets nobody else make one there.
      roles.set(reserved, {
        ...made,
        path: "/aws-reserved/sso.amazonaws.com/",
      });
    },
    rule: "administrator-of-aws",
    says: /^AWSReservedSSO_\w+ in prod .*Identity Center made it/,
    outcome: "pass",
    // As Identity Center does, once the permission set is taken off the account.
    mend: (aws) => {
      inside(aws, prodId).roles.delete(reserved);
      return Promise.resolve();
    },
  },
];
