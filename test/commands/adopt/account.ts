import { planGroups } from "../../../infra/groups";
import { documentText } from "../../../infra/documents/policy-document";
import { trustPolicy } from "../../../infra/documents/trust";
import type {
  LiveAccount,
  LiveGroup,
  LiveRole,
  LiveUser,
} from "../../../commands/accounts/live-account";
import type { RemovalCriteria } from "../../../commands/adopt/superseded";
import { bastionConfig } from "../../infra/config-of";
import awsPolicies from "../../../policy-pack/data/aws-managed-policies.json";

export const bastionId = "111111111111";
export const devId = "222222222222";
export const now = new Date("2026-06-01T00:00:00Z");

export const daysAgo = (days: number): Date =>
  new Date(now.getTime() - days * 86_400_000);

/** What is superseded, at the time of these accounts. */
export const criteria = (...keep: readonly string[]): RemovalCriteria => ({
  now,
  keyAgeDays: 90,
  usedWithinDays: 100,
  keep: new Set(keep),
});

export const managed = (name: string) => ({
  name,
  arn: `arn:aws:iam::aws:policy/${name}`,
});

const managedPolicies: LiveAccount["managedPolicies"] = new Map(
  Object.entries<object>({
    ...awsPolicies.policies,
    // The pack's data keeps of each policy what its rules ask about; this one is asked for more.
    ReadOnlyAccess: {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Action: ["dynamodb:Get*", "s3:Get*", "s3:List*", "sqs:List*"],
        Resource: "*",
      },
    },
  }).map(([name, document]) => {
    const arn = `arn:aws:iam::aws:policy/${name}`;
    return [arn, JSON.stringify(document)];
  }),
);

const holder = (name: string) => ({
  name,
  id: `ID-OF-${name}`,
  path: "/",
  inlinePolicies: [],
  attachedPolicies: [],
});

export const user = (name: string, more: Partial<LiveUser> = {}): LiveUser => ({
  ...holder(name),
  arn: `arn:aws:iam::${bastionId}:user/${name}`,
  groups: [],
  boundary: undefined,
  tags: {},
  hasPassword: true,
  accessKeys: [],
  devices: [],
  ...more,
});

export const device = (name: string): string =>
  `arn:aws:iam::${bastionId}:mfa/${name}`;

export const key = (days: number): LiveUser["accessKeys"][number] => ({
  id: `AKIAEXAMPLE${days}`,
  isActive: true,
  createdAt: daysAgo(days),
  lastUsedAt: undefined,
});

export const inline = (name: string, ...statements: readonly object[]) => ({
  name,
  text: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
});

export const allow = (action: string | readonly string[], Resource = "*") => ({
  Effect: "Allow",
  Action: action,
  Resource,
});

export const takes = inline("takes", allow("sts:AssumeRole"));

export const group = (
  name: string,
  more: Partial<LiveGroup> = {},
): LiveGroup => ({
  ...holder(name),
  arn: `arn:aws:iam::${bastionId}:group/${name}`,
  ...more,
});

export const role = (
  name: string,
  trust: object,
  more: Partial<LiveRole> = {},
  account = bastionId,
): LiveRole => ({
  ...holder(name),
  arn: `arn:aws:iam::${account}:role/${name}`,
  trust: JSON.stringify(trust),
  maxSessionSeconds: 3_600,
  createdAt: daysAgo(1_000),
  lastUsedAt: undefined,
  instanceProfiles: [],
  boundary: undefined,
  tags: {},
  ...more,
});

export const trusting = (
  principal: object,
  Condition: object = {},
): object => ({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: principal,
    Action: "sts:AssumeRole",
    Condition,
  },
});

/** The bastion as a whole, as a trust policy has it. */
export const root = { AWS: `arn:aws:iam::${bastionId}:root` };

/** A statement of a trust policy. */
export const statement = (Principal: object, more: object = {}) => ({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Principal,
  ...more,
});

export const several = (...Statement: readonly object[]) => ({
  Version: "2012-10-17",
  Statement,
});

export const ofService = (name: string) => ({
  Service: `${name}.amazonaws.com`,
});

export const account = (more: Partial<LiveAccount> = {}): LiveAccount => ({
  accountId: bastionId,
  partition: "aws",
  alias: undefined,
  users: [],
  groups: [],
  roles: [],
  managedPolicies,
  passwordPolicy: undefined,
  rootHasVirtualMfa: false,
  identityProviders: [],
  externalAccessAnalyzer: "on",
  summary: {},
  ...more,
});

const organizationRoleIn = (id: string): LiveRole =>
  role(
    "OrganizationAccountAccessRole",
    trusting({ AWS: "arn:aws:iam::999999999999:root" }),
    { attachedPolicies: [managed("AdministratorAccess")] },
    id,
  );

/** The administrator's role that the organisation makes. */
export const organizationRole = organizationRoleIn(bastionId);

/** The groups that the program makes, as AWS would tell them. */
export const patternGroups = (): readonly LiveGroup[] =>
  planGroups(
    bastionConfig(`
bastionAccountId: "${bastionId}"
accounts: { dev: { id: "${devId}" } }
teams:
  operations: { grants: [{ roles: [OpsSudo, PowerUser], accounts: all }] }
  readers: { grants: [{ roles: [ReadOnly], accounts: all }] }
users: { ada: { teams: [operations] } }
`),
  ).map(({ name, inlinePolicies }) =>
    group(name, {
      inlinePolicies: Object.entries(inlinePolicies).map(
        ([policy, document]) => ({
          name: policy,
          text: documentText(document),
        }),
      ),
    }),
  );

/** A workload account with its roles deployed. */
export const workload = (): LiveAccount =>
  account({
    accountId: devId,
    roles: [organizationRoleIn(devId), ...patternRoles()],
  });

const patternRoles = (): readonly LiveRole[] =>
  [
    ["ReadOnly", "ReadOnlyAccess"],
    ["PowerUser", "PowerUserAccess"],
    ["OpsSudo", "AdministratorAccess"],
  ].map(([name = "", policy = ""]) =>
    role(
      name,
      trustPolicy({
        partition: "aws",
        bastionAccountId: bastionId,
        requireTls: name === "OpsSudo",
        ...(name === "OpsSudo" ? { mfaMaxAgeSeconds: 3_600 } : {}),
      }),
      { attachedPolicies: [managed(policy)] },
      devId,
    ),
  );
