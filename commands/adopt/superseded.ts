import { everybodysGroup } from "../../infra/names";
import { withoutMfa } from "../../policy-pack/decide/mfa";
import { whoMayAssume } from "../../policy-pack/decide/trust";
import { trustOf } from "../accounts/documents";
import { ageInDays } from "../accounts/key-age";
import type {
  LiveIdentity,
  LiveAccount,
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
export const supersededIn = (
  account: LiveAccount,
  criteria: RemovalCriteria,
): readonly Removal[] => [
  ...account.users
    .filter(({ name }) => !criteria.keep.has(name))
    .flatMap((user) => ofUser(account, user, criteria)),
  ...account.groups
    .filter(({ name }) => !criteria.keep.has(name))
    .flatMap(ofGroup),
  ...account.roles
    .filter(({ name }) => !criteria.keep.has(name))
    .flatMap(ofRole),
];

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

/** Groups that the program did not make. */
const otherGroups = ({ groups }: LiveAccount, { keep }: RemovalCriteria) =>
  groups.filter((group) => !isOwnGroup(group) && !keep.has(group.name));

function ofUser(
  account: LiveAccount,
  user: LiveUser,
  criteria: RemovalCriteria,
): readonly Removal[] {
  const others = otherGroups(account, criteria).map(({ name }) => name);
  return [
    ...heldPolicies(user).map((policy) => ({
      kind: "policy of a user" as const,
      user: user.name,
      policy,
    })),
    ...user.groups
      .filter((group) => others.includes(group))
      .map((group) => ({
        kind: "membership" as const,
        user: user.name,
        group,
      })),
    ...oldKeys(user, criteria).map(({ id, createdAt }) => ({
      kind: "key" as const,
      user: user.name,
      id,
      ageInDays: ageInDays(createdAt, criteria.now),
    })),
  ];
}

export const oldKeys = (
  { accessKeys }: LiveUser,
  { now, keyAgeDays }: RemovalCriteria,
): LiveUser["accessKeys"] =>
  accessKeys.filter(({ createdAt }) => ageInDays(createdAt, now) > keyAgeDays);

function ofGroup(group: LiveAccount["groups"][number]): readonly Removal[] {
  if (!isOwnGroup(group)) return [{ kind: "group", group: group.name }];
  return heldPolicies(group)
    .filter(({ name }) => !isOwnPolicy(group.name, name))
    .map((policy) => ({
      kind: "policy of a group",
      group: group.name,
      policy,
    }));
}

/** AWS's own: nobody but AWS can change them. */
const awsPaths = ["/aws-service-role/", "/aws-reserved/"];

function ofRole(role: LiveRole): readonly Removal[] {
  if (awsPaths.some((path) => role.path.startsWith(path))) return [];
  const verdict = whoMayAssume(trustOf(role), {
    counts: ({ caller }) => caller.kind === "user",
    mfa: withoutMfa,
    accounts: [accountOf(role.arn)],
  });
  if (verdict.answer === "closed") return [];
  const witness =
    verdict.answer === "open"
      ? `${callerText(verdict.witness.values)} ${verdict.mfa.name}`
      : `not decided, ${verdict.why}`;
  const isCertain = verdict.answer === "open";
  return [{ kind: "role", role: role.name, witness, isCertain }];
}

const callerText = (
  values: ReadonlyMap<string, readonly string[] | undefined>,
): string => values.get("aws:principalarn")?.[0] ?? "somebody";

const accountOf = (arn: string): string => arn.split(":")[4] ?? "";

/** Users that have been taken over already: the deployed pattern holds them. */
export const isTakenOver = ({ groups }: LiveUser): boolean =>
  groups.includes(everybodysGroup);
