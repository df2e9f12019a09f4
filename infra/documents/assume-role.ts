import { iamArn, type AccountId, type Partition } from "../partition";
import { withMfa } from "./conditions";
import {
  documentText,
  policyDocument,
  type Condition,
  type IdentityStatement,
  type PolicyDocument,
} from "./policy-document";
import { quotas } from "./quotas";

/** More than one group of IAM's can hold. */
export class GroupQuotaError extends Error {
  constructor(
    readonly found: string,
    readonly expected: string,
  ) {
    super(`${found}: ${expected}`);
    this.name = "GroupQuotaError";
  }
}

/** One role in one account that a group may take. */
export interface RoleGrant {
  readonly role: string;
  readonly accountId: AccountId;
  /** Seconds; the role's own limit, repeated in the group so that both sides hold it. */
  readonly mfaMaxAgeSeconds?: number;
}

/** A group's permission to take roles: in the group where it fits, in managed policies otherwise. */
export interface AssumeRolePolicies {
  readonly inline: readonly IdentityStatement[];
  readonly managed: readonly PolicyDocument[];
}

/** Roles that are granted in the same accounts, on the same terms: one statement's worth. */
interface Bundle {
  readonly roles: readonly string[];
  readonly accountIds: readonly AccountId[];
  readonly mfaMaxAgeSeconds: number | undefined;
}

/**
 * Permission to take exactly the roles in `grants`, with MFA, from 1 to 1,000 accounts and beyond.
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
 * @throws GroupQuotaError when even that is more than a group can hold.
 */
export function assumeRolePolicies(
  partition: Partition,
  grants: readonly RoleGrant[],
  inlineCharacters: number,
): AssumeRolePolicies {
  const bundles = bundle(grants);
  const exact = bundles.map((one, index) =>
    exactStatement(partition, one, index),
  );
  if (
    exact.length === 0 ||
    documentText(policyDocument(...exact)).length <= inlineCharacters
  ) {
    return { inline: exact, managed: [] };
  }
  const managed = bundles
    .flatMap((one) => cut(one, accountsPerPolicy(partition, one)))
    .map((one, index) =>
      policyDocument(byAccountStatement(partition, one, index)),
    );
  const packed = pack(managed);
  if (packed.length > quotas.managedPoliciesPerGroup) {
    throw new GroupQuotaError(
      `${grants.length} roles in accounts, which need ${packed.length} managed policies`,
      `at most ${quotas.managedPoliciesPerGroup}, which is IAM's quota for a group: grant the same roles in more accounts alike, or split the team`,
    );
  }
  return { inline: [], managed: packed };
}

function bundle(grants: readonly RoleGrant[]): readonly Bundle[] {
  const rolesByAccount = groupBy(
    grants,
    ({ accountId, mfaMaxAgeSeconds }) =>
      `${accountId} ${mfaMaxAgeSeconds ?? ""}`,
  );
  const bundles = groupBy(rolesByAccount, ([first, ...rest]) =>
    JSON.stringify([first.mfaMaxAgeSeconds, namesOf([first, ...rest])]),
  );
  return bundles.map((accounts) => ({
    roles: namesOf(accounts[0]),
    accountIds: accounts.map(([{ accountId }]) => accountId).sort(),
    mfaMaxAgeSeconds: accounts[0][0].mfaMaxAgeSeconds,
  }));
}

const namesOf = (grants: readonly RoleGrant[]): readonly string[] =>
  [...new Set(grants.map(({ role }) => role))].sort();

type NonEmpty<T> = readonly [T, ...T[]];

function groupBy<T>(
  items: readonly T[],
  key: (item: T) => string,
): readonly NonEmpty<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => group);
}

const sid = ({ mfaMaxAgeSeconds }: Bundle, index: number): string =>
  `AssumeWith${mfaMaxAgeSeconds === undefined ? "" : "Fresh"}Mfa${index}`;

const exactStatement = (
  partition: Partition,
  one: Bundle,
  index: number,
): IdentityStatement =>
  statement(
    one,
    index,
    one.accountIds.flatMap((id) =>
      one.roles.map((role) => iamArn(partition, id, `role/${role}`)),
    ),
  );

const byAccountStatement = (
  partition: Partition,
  one: Bundle,
  index: number,
): IdentityStatement =>
  statement(
    one,
    index,
    one.roles.map((role) => iamArn(partition, "*", `role/${role}`)),
    { StringEquals: { "aws:ResourceAccount": one.accountIds } },
  );

const statement = (
  one: Bundle,
  index: number,
  roleArns: readonly string[],
  accounts: Condition = {},
): IdentityStatement => ({
  Sid: sid(one, index),
  Effect: "Allow",
  Action: ["sts:AssumeRole"],
  Resource: roleArns,
  Condition: { ...withMfa(mfa(one)), ...accounts },
});

const mfa = ({ mfaMaxAgeSeconds }: Bundle) =>
  mfaMaxAgeSeconds === undefined ? {} : { mfaMaxAgeSeconds };

/** How many accounts fit one managed policy beside the rest of the statement. */
function accountsPerPolicy(partition: Partition, one: Bundle): number {
  const bare = policyDocument(
    byAccountStatement(partition, { ...one, accountIds: [] }, 1_000),
  );
  const accountCharacters = '"000000000000",'.length;
  return Math.floor(
    (quotas.managedPolicyCharacters - documentText(bare).length) /
      accountCharacters,
  );
}

function cut(one: Bundle, accounts: number): readonly Bundle[] {
  if (accounts < 1) {
    throw new GroupQuotaError(
      `${one.roles.length} roles, whose names alone fill a managed policy`,
      `at most ${quotas.managedPolicyCharacters} characters, which is IAM's quota: grant fewer roles to one team`,
    );
  }
  const pieces = Math.ceil(one.accountIds.length / accounts);
  return Array.from({ length: pieces }, (_, piece) => ({
    ...one,
    accountIds: one.accountIds.slice(piece * accounts, (piece + 1) * accounts),
  }));
}

/** Puts small documents together, in order, as long as one managed policy holds them. */
function pack(documents: readonly PolicyDocument[]): readonly PolicyDocument[] {
  const packed: PolicyDocument[] = [];
  for (const document of documents) {
    const last = packed.at(-1);
    const both = policyDocument(
      ...(last?.Statement ?? []),
      ...document.Statement,
    );
    if (last && documentText(both).length <= quotas.managedPolicyCharacters) {
      packed[packed.length - 1] = both;
    } else {
      packed.push(document);
    }
  }
  return packed;
}
