import { ConfigError } from "../config/problem";
import { helpedTag } from "../names";
import { iamArn, type AccountId, type Partition } from "../partition";
import {
  allow,
  documentText,
  policyDocument,
  withMfa,
  type Condition,
  type IdentityStatement,
  type PolicyDocument,
} from "./policy-document";
import { quotas } from "./quotas";

/** The roles of one account that a group may take. */
export interface RolesOfAccount {
  readonly account: { readonly id: AccountId };
  readonly roles: readonly {
    readonly name: string;
    /** Seconds; the role's own limit, repeated in the group so that both sides hold it. */
    readonly mfaMaxAgeSeconds?: number | undefined;
    /** Whether whoever the help desk may help can't take it, whatever groups they are in. */
    readonly isClosedToHelped?: boolean;
  }[];
}

/** A group's permission to take roles: in the group where it fits, in managed policies otherwise. */
export interface AssumeRolePolicies {
  readonly inline: readonly IdentityStatement[];
  readonly managed: readonly PolicyDocument[];
}

/** Roles that are granted in the same accounts, on the same terms: one statement's worth. */
interface RolesInAccounts {
  readonly roles: readonly string[];
  readonly accountIds: readonly AccountId[];
  readonly mfaMaxAgeSeconds: number | undefined;
  readonly isClosedToHelped: boolean;
}

/**
 * Permission to take exactly the roles in `granted`, with MFA, from 1 to 1,000 accounts and beyond.
 *
 * A role's ARN costs about 45 characters and a group holds 5,120, so exact ARNs last for some
 * hundred role-and-account pairs. As long as they fit `inlineCharacters` they are used, since they
 * are the plainest to read. Beyond that a statement names the role in any account
 * (`arn:aws:iam::*:role/PowerUser`) and the accounts in a condition on `aws:ResourceAccount`, at 15
 * characters each; statements are cut so that each managed policy stays under 6,144 characters. A
 * group carries 10 of them: some 4,000 accounts for a set of roles. Both forms allow the same
 * requests.
 *
 * Source: AWS documentation, "IAM and AWS STS quotas"; "AWS global condition context keys".
 *
 * @param path where the grants stand in the config
 * @throws ConfigError when even that is more than a group can hold.
 */
export function assumeRolePolicies(
  path: string,
  partition: Partition,
  granted: readonly RolesOfAccount[],
  inlineCharacters: number,
): AssumeRolePolicies {
  const all = byRolesAndMfa(granted);
  const exact = all.map((one, index) => exactStatement(partition, one, index));
  if (
    exact.length === 0 ||
    documentText(policyDocument(...exact)).length <= inlineCharacters
  ) {
    return { inline: exact, managed: [] };
  }
  const managed = pack(
    all
      .flatMap((one) => cut(path, one, accountsPerPolicy(partition, one)))
      .map((one, index) => byAccountStatement(partition, one, index)),
  );
  if (managed.length > quotas.managedPoliciesPerGroup) {
    const count = granted.reduce((sum, { roles }) => sum + roles.length, 0);
    const found = `${count} roles in accounts, which need ${managed.length} managed policies`;
    const expected = `at most ${quotas.managedPoliciesPerGroup}, which is IAM's quota for a group: grant the same roles in more accounts alike, or split the team`;
    throw new ConfigError([{ path, found, expected }]);
  }
  return { inline: [], managed };
}

/** Puts accounts with the same roles together; sorted, so that the config's order changes nothing. */
function byRolesAndMfa(
  granted: readonly RolesOfAccount[],
): readonly RolesInAccounts[] {
  const found = new Map<string, RolesInAccounts>();
  for (const { account, roles: ofAccount } of granted) {
    for (const one of onEqualTerms(ofAccount)) {
      const { roles, mfaMaxAgeSeconds, isClosedToHelped } = one;
      const key = JSON.stringify([mfaMaxAgeSeconds, roles, isClosedToHelped]);
      const accountIds = [...(found.get(key)?.accountIds ?? []), account.id];
      found.set(key, { ...one, accountIds });
    }
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => ({ ...one, accountIds: one.accountIds.toSorted() }));
}

