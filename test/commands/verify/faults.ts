import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeleteGroupPolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import type { Fault } from "./fault";
import { documentOf, trusting } from "./live-accounts";
import {
  bastionRoot,
  deleteGroup,
  deleteRole,
  deleteUser,
  dropGuard,
  giveUp,
  iam,
  newRole,
  openGroup,
  retrust,
  withMfa,
} from "./planting";
import { accountFaults } from "./account-faults";
import { driftFaults } from "./drift-faults";
import { trustingWorkflows } from "./live-accounts";
import { exemptionFaults } from "./exemption-faults";
import { powerFaults } from "./power-faults";
import { undecidedFaults } from "./undecided-faults";
import { bastionId, devId, prodId } from "./accounts";

const peopleFaults: readonly Fault[] = [
  {
    name: "a user is taken out of the group that asks for MFA",
    plant: (aws) => giveUp(aws, "bastion-users", "bashir"),
    rule: "membership-differs",
    says: /bashir is not in the group bastion-users/,
  },
  {
    name: "a user is put into a team by hand",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new AddUserToGroupCommand({
          GroupName: "team-operations",
          UserName: "chen",
        }),
      ),
    rule: "open-not-granted",
    says: /^OpsSudo in prod opens to chen, .*group team-operations/,
    mend: "deploy",
  },
  {
    name: "a user has an inline policy",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new PutUserPolicyCommand({
          UserName: "chen",
          PolicyName: "quick-fix",
          PolicyDocument: documentOf({
            Effect: "Allow",
            Action: "iam:ListUsers",
            Resource: "*",
          }),
        }),
      ),
    rule: "user-holds-policy",
    says: /chen has the policy quick-fix/,
  },
  {
    name: "a user is made administrator of the bastion",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new AttachUserPolicyCommand({
          UserName: "chen",
          PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
        }),
      ),
    rule: "administers-the-bastion",
    says: /^chen can change .*AdministratorAccess/,
  },
  {
    name: "a boundary shuts a user out",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new PutUserPermissionsBoundaryCommand({
          UserName: "ada",
          PermissionsBoundary: "arn:aws:iam::aws:policy/IAMReadOnlyAccess",
        }),
      ),
    rule: "granted-but-closed",
    says: /^PowerUser in dev is granted to ada, and closed/,
  },
  {
    name: "there is a user more",
    plant: (aws) =>
      iam(aws, bastionId).send(new CreateUserCommand({ UserName: "mallory" })),
    rule: "user-not-in-config",
    says: /mallory/,
  },
  {
    name: "a user is gone",
    plant: (aws) => deleteUser(aws, "bashir"),
    rule: "user-missing",
    says: /bashir/,
  },
  {
    name: "a workload account has a user",
    plant: (aws) =>
      iam(aws, prodId).send(new CreateUserCommand({ UserName: "legacy-ci" })),
    rule: "user-outside-the-bastion",
    says: /legacy-ci is a user of prod/,
  },
  {
    name: "the deny-unless-MFA statement is gone",
    plant: (aws) => dropGuard(aws),
    rule: "acts-without-mfa",
    says: /^without MFA ada may call iam:/,
  },
  {
    name: "a group lacks a policy of the config",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new DeleteGroupPolicyCommand({
          GroupName: "console-only",
          PolicyName: "console-only",
        }),
      ),
    rule: "group-allows-more",
    says: /console-only is not kept from iam:CreateAccessKey, .* of the config/,
  },
  {
    name: "a group is gone",
    plant: (aws) => deleteGroup(aws, "console-only"),
    rule: "group-missing",
    says: /console-only/,
  },
  {
    name: "there is a group more",
    plant: (aws) =>
      iam(aws, bastionId).send(new CreateGroupCommand({ GroupName: "admins" })),
    rule: "group-not-in-config",
    says: /admins/,
  },
];

