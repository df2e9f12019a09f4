import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteGroupPolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
} from "@aws-sdk/client-iam";
import type { Fault } from "./fault";
import {
  bastionRoot,
  deleteRole,
  deleteUser,
  document,
  dropGuard,
  giveUp,
  iam,
  newRole,
  oldKey,
  oldPassword,
  openGroup,
  retrust,
  trustOf,
  withMfa,
} from "./planting";
import { driftFaults } from "./drift-faults";
import { powerFaults } from "./power-faults";
import { bastionId, devId, inside, prodId } from "./accounts";

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
  },
  {
    name: "a user has an inline policy",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new PutUserPolicyCommand({
          UserName: "chen",
          PolicyName: "quick-fix",
          PolicyDocument: document({
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
      retrust(aws, devId, "PowerUser", trustOf({ AWS: bastionRoot })),
    rule: "role-without-mfa",
    says: /PowerUser in dev lets in any user of account 111111111111 without MFA/,
  },
  {
    name: "role and group both forget MFA",
    plant: async (aws) => {
      await retrust(aws, devId, "PowerUser", trustOf({ AWS: bastionRoot }));
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
      retrust(aws, prodId, "OpsSudo", trustOf({ AWS: bastionRoot }, withMfa)),
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
        trustOf({ AWS: bastionRoot }, withMfa),
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
        trustOf({ Service: "ec2.amazonaws.com" }),
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
    name: "a role that trusts the bastion is not in the config",
    plant: (aws) =>
      newRole(aws, devId, "Backdoor", trustOf({ AWS: bastionRoot }, withMfa)),
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
        trustOf({ AWS: `arn:aws:iam::${bastionId}:user/chen` }, withMfa),
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
        trustOf({ AWS: "arn:aws:iam::444455556666:root" }),
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
        trustOf({ AWS: `arn:aws:iam::${devId}:root` }),
      ),
    rule: "role-trusts-another-account",
    says: /Replication in prod .*222222222222/,
    outcome: "pass",
  },
];

const accountFaults: readonly Fault[] = [
  {
    name: "the password policy is weakened",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 8 }),
      ),
    rule: "password-policy-weak",
    says: /passwords of 8 characters will do/,
  },
  {
    name: "a user has a password, and no MFA",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new CreateLoginProfileCommand({
          UserName: "chen",
          Password: "First-password-of-chen-1!",
        }),
      ),
    rule: "user-without-mfa",
    says: /chen has a password, and no MFA device/,
  },
  {
    name: "a user of the console alone has a key",
    plant: (aws) => oldKey(aws, "dolores", 1),
    rule: "key-not-in-config",
    says: /dolores has the key AKIA/,
  },
  {
    name: "a key is old, though it is used",
    plant: (aws) => oldKey(aws, "ada", 91, 1),
    rule: "key-old",
    says: /of ada is 91 days old/,
  },
  {
    name: "a key was never used",
    plant: (aws) => oldKey(aws, "ada", 46),
    rule: "key-unused",
    says: /of ada was never used in its 46 days/,
  },
  {
    name: "a password was never used",
    plant: (aws) => oldPassword(aws, "ada", 46),
    rule: "password-unused",
    says: /the password of ada has not been used for 46 days/,
  },
  {
    name: "a user has two keys",
    plant: async (aws) => {
      await oldKey(aws, "ada", 2, 1);
      await oldKey(aws, "ada", 1, 1);
    },
    rule: "two-active-keys",
    says: /ada has the keys AKIA\w+ and AKIA/,
  },
  {
    name: "a group has a shell in the browser",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new AttachGroupPolicyCommand({
          GroupName: "team-analysts",
          PolicyArn: "arn:aws:iam::aws:policy/AWSCloudShellFullAccess",
        }),
      ),
    rule: "holds-cloudshell",
    says: /team-analysts in bastion has AWSCloudShellFullAccess/,
  },
  {
    name: "root's device is an app",
    plant: (aws) => {
      const { root } = inside(aws, prodId);
      root.hasMfa = true;
      root.hasVirtualMfa = true;
      return Promise.resolve();
    },
    rule: "root-with-virtual-mfa",
    says: /root of prod has an authenticator app/,
    outcome: "pass",
  },
  {
    name: "nobody looks for access from outside",
    plant: () => Promise.resolve(),
    rule: "no-external-access-analyzer",
    says: /dev has none in us-east-1; other regions are not looked at/,
    outcome: "pass",
  },
  {
    name: "no role is for support cases",
    plant: () => Promise.resolve(),
    rule: "no-support-role",
    says: /no role of prod has AWSSupportAccess/,
    outcome: "pass",
  },
  {
    name: "root has access keys",
    plant: (aws) => {
      inside(aws, prodId).root.accessKeys = 1;
      return Promise.resolve();
    },
    rule: "root-keys",
    says: /root of prod/,
  },
  {
    name: "root has a password, and no MFA",
    plant: (aws) => {
      inside(aws, bastionId).root.hasPassword = true;
      return Promise.resolve();
    },
    rule: "root-without-mfa",
    says: /root of bastion/,
  },
];

/** The first change what there is, and others then take it away. */
export const faults: readonly Fault[] = [
  ...driftFaults,
  ...peopleFaults,
  ...roleFaults,
  ...accountFaults,
  ...powerFaults,
];
