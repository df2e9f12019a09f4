import { z } from "zod";
import type { BastionConfig, WorkloadConfig } from "../../infra/config";
import * as schema from "../../infra/config/schema";
import { isSingleAccount } from "../../infra/config/single-account";
import { openWithoutMfa } from "../../infra/documents/mfa-guard";
import { planGroups } from "../../infra/groups";
import { bastionComponent } from "../../infra/logical-names";
import { grantedRoles } from "../../infra/assignments";
import {
  roleBoundary,
  userBoundary,
  type BoundaryPlan,
} from "../../infra/pipeline-boundaries";
import { workloadAccount, type WorkloadAccount } from "../bastion-config";
import type { AccountName, AccountToRead } from "../accounts/organisation";
import {
  expectedIdentityProvider,
  expectedProviders,
  type ExpectedIdentityProvider,
} from "./expected-identity-provider";
import {
  bastionRoles,
  document,
  expectedRole,
  workloadRoles,
  type ExpectedRole,
} from "./expected-role";

/** What bounds those that a pipeline makes, which says it itself. */
const expectedBoundary = z.object({ arn: z.string(), document });

export type ExpectedBoundary = z.infer<typeof expectedBoundary>;

/** The roles are those that people take, those that no person takes, and a pipeline's. */
const account = z.object({
  id: schema.accountId,
  name: z.string(),
  roles: z.array(expectedRole),
  /** Empty: there is no pipeline. */
  boundaries: z.array(expectedBoundary),
  /** Empty: nothing takes tokens. */
  identityProviders: z.array(expectedIdentityProvider),
});

/** What the config says there should be, spelled out: for whoever compares it with what there is. */
const expectedAccessSchema = z.object({
  /** Counted up by a change that breaks readers, or files that were written before. */
  formatVersion: z.literal(5),
  partition: schema.partition,
  region: z.string(),
  /** null: the caller's own credentials. */
  deploymentRole: z.string().nullable(),
  /** Whose workflows deploy, `owner/name`; null: the config has no pipeline. */
  pipelineRepository: z.string().nullable(),
  /** null: the config names none. */
  accountAlias: z.string().nullable(),
  bastion: account,
  accounts: z.array(account),
  users: z.array(
    z.object({
      name: z.string(),
      consoleAccess: z.boolean(),
      programmaticAccess: z.boolean(),
      tags: z.record(z.string(), z.string()),
      /** null: there is none. */
      boundaryArn: z.string().nullable(),
    }),
  ),
  /** Who may take which role in which accounts; all else is granted to nobody. */
  grants: z.array(
    z.object({
      users: z.array(z.string()),
      role: z.string(),
      accounts: z.array(z.string()),
    }),
  ),
  groups: z.array(
    z.object({
      name: z.string(),
      members: z.array(z.string()),
      inlinePolicies: z.record(z.string(), document),
      managedPolicies: z.array(document),
    }),
  ),
  /** Actions that users may call before MFA was given. */
  openWithoutMfa: z.array(z.string()),
  passwordPolicy: z.object({
    minimumLength: z.number(),
    /** Days; 0: passwords do not expire. */
    maxAgeDays: z.number(),
    rememberedPasswords: z.number(),
  }),
});

export type ExpectedAccess = z.infer<typeof expectedAccessSchema>;

/**
 * What the stacks say: asks neither Pulumi nor AWS.
 *
 * @param workloads the workload stacks; an account of none of them has the roles that the bastion's
 * stack knows of
 */
export function expectedAccess(
  config: BastionConfig,
  workloads: readonly WorkloadConfig[] = [],
): ExpectedAccess {
  const { organisation, accountId, passwordPolicy } = config;
  const { partition, region, deploymentRole } = organisation;
  const ofUsers = userBoundary(config);
  const accounts = organisation.accounts.map((account) =>
    expectedAccount(
      config,
      account,
      workloadAccount(config, account, workloads),
      ofUsers,
    ),
  );
  return {
    formatVersion: 5,
    partition,
    region,
    deploymentRole: deploymentRole ?? null,
    pipelineRepository: organisation.pipeline?.repository ?? null,
    accountAlias: config.accountAlias ?? null,
    // A single account is both, under the one name that grants know it by.
    bastion: accounts.find(({ id }) => id === accountId) ?? {
      id: accountId,
      name: bastionComponent,
      roles: bastionRoles(config),
      boundaries: boundaryOf(ofUsers),
      identityProviders: expectedProviders(organisation, { machineRoles: [] }),
    },
    accounts,
    users: expectedUsers(config, ofUsers),
    grants: expectedGrants(config),
    groups: planGroups(config).map(
      ({ name, members, inlinePolicies, managedPolicies }) => ({
        name,
        members: [...members],
        inlinePolicies,
        managedPolicies: [...managedPolicies],
      }),
    ),
    openWithoutMfa: [...openWithoutMfa],
    passwordPolicy,
  };
}