const roleFaults: readonly Fault[] = [
  {
    name: "a role takes the bastion without MFA",
    plant: (aws) =>
      retrust(aws, devId, "PowerUser", trusting({ AWS: bastionRoot })),
    rule: "role-without-mfa",
    says: /PowerUser in dev lets in any user of account 111111111111 without MFA/,
  },
  {
    name: "role and group both forget MFA",
    plant: async (aws) => {
      await retrust(aws, devId, "PowerUser", trusting({ AWS: bastionRoot }));
      await openGroup(
        aws,
        "team-developers",
        `arn:aws:iam::${devId}:role/PowerUser`,
      );
      await dropGuard(aws);
    },
    rule: "open-without-mfa",
    says: /^PowerUser in dev opens to .*bashir.* without MFA, .*by-hand/,
  },
  {
    name: "OpsSudo takes MFA of any age",
    plant: (aws) =>
      retrust(aws, prodId, "OpsSudo", trusting({ AWS: bastionRoot }, withMfa)),
    rule: "role-with-old-mfa",
    says: /OpsSudo in prod .*3600 seconds ago/,
  },
  {
    name: "OpsSudo and a team both take MFA of any age",
    plant: async (aws) => {
      await retrust(
        aws,
        prodId,
        "OpsSudo",
        trusting({ AWS: bastionRoot }, withMfa),
      );
      await openGroup(
        aws,
        "team-operations",
        `arn:aws:iam::${prodId}:role/OpsSudo`,
      );
    },
    rule: "open-with-old-mfa",
    says: /^OpsSudo in prod opens to .*ada.* with MFA given 3600/,
  },
  {
    name: "a trust policy is changed, so that nobody gets in",
    plant: (aws) =>
      retrust(
        aws,
        prodId,
        "ReadOnly",
        trusting({ Service: "ec2.amazonaws.com" }),
      ),
    rule: "granted-but-closed",
    says: /^ReadOnly in prod is granted to .*chen/,
  },
  {
    name: "a role is gone",
    plant: (aws) => deleteRole(aws, prodId, "Analyst"),
    rule: "role-missing",
    says: /Analyst is in the config, and not in prod/,
  },
  {
    name: "a role takes tokens of anybody's repository",
    plant: (aws) =>
      newRole(aws, devId, "ci", trustingWorkflows(devId, undefined)),
    rule: "federation-not-pinned",
    says: /^ci in dev lets in tokens of .*token\.actions\.githubusercontent\.com/,
  },
  {
    name: "a role takes tokens of a stranger's repository",
    plant: (aws) =>
      newRole(
        aws,
        devId,
        "ci",
        trustingWorkflows(devId, "repo:evil/backdoor:ref:refs/heads/main"),
      ),
    settings: {
      identityProviders: [
        {
          issuer: "token.actions.githubusercontent.com",
          tenants: ["acme"],
          claims: {},
        },
      ],
    },
    rule: "federation-foreign",
    says: /^ci in dev .*repo:evil\/backdoor/,
  },
  {
    name: "a role takes tokens, and nothing says whose",
    plant: (aws) =>
      newRole(
        aws,
        devId,
        "ci",
        trustingWorkflows(devId, "repo:evil/backdoor:ref:refs/heads/main"),
      ),
    rule: "federation-not-named",
    says: /^ci in dev/,
    outcome: "pass",
  },
  {
    name: "a role that trusts the bastion is not in the config",
    plant: (aws) =>
      newRole(aws, devId, "Backdoor", trusting({ AWS: bastionRoot }, withMfa)),
    rule: "role-not-in-config",
    says: /Backdoor in dev/,
  },
  {
    name: "a role in the bastion names a user",
    plant: (aws) =>
      newRole(
        aws,
        bastionId,
        "Side-door",
        trusting({ AWS: `arn:aws:iam::${bastionId}:user/chen` }, withMfa),
      ),
    rule: "open-not-granted",
    says: /^Side-door in bastion opens to chen, by/,
  },
  {
    name: "a role trusts a foreign account",
    plant: (aws) =>
      newRole(
        aws,
        prodId,
        "Vendor",
        trusting({ AWS: "arn:aws:iam::444455556666:root" }),
      ),
    rule: "role-trusts-outside",
    says: /Vendor in prod lets in any user of account 444455556666/,
  },
  {
    name: "a role of ours trusts another workload account",
    plant: (aws) =>
      newRole(
        aws,
        prodId,
        "Replication",
        trusting({ AWS: `arn:aws:iam::${devId}:root` }),
      ),
    rule: "role-trusts-another-account",
    says: /Replication in prod .*222222222222/,
    outcome: "pass",
  },
];

/** The first change what there is, and others then take it away. */
export const faults: readonly Fault[] = [
  ...driftFaults,
  ...peopleFaults,
  ...roleFaults,
  ...accountFaults,
  ...powerFaults,
  ...undecidedFaults,
  ...exemptionFaults,
];
