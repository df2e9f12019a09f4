import { withoutMfa } from "../../policy-pack/decide/mfa";
import { whoMayAssume } from "../../policy-pack/decide/trust";
import type {
  LiveIdentity,
  LiveAccount,
  LiveRole,
  LiveUser,
} from "../accounts/live-account";
import { everybodysGroup, isOwnPolicy, isPatternGroup } from "./pattern";
import { trustOf } from "./permissions";
import type { HeldPolicy, Removal } from "./removal";

export interface Limits {
  readonly now: Date;
  /** Days; an older key goes. */
  readonly keyAgeInDays: number;
  /** Names of users, groups and roles that stay as they are. */
  readonly keep: ReadonlySet<string>;
}

const day = 86_400_000;

export const ageInDays = (since: Date, now: Date): number =>
  Math.floor((now.getTime() - since.getTime()) / day);

/** All that must go, whether or not it can go yet. */
export const mustGo = (
  account: LiveAccount,
  limits: Limits,
): readonly Removal[] => [
  ...account.users
    .filter(({ name }) => !limits.keep.has(name))
    .flatMap((user) => ofUser(account, user, limits)),
  ...account.groups
    .filter(({ name }) => !limits.keep.has(name))
    .flatMap(ofGroup),
  ...account.roles.filter(({ name }) => !limits.keep.has(name)).flatMap(ofRole),
];

export const heldPolicies = (holder: LiveIdentity): readonly HeldPolicy[] => [
  ...holder.inlinePolicies.map(({ name }) => ({
    kind: "inline" as const,
    name,
  })),
  ...holder.attachedPolicies.map((one) => ({
    kind: "attached" as const,
    ...one,
  })),
];

/** Groups that the program did not make. */
const strayGroups = ({ groups }: LiveAccount, { keep }: Limits) =>
  groups.filter((group) => !isPatternGroup(group) && !keep.has(group.name));

function ofUser(
  account: LiveAccount,
  user: LiveUser,
  limits: Limits,
): readonly Removal[] {
  const stray = strayGroups(account, limits).map(({ name }) => name);
  return [
    ...heldPolicies(user).map((policy) => ({
      kind: "policy of a user" as const,
      user: user.name,
      policy,
    })),
    ...user.groups
      .filter((group) => stray.includes(group))
      .map((group) => ({
        kind: "membership" as const,
        user: user.name,
        group,
      })),
    ...oldKeys(user, limits).map(({ id, createdAt }) => ({
      kind: "key" as const,
      user: user.name,
      id,
      ageInDays: ageInDays(createdAt, limits.now),
    })),
  ];
}

export const oldKeys = (
  { accessKeys }: LiveUser,
  { now, keyAgeInDays }: Limits,
): LiveUser["accessKeys"] =>
  accessKeys.filter(
    ({ createdAt }) => ageInDays(createdAt, now) > keyAgeInDays,
  );

function ofGroup(group: LiveAccount["groups"][number]): readonly Removal[] {
  if (!isPatternGroup(group)) return [{ kind: "group", group: group.name }];
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
