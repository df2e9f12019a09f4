import fc from "fast-check";
import { planGroups, type GroupPlan } from "../../../../infra/groups";
import { planRoles } from "../../../../infra/roles";
import type {
  BastionConfig,
  WorkloadAccountFacts,
} from "../../../../infra/config";
import { documentText } from "../../../../infra/documents/policy-document";
import type {
  LiveAccount,
  LiveGroup,
  LiveRole,
  LiveUser,
} from "../../../../commands/accounts/live-account";
import type { LiveOrganisation } from "../../../../commands/accounts/organisation";
import { storedPolicies } from "../../../../sandbox/aws/iam/aws-managed/file";
import { bastionConfig } from "../../../infra/config-of";

export interface Size {
  readonly users: number;
  readonly accounts: number;
  readonly seed: number;
}

const bastionId = "111111111111";
const roles = ["PowerUser", "OpsSudo", "ReadOnly", "Analyst", "Operator"];
/** Users for a team: hardly two users of a thousand are in the same teams. */
const usersPerTeam = 5;

/**
 * The config of an organisation with five roles in each account. Each team has two grants, each of
 * some roles in accounts of its own choice, and each user is in one to five teams.
 */
export function largeConfig({ users, accounts, seed }: Size): BastionConfig {
  const accountNames = named("account", accounts);
  const teamNames = named("team", Math.ceil(users / usersPerTeam));
  const few = { minLength: 1, maxLength: Math.ceil(accounts / 10) };
  const grant = fc.record({
    roles: fc.subarray(roles, { minLength: 1 }),
    accounts: fc.oneof(
      { weight: 1, arbitrary: fc.constant("all" as const) },
      {
        weight: 9,
        arbitrary: fc.subarray([...accountNames], few),
      },
    ),
  });
  const team = fc.record({
    grants: fc.array(grant, { minLength: 2, maxLength: 2 }),
  });
  const user = fc.record({
    teams: fc.uniqueArray(fc.constantFrom(...teamNames), {
      minLength: 1,
      maxLength: 5,
    }),
  });
  const random = <Value>(
    names: readonly string[],
    value: fc.Arbitrary<Value>,
    part: number,
  ): Record<string, Value> => {
    const values = fc.sample(value, {
      seed: seed + part,
      numRuns: names.length,
    });
    return Object.fromEntries(
      names.map((name, index) => [name, values[index] as Value]),
    );
  };
  return bastionConfig(
    JSON.stringify({
      bastionAccountId: bastionId,
      accounts: Object.fromEntries(
        accountNames.map((name, index) => [
          name,
          { id: String(500_000_000_000 + index) },
        ]),
      ),
      roles: {
        Analyst: { managedPolicies: ["AmazonDynamoDBReadOnlyAccess"] },
        Operator: { managedPolicies: ["AmazonEC2ReadOnlyAccess"] },
      },
      everybody: [{ roles: ["ReadOnly"], accounts: "all" }],
      teams: random(teamNames, team, 1),
      users: random(named("user", users), user, 2),
    }),
  );
}

const named = (what: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${what}-${index}`);

/** What its roles have of AWS's. */
const rolePolicies = [
  "AdministratorAccess",
  "AmazonDynamoDBReadOnlyAccess",
  "AmazonEC2ReadOnlyAccess",
  "ReadOnlyAccess",
];

/** Each text once, as it is when read. */
const awsPolicies: LiveAccount["managedPolicies"] = new Map(
  storedPolicies()
    .filter(({ name }) => rolePolicies.includes(name))
    .map(({ name, document }) => [`arn:aws:iam::aws:policy/${name}`, document]),
);

/** What stands in its accounts when everything is deployed, and every user has a device. */
export function deployed(config: BastionConfig): LiveOrganisation {
  const { organisation, accountId } = config;
  const groups = planGroups(config);
  const managed = new Map(
    groups.flatMap((group) =>
      group.managedPolicies.map(
        (document, index) =>
          [managedArn(group, index), documentText(document)] as const,
      ),
    ),
  );
  const bastion: LiveAccount = {
    ...account(accountId),
    users: config.users.map(({ name }) => user(name, groups)),
    groups: groups.map(group),
    managedPolicies: managed,
    passwordPolicy: {
      MinimumPasswordLength: config.passwordPolicy.minimumLength,
      PasswordReusePrevention: config.passwordPolicy.rememberedPasswords,
      ExpirePasswords: true,
      MaxPasswordAge: config.passwordPolicy.maxAgeDays,
      RequireLowercaseCharacters: true,
      RequireUppercaseCharacters: true,
      RequireNumbers: true,
      RequireSymbols: true,
      AllowUsersToChangePassword: true,
    },
  };
  return {
    callerAccountId: accountId,
    accounts: [
      { id: accountId, name: "bastion", live: bastion },
      ...organisation.accounts.map((one) => ({
        ...one,
        live: {
          ...account(one.id),
          roles: planRoles(organisation, one, accountId).map((plan) =>
            role(one, plan, organisation.tags),
          ),
          managedPolicies: awsPolicies,
        },
      })),
    ],
    unread: [],
    centralRootAccess: "on",
  };
}

const account = (accountId: string): LiveAccount => ({
  accountId,
  partition: "aws",
  alias: undefined,
  users: [],
  groups: [],
  roles: [],
  managedPolicies: new Map(),
  passwordPolicy: undefined,
  summary: { AccountMFAEnabled: 1 },
  rootHasVirtualMfa: false,
  identityProviders: [],
  externalAccessAnalyzer: "on",
});

const identity = (accountId: string, type: string, name: string) => ({
  name,
  id: `AIDA${name.toUpperCase().replaceAll("-", "X").padStart(16, "Q")}`,
  arn: `arn:aws:iam::${accountId}:${type}/${name}`,
  path: "/",
  inlinePolicies: [],
  attachedPolicies: [],
});

const managedArn = ({ name }: GroupPlan, index: number): string =>
  `arn:aws:iam::${bastionId}:policy/${name}-${index}`;

const group = (plan: GroupPlan): LiveGroup => ({
  ...identity(bastionId, "group", plan.name),
  inlinePolicies: Object.entries(plan.inlinePolicies).map(
    ([name, document]) => ({ name, text: documentText(document) }),
  ),
  attachedPolicies: plan.managedPolicies.map((_, index) => ({
    name: `${plan.name}-${index}`,
    arn: managedArn(plan, index),
  })),
});

const user = (name: string, groups: readonly GroupPlan[]): LiveUser => ({
  ...identity(bastionId, "user", name),
  boundary: undefined,
  tags: {},
  groups: groups
    .filter(({ members }) => members.includes(name))
    .map((one) => one.name),
  hasPassword: true,
  accessKeys: [],
  devices: [`arn:aws:iam::${bastionId}:mfa/${name}`],
});

const role = (
  { id }: WorkloadAccountFacts,
  plan: ReturnType<typeof planRoles>[number],
  tags: LiveRole["tags"],
): LiveRole => ({
  ...identity(id, "role", plan.name),
  inlinePolicies: Object.entries(plan.inlinePolicies).map(([name, text]) => ({
    name,
    text,
  })),
  attachedPolicies: Object.values(plan.managedPolicyArns).map((arn) => ({
    name: arn.split("/").at(-1) ?? "",
    arn,
  })),
  boundary: plan.permissionsBoundaryArn,
  tags,
  trust: documentText(plan.trustPolicy),
  createdAt: undefined,
  lastUsedAt: undefined,
  maxSessionSeconds: plan.maxSessionSeconds,
  instanceProfiles: [],
});