type Terms = Pick<
  RolesInAccounts,
  "roles" | "mfaMaxAgeSeconds" | "isClosedToHelped"
>;

const onEqualTerms = (all: RolesOfAccount["roles"]): readonly Terms[] =>
  [false, true].flatMap((isClosedToHelped) => {
    const those = all.filter(
      (role) => (role.isClosedToHelped ?? false) === isClosedToHelped,
    );
    const ages = new Set(those.map((role) => role.mfaMaxAgeSeconds));
    return [...ages].map((age) => ({
      roles: those
        .filter(({ mfaMaxAgeSeconds }) => mfaMaxAgeSeconds === age)
        .map(({ name }) => name)
        .sort(),
      mfaMaxAgeSeconds: age,
      isClosedToHelped,
    }));
  });

/**
 * A user whom the help desk may help has its tag, and does not get in: that holds whatever groups the user
 * is in, and while a deployment changes them.
 */
const conditionsOf = (one: Terms): Condition => ({
  ...withMfa(one),
  ...(one.isClosedToHelped && {
    Null: { [`aws:PrincipalTag/${helpedTag.key}`]: "true" },
  }),
});

type StatementMaker = (
  partition: Partition,
  one: RolesInAccounts,
  index: number,
) => IdentityStatement;

const exactStatement: StatementMaker = (partition, one, index) =>
  allow({
    sid: sid(index),
    actions: ["sts:AssumeRole"],
    resources: one.accountIds.flatMap((id) =>
      one.roles.map((role) => iamArn(partition, id, `role/${role}`)),
    ),
    condition: conditionsOf(one),
  });

const byAccountStatement: StatementMaker = (partition, one, index) =>
  allow({
    sid: sid(index),
    actions: ["sts:AssumeRole"],
    resources: one.roles.map((role) => iamArn(partition, "*", `role/${role}`)),
    condition: {
      ...conditionsOf(one),
      StringEquals: { "aws:ResourceAccount": one.accountIds },
    },
  });

const sid = (index: number): string => `AssumeWithMfa${index}`;

/** How many accounts fit one managed policy beside the rest of the statement. */
function accountsPerPolicy(partition: Partition, one: RolesInAccounts): number {
  const bare = policyDocument(
    byAccountStatement(partition, { ...one, accountIds: [] }, 1_000),
  );
  const accountCharacters = '"000000000000",'.length;
  return Math.floor(
    (quotas.managedPolicyCharacters - documentText(bare).length) /
      accountCharacters,
  );
}

function cut(
  path: string,
  one: RolesInAccounts,
  accounts: number,
): readonly RolesInAccounts[] {
  if (accounts < 1) {
    const found = `${one.roles.length} roles, whose names alone fill a managed policy`;
    const expected = `at most ${quotas.managedPolicyCharacters} characters, which is IAM's quota: grant fewer roles to one team`;
    throw new ConfigError([{ path, found, expected }]);
  }
  const pieces = Math.ceil(one.accountIds.length / accounts);
  return Array.from({ length: pieces }, (_, piece) => ({
    ...one,
    accountIds: one.accountIds.slice(piece * accounts, (piece + 1) * accounts),
  }));
}

/** Puts statements together, in order, as long as one managed policy holds them. */
function pack(
  statements: readonly IdentityStatement[],
): readonly PolicyDocument[] {
  const packed: PolicyDocument[] = [];
  for (const statement of statements) {
    const last = packed.at(-1)?.Statement ?? [];
    const both = policyDocument(...last, statement);
    if (
      last.length > 0 &&
      documentText(both).length <= quotas.managedPolicyCharacters
    ) {
      packed[packed.length - 1] = both;
    } else {
      packed.push(policyDocument(statement));
    }
  }
  return packed;
}
