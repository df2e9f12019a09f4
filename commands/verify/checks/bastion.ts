import { withoutMfa } from "../../../policy-pack/decide/mfa";
import { isAdministrator } from "../../../policy-pack/decide/powers";
import type { LiveGroup, LiveUser } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import { bastionOf } from "../assignments";
import type { ExpectedAccess } from "../expected";
import type { Facts } from "../facts";
import { finding, findingsAbout, type Findings } from "../findings";
import { UserPrincipal } from "../user-principal";
import { decided, decisionOf, mayDoOtherThan } from "../user-requests";

/** What users may do inside the bastion, and whether their groups are those of the config. */
export function* checkBastion({ organisation, expected }: Facts): Findings {
  const bastion = bastionOf(organisation, expected);
  if (bastion === undefined) return;
  const harmless: Harmless = new Set();
  for (const user of bastion.live.users) {
    yield* policiesOn(bastion, user);
    yield* powersOf(bastion, user, expected, harmless);
    yield* membershipsOf(bastion, user, expected);
  }
  yield* checkGroups(bastion, expected);
}

function* policiesOn(bastion: NamedAccount, user: LiveUser): Findings {
  for (const { name } of [...user.inlinePolicies, ...user.attachedPolicies]) {
    const message = `${user.name} has the policy ${name} beside those of groups`;
    yield finding("user-holds-policy", bastion, user.arn, message);
  }
}

/** Keys of permissions that do nothing without MFA, whoever has them. */
type Harmless = Set<string>;

function powersOf(
  bastion: NamedAccount,
  user: LiveUser,
  { openWithoutMfa }: ExpectedAccess,
  harmless: Harmless,
): Findings {
  const principal = new UserPrincipal(bastion.live, user);
  const bare = decided(() =>
    powersWithoutMfa(principal, openWithoutMfa, harmless),
  );
  const administers = decided(() =>
    decisionOf(isAdministrator(principal.permissions)),
  );
  const doubt = [bare, administers].find(
    ({ answer }) => answer === "undecided",
  );
  const request = "request" in bare ? bare.request : "";
  return findingsAbout(bastion, user.arn, [
    [
      bare.answer === "open",
      "acts-without-mfa",
      `without MFA ${user.name} may call ${request}, by ${bare.why}`,
    ],
    [
      administers.answer === "open",
      "administers-the-bastion",
      `${user.name} can change identities of any name, by ${administers.why}`,
    ],
    [doubt !== undefined, "undecided", `${user.name}: ${doubt?.why ?? ""}`],
  ]);
}

/** Asked of any user with these permissions first: what is closed there is closed to all of them. */
function powersWithoutMfa(
  { alike, alikeKey, permissions }: UserPrincipal,
  openWithoutMfa: readonly string[],
  harmless: Harmless,
): ReturnType<typeof mayDoOtherThan> {
  if (!harmless.has(alikeKey)) {
    const ofAny = mayDoOtherThan(alike, openWithoutMfa, withoutMfa);
    if (ofAny.answer !== "closed") {
      return mayDoOtherThan(permissions, openWithoutMfa, withoutMfa);
    }
    harmless.add(alikeKey);
  }
  return { answer: "closed", why: "", request: "" };
}

function* membershipsOf(
  bastion: NamedAccount,
  user: LiveUser,
  { users, groups }: ExpectedAccess,
): Findings {
  if (!users.some(({ name }) => name === user.name)) return;
  const meant = groups
    .filter(({ members }) => members.includes(user.name))
    .map(({ name }) => name);
  for (const name of new Set([...user.groups, ...meant])) {
    const isIn = user.groups.includes(name);
    if (isIn && meant.includes(name)) continue;
    const message = isIn
      ? `in the group ${name}, where the config does not have them`
      : `not in the group ${name}, where the config has them`;
    const whole = `${user.name} is ${message}`;
    yield finding("membership-differs", bastion, user.arn, whole);
  }
}

function* checkGroups(
  bastion: NamedAccount,
  { groups }: ExpectedAccess,
): Findings {
  const { live } = bastion;
  for (const { name, arn } of live.groups) {
    if (groups.some((group) => group.name === name)) continue;
    const message = `the group ${name} is in the account, and not in the config`;
    yield finding("group-not-in-config", bastion, arn, message);
  }
  for (const group of groups) {
    const found = live.groups.find(({ name }) => name === group.name);
    const difference =
      found === undefined
        ? "is not there"
        : differenceOf(found, group, bastion);
    if (difference === undefined) continue;
    const arn = `arn:${live.partition}:iam::${bastion.id}:group/${group.name}`;
    const message = `the group ${group.name} ${difference}`;
    yield finding("group-differs", bastion, found?.arn ?? arn, message);
  }
}

type ExpectedGroup = ExpectedAccess["groups"][number];

/** Documents are compared as JSON, whatever the order of their elements. */
function differenceOf(
  found: LiveGroup,
  meant: ExpectedGroup,
  { live }: NamedAccount,
): string | undefined {
  const inline = new Map(
    found.inlinePolicies.map(({ name, text }) => [name, sorted(text)]),
  );
  for (const [name, document] of Object.entries(meant.inlinePolicies)) {
    const text = inline.get(name);
    if (text === undefined) return `lacks the policy ${name}`;
    if (text !== sorted(JSON.stringify(document)))
      return `has another text in the policy ${name}`;
    inline.delete(name);
  }
  const [strange] = inline.keys();
  if (strange !== undefined) return `has a policy more, ${strange}`;
  const attached = found.attachedPolicies
    .map(({ arn }) => sorted(live.managedPolicies.get(arn) ?? ""))
    .sort();
  const wanted = meant.managedPolicies
    .map((document) => sorted(JSON.stringify(document)))
    .sort();
  return JSON.stringify(attached) === JSON.stringify(wanted)
    ? undefined
    : "has other managed policies than those of the config";
}

const sorted = (text: string): string =>
  JSON.stringify(JSON.parse(text || "null"), (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value,
  );
