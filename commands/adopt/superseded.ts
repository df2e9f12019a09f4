import { everybodysGroup } from "../../infra/names";
import { withoutMfa } from "../../policy-pack/decide/mfa";
import { whoMayAssume } from "../../policy-pack/decide/trust";
import { trustOf } from "../accounts/documents";
import { ageInDays } from "../accounts/key-age";
import type {
  LiveAccount,
  LiveGroup,
  LiveIdentity,
  LiveRole,
  LiveUser,
} from "../accounts/live-account";
import { isOwnGroup, isOwnPolicy } from "./own-groups";
import type { HeldPolicy, Removal } from "./removal";

/** Which of what is superseded goes. */
export interface RemovalCriteria {
  readonly now: Date;
  /** Days; an older key goes. */
  readonly keyAgeDays: number;
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

export const heldPolicies = (identity: LiveIdentity): readonly HeldPolicy[] => [
  ...identity.inlinePolicies.map(({ name }) => ({
    kind: "inline" as const,
    name,
  })),
  ...identity.attachedPolicies.map((one) => ({
    kind: "attached" as const,
    ...one,
  })),
];

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
  for (const { id, createdAt } of oldKeys(user, criteria)) {
    const age = ageInDays(createdAt, criteria.now);
    yield { kind: "key", user: name, id, ageInDays: age };
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
  for (const policy of heldPolicies(group)) {
    if (isOwnPolicy(name, policy.name)) continue;
    yield { kind: "policy", holder: "group", name, policy };
  }
}

/** AWS's own: nobody but AWS can change them. */
const awsPaths = ["/aws-service-role/", "/aws-reserved/"];

function* ofRole(account: LiveAccount, role: LiveRole): Iterable<Removal> {
  if (awsPaths.some((path) => role.path.startsWith(path))) return;
  const verdict = whoMayAssume(trustOf(role), {
    counts: ({ caller }) => caller.kind === "user",
    mfa: withoutMfa,
    accounts: [account.accountId],
  });
  if (verdict.answer === "closed") return;
  const witness =
    verdict.answer === "open"
      ? `${callerText(verdict.witness.values)}, ${verdict.mfa.name}`
      : `not decided, ${verdict.why}`;
  const isCertain = verdict.answer === "open";
  yield { kind: "role", role: role.name, witness, isCertain };
}

const callerText = (
  values: ReadonlyMap<string, readonly string[] | undefined>,
): string => values.get("aws:principalarn")?.[0] ?? "somebody";

/** Users that have been taken over already: the deployed pattern holds them. */
export const isTakenOver = ({ groups }: LiveUser): boolean =>
  groups.includes(everybodysGroup);
