import { everybodysGroup } from "../../infra/names";
import { withoutMfa } from "../../policy-pack/decide/mfa";
import {
  whoMayAssume,
  type TrustVerdict,
} from "../../policy-pack/decide/trust";
import type { Document } from "../../policy-pack/decide/document";
import { callerWords } from "../../policy-pack/findings/words";
import { isOfIdentityCenter, isServiceLinked } from "../accounts/made-by-aws";
import { trustOf, unlessUnreadable } from "../accounts/documents";
import { ageInDays } from "../accounts/key-age";
import type {
  LiveAccount,
  LiveGroup,
  LiveIdentity,
  LiveRole,
  LiveUser,
} from "../accounts/live-account";
import { isDeployed, isOwnGroup, isOwnPolicy } from "./own-groups";
import type { HeldPolicy, Removal } from "./removal";

/** Which of what is superseded goes. */
export interface RemovalCriteria {
  readonly now: Date;
  /** Days; an older key goes. */
  readonly keyAgeDays: number;
  /** Days; a role or a program's key that was used within them is in use. 0: nothing is, by that. */
  readonly usedWithinDays: number;
  /** Names of users, groups and roles that stay as they are. */
  readonly keep: ReadonlySet<string>;
}

/** All that the stack supersedes, whether or not it can go yet. */
export function* supersededIn(
  account: LiveAccount,
  criteria: RemovalCriteria,
): Iterable<Removal> {
  const goes = ({ name }: LiveIdentity): boolean => !criteria.keep.has(name);
  for (const user of account.users.filter(goes)) {
    yield* ofUser(account, user, criteria);
  }
  for (const group of account.groups.filter(goes)) yield* ofGroup(group);
  for (const role of account.roles.filter(goes)) yield* ofRole(account, role);
}

/** In this order they go: an inline policy is lost with its text, and one that is attached is not. */
export const heldPolicies = (identity: LiveIdentity): readonly HeldPolicy[] => [
  ...identity.attachedPolicies.map((one) => ({
    kind: "attached" as const,
    ...one,
  })),
  ...identity.inlinePolicies.map(({ name }) => ({
    kind: "inline" as const,
    name,
  })),
];

/** What a group, or a user, holds that the stack does not give it. */
export const otherPolicies = (identity: LiveIdentity): readonly HeldPolicy[] =>
  heldPolicies(identity).filter(
    (policy) => !isOwnPolicy(identity.name, policy.name),
  );

function* ofUser(
  { groups }: LiveAccount,
  user: LiveUser,
  criteria: RemovalCriteria,
): Iterable<Removal> {
  const { name } = user;
  for (const policy of heldPolicies(user)) {
    yield { kind: "policy", holder: "user", name, policy };
  }
  for (const group of groups) {
    if (isOwnGroup(group) || criteria.keep.has(group.name)) continue;
    if (!user.groups.includes(group.name)) continue;
    yield { kind: "membership", user: name, group: group.name };
  }
  for (const { id, createdAt, isActive } of oldKeys(user, criteria)) {
    const age = ageInDays(createdAt, criteria.now);
    yield { kind: "key", user: name, id, ageInDays: age, isActive };
  }
}

export const oldKeys = (
  { accessKeys }: LiveUser,
  { now, keyAgeDays }: RemovalCriteria,
): LiveUser["accessKeys"] =>
  accessKeys.filter(({ createdAt }) => ageInDays(createdAt, now) > keyAgeDays);

function* ofGroup(group: LiveGroup): Iterable<Removal> {
  const { name } = group;
  if (!isOwnGroup(group)) {
    yield { kind: "group", group: name };
    return;
  }
  for (const policy of otherPolicies(group)) {
    yield { kind: "policy", holder: "group", name, policy };
  }
}

function* ofRole(account: LiveAccount, role: LiveRole): Iterable<Removal> {
  // Nobody but AWS can change these.
  if (isServiceLinked(role) || isOfIdentityCenter(role)) return;
  const verdict = usersWithoutMfa(account, role);
  if (verdict.answer === "closed") return;
  const witness =
    verdict.answer === "open"
      ? `${callerWords(verdict.witness)}, ${verdict.mfa.name}`
      : `not decided, ${verdict.why}`;
  const isCertain = verdict.answer === "open";
  const holdsPolicies = heldPolicies(role).length > 0;
  yield { kind: "role", role: role.name, witness, isCertain, holdsPolicies };
}

/** Whether the account has the role afterwards, whatever else is decided of it. */
export const roleStays = (
  account: LiveAccount,
  role: LiveRole,
  { keep }: RemovalCriteria,
): boolean => keep.has(role.name) || [...ofRole(account, role)].length === 0;

/** Whether the role lets in some user without MFA, whatever the user's own side says. */
function usersWithoutMfa(
  { accountId }: LiveAccount,
  role: LiveRole,
): TrustVerdict {
  const trust = unlessUnreadable(() => trustOf(role));
  if (typeof trust === "string") return { answer: "undecided", why: trust };
  const known = verdicts.get(trust) ?? new Map<string, TrustVerdict>();
  verdicts.set(trust, known);
  const verdict =
    known.get(accountId) ??
    whoMayAssume(trust, {
      counts: ({ caller }) => caller.kind === "user",
      mfa: withoutMfa,
      accounts: [accountId],
    });
  known.set(accountId, verdict);
  return verdict;
}

/** By account: the same trust policies are asked about at each removal again. */
const verdicts = new WeakMap<Document, Map<string, TrustVerdict>>();

/**
 * Whether the user has been taken over already: the deployed pattern holds them. A group that is
 * called like the pattern's, where the stack is not deployed, holds nobody.
 */
export const isTakenOver = (
  account: LiveAccount,
  { groups }: LiveUser,
): boolean => isDeployed(account) && groups.includes(everybodysGroup);
