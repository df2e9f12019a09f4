import { rootArn } from "./arn";
import { parseIdentityDocument } from "./documents";
import { alreadyExists, validationError } from "./errors";
import { awsManagedPolicies } from "./iam";
import { newAccessKey, newIdentity, newRole, newUser } from "./new-identity";
import { newOrganization } from "./organizations/organization";
import type { AccessKey, Account, Cloud, Role, User } from "./model";

export interface AccountName {
  readonly id: string;
  readonly name: string;
}

/** The role that AWS Organizations makes in each account that it creates. */
const organizationRole = "OrganizationAccountAccessRole";

/**
 * A new organisation: a management account, and member accounts that hold nothing but the role
 * through which the management account reaches them.
 */
export function newCloud(
  partition: Cloud["partition"],
  managementAccountId: string,
  members: readonly AccountName[],
  now: () => Date,
  {
    passwordChangeTellsMfa,
    onDone,
    onDecided,
  }: Pick<Cloud, "passwordChangeTellsMfa" | "onDone" | "onDecided"> = {
    passwordChangeTellsMfa: true,
  },
): Cloud {
  const management = { id: managementAccountId, name: "management" };
  const cloud: Cloud = {
    partition,
    managementAccountId,
    passwordChangeTellsMfa,
    organization: newOrganization(),
    rootFeatures: new Set(),
    accounts: new Map([[management.id, newAccount(management, now())]]),
    sessions: new Map(),
    awsPolicies: awsManagedPolicies(partition),
    now,
    onDone,
    onDecided,
  };
  for (const member of members) addMember(cloud, member);
  return cloud;
}

/**
 * Adds a member account to the organisation; one that is there already stays as it is.
 *
 * @throws AwsError ValidationError, EntityAlreadyExists.
 */
export function addMember(cloud: Cloud, member: AccountName): void {
  const { id, name } = member;
  if (!/^\d{12}$/.test(id)) {
    throw validationError(
      `id: expected 12 digits, found ${JSON.stringify(id)}`,
    );
  }
  if (!/^[ -~]{1,50}$/.test(name)) {
    throw validationError(
      `name: expected 1 to 50 visible ASCII characters, found ${JSON.stringify(name)}`,
    );
  }
  const known = cloud.accounts.get(id);
  if (known?.name === name) return;
  if (known) throw alreadyExists(`The account ${id}, named ${known.name},`);
  const account = newAccount(member, cloud.now());
  account.roles.set(organizationRole, memberRole(cloud));
  cloud.accounts.set(id, account);
}

const newAccount = ({ id, name }: AccountName, createdAt: Date): Account => ({
  id,
  name,
  createdAt,
  // As AWS Organizations makes a member account: nobody has set a password yet.
  root: { hasPassword: false, hasMfa: false, accessKeys: 0 },
  users: new Map(),
  groups: new Map(),
  roles: new Map(),
  policies: new Map(),
  mfaDevices: new Map(),
  identityProviders: new Map(),
  samlProviders: new Map(),
  serverCertificates: new Map(),
  instanceProfiles: new Map(),
});

const memberRole = (cloud: Cloud): Role => ({
  ...newRole(
    cloud,
    { name: organizationRole, path: "/" },
    { AWS: rootArn(cloud, cloud.managementAccountId) },
  ),
  attachedPolicies: new Set([
    `arn:${cloud.partition}:iam::aws:policy/AdministratorAccess`,
  ]),
});

/** The identity that deploys: a user of the management account, who may take that role. */
export const newDeploymentIdentity = (cloud: Cloud): AccessKey =>
  newManagementUser(cloud, "deployment", {
    name: "take-organization-role",
    action: "sts:AssumeRole",
    resource: `arn:${cloud.partition}:iam::*:role/${organizationRole}`,
  });

/** The identity that sets the organisation's guard-rails, and may do nothing else. */
export const newOrganizationAdministrator = (cloud: Cloud): AccessKey =>
  newManagementUser(cloud, "organization-administrator", {
    name: "set-guard-rails",
    action: "organizations:*",
    resource: "*",
  });

/** A user of the management account with one right, and their key. */
function newManagementUser(
  cloud: Cloud,
  name: string,
  right: Readonly<Record<"name" | "action" | "resource", string>>,
): AccessKey {
  const key = newAccessKey(cloud);
  const user: User = {
    ...newUser(newIdentity(cloud, "AIDA", { name, path: "/" })),
    inlinePolicies: new Map([
      [
        right.name,
        parseIdentityDocument(
          JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: right.action,
                Resource: right.resource,
              },
            ],
          }),
        ),
      ],
    ]),
    accessKeys: new Map([[key.id, key]]),
  };
  cloud.accounts.get(cloud.managementAccountId)?.users.set(user.name, user);
  return key;
}