/** Under the name that grants know it by, which the bastion's stack has. */
function expectedAccount(
  config: BastionConfig,
  { id, name }: AccountName,
  known: WorkloadAccount,
  ofUsers: BoundaryPlan | undefined,
): ExpectedAccess["accounts"][number] {
  const { organisation, accountId } = config;
  // In a single account the bastion's stack makes roles as well.
  const isBastion = id === accountId;
  return {
    id,
    name,
    roles: [
      ...workloadRoles(known, accountId),
      ...(isBastion ? bastionRoles(config) : []),
    ],
    boundaries: [
      roleBoundary(known.organisation, id),
      isBastion ? ofUsers : undefined,
    ].flatMap(boundaryOf),
    // Without a stack of its own nothing is said of a pipeline in it.
    identityProviders: expectedProviders(
      known.stack?.organisation ?? { ...organisation, pipeline: undefined },
      known.account,
    ),
  };
}

const expectedUsers = (
  { organisation, users, keepPoliciesOf }: BastionConfig,
  boundary: BoundaryPlan | undefined,
): ExpectedAccess["users"] =>
  users.map(({ name, consoleAccess, programmaticAccess, tags }) => ({
    name,
    consoleAccess,
    programmaticAccess,
    tags: { ...organisation.tags, ...tags },
    boundaryArn: keepPoliciesOf.includes(name) ? null : (boundary?.arn ?? null),
  }));

const boundaryOf = (plan: BoundaryPlan | undefined): ExpectedBoundary[] =>
  plan === undefined ? [] : [{ arn: plan.arn, document: plan.document }];

/** By team and role, since a thousand users before a thousand accounts are too many to list. */
function expectedGrants(config: BastionConfig): ExpectedAccess["grants"] {
  const { organisation, users, everybody, teams, helpDesk } = config;
  const roles = [
    ...organisation.roles.values(),
    ...(helpDesk === undefined ? [] : [helpDesk.role]),
  ];
  const holders = [
    { grants: everybody, members: users },
    ...teams.map(({ name, grants }) => ({
      grants,
      members: users.filter((user) => user.teams.includes(name)),
    })),
  ];
  return holders.flatMap(({ grants, members }) => {
    const granted = grantedRoles(config, grants);
    return roles
      .map((role) => ({
        users: members.map(({ name }) => name),
        role: role.name,
        accounts: granted
          .filter((one) => one.roles.includes(role))
          .map(({ account }) => account.name),
      }))
      .filter((one) => one.users.length > 0 && one.accounts.length > 0);
  });
}

/** Whether the account is the bastion, and holds no roles of people: those of a single account it does. */
export const holdsUsersAlone = (
  { bastion, accounts }: ExpectedAccess,
  { id }: AccountName,
): boolean => id === bastion.id && !isSingleAccount({ accounts }, id);

/** The roles that the program makes in the account. */
export const rolesIn = (
  expected: ExpectedAccess,
  account: AccountName,
): readonly ExpectedRole[] => accountIn(expected, account)?.roles ?? [];

/** What the program makes the role as; undefined: it makes none of that name there. */
export const roleIn = (
  expected: ExpectedAccess,
  account: AccountName,
  { name }: Pick<ExpectedRole, "name">,
): ExpectedRole | undefined =>
  rolesIn(expected, account).find((one) => one.name === name);

/** By whose tokens somebody gets into the account. */
export const identityProvidersIn = (
  expected: ExpectedAccess,
  account: AccountName,
): readonly ExpectedIdentityProvider[] =>
  accountIn(expected, account)?.identityProviders ?? [];

/** What bounds those that the account's pipeline makes. */
export const boundariesIn = (
  expected: ExpectedAccess,
  account: AccountName,
): readonly ExpectedBoundary[] =>
  accountIn(expected, account)?.boundaries ?? [];

const accountIn = (
  { bastion, accounts }: ExpectedAccess,
  { id }: AccountName,
) => [bastion, ...accounts].find((one) => one.id === id);

/** The accounts to read, with the policies that their roles should have. */
export const accountsToRead = ({
  bastion,
  accounts,
}: ExpectedAccess): readonly AccountToRead[] =>
  (isSingleAccount({ accounts }, bastion.id)
    ? accounts
    : [bastion, ...accounts]
  ).map(({ id, name, roles, boundaries }) => ({
    id,
    name,
    policyArns: roles.flatMap(({ managedPolicyArns, boundaryArn }) => [
      ...managedPolicyArns,
      // What a pipeline's boundary should say is known.
      ...(boundaryArn === null ||
      boundaries.some(({ arn }) => arn === boundaryArn)
        ? []
        : [boundaryArn]),
    ]),
  }));

/** @throws Error that says what is wrong with the JSON. */
export function parseExpected(text: string): ExpectedAccess {
  const parsed = expectedAccessSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new Error(
    `The expected access is not as --print-expected writes it:\n${z.prettifyError(parsed.error)}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      "The expected access is not JSON. Fix: write it with --print-expected.",
    );
  }
}
