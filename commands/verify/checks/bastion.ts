import { isAdministrator } from "../../../policy-pack/decide/powers";
import { groupRolesPolicy } from "../../../infra/names";
import type { LiveGroup, LiveUser } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import { groupPermissions } from "../../accounts/permissions";
import { bastionOf } from "../assignments";
import type { ExpectedAccess } from "../expected";
import { permissionDifferences } from "../compare";
import type { Facts } from "../facts";
import { deleteGroup, inAccount, takeOff, toCorrect } from "../remedies";
import { finding, findingsAbout, type Findings } from "../findings";
import { PowersWithoutMfa } from "../powers-without-mfa";
import { UserPrincipal } from "../user-principal";
import { boundaryFindings, pathFindings, tagFindings } from "./principals";
import { decided, decisionOf } from "../user-requests";

/** What users may do inside the bastion, and whether their groups are those of the config. */
export function* checkBastion({
  organisation,
  expected,
}: Pick<Facts, "organisation" | "expected">): Findings {
  const bastion = bastionOf(organisation, expected);
  if (bastion === undefined) return;
  const withoutMfa = new PowersWithoutMfa(expected.openWithoutMfa);
  for (const user of bastion.live.users) {
    yield* policiesOn(bastion, user);
    yield* powersOf(bastion, user, withoutMfa);
    yield* membershipsOf(bastion, user, expected);
    const meant = expected.users.find(({ name }) => name === user.name);
    if (meant === undefined) continue;
    yield* boundaryFindings(bastion, user, meant.boundaryArn);
    yield* pathFindings(bastion, user);
    yield* tagFindings(bastion, user, meant.tags);
  }
  yield* checkGroups(bastion, expected);
}

function* policiesOn(bastion: NamedAccount, user: LiveUser): Findings {
  for (const { name } of [...user.inlinePolicies, ...user.attachedPolicies]) {
    const message = `${user.name} has the policy ${name} beside those of groups`;
    const remedy = `${inAccount(bastion, takeOff(user))} What a user may do comes from groups.`;
    yield finding("user-holds-policy", bastion, user.arn, message, remedy);
  }
}

function powersOf(
  bastion: NamedAccount,
  user: LiveUser,
  withoutMfa: PowersWithoutMfa,
): Findings {
  const principal = new UserPrincipal(bastion.live, user);
  const bare = decided(() => withoutMfa.of(principal));
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
  for (const stray of live.groups) {
    const { name, arn } = stray;
    if (groups.some((group) => group.name === name)) continue;
    const message = `the group ${name} is in the account, and not in the config`;
    const remedy = `make it a team in the stack file; or ${inAccount(bastion, deleteGroup(stray, bastion))}`;
    yield finding("group-not-in-config", bastion, arn, message, remedy);
  }
  for (const group of groups) {
    const found = live.groups.find(({ name }) => name === group.name);
    if (found !== undefined) {
      yield* groupDifferences(bastion, found, group);
      yield* pathFindings(bastion, found);
      continue;
    }
    const arn = `arn:${live.partition}:iam::${bastion.id}:group/${group.name}`;
    const message = `the group ${group.name} is not there`;
    yield finding("group-missing", bastion, arn, message);
  }
}

const groupKinds = {
  more: "group-allows-more",
  less: "group-allows-less",
  undecided: "comparison-undecided",
} as const;

function* groupDifferences(
  bastion: NamedAccount,
  found: LiveGroup,
  { name, inlinePolicies, managedPolicies }: ExpectedAccess["groups"][number],
): Findings {
  const { live } = bastion;
  const managedNames = managedPolicies.map((_, index) =>
    groupRolesPolicy(name, index + 1),
  );
  const policies = [
    ...Object.entries(inlinePolicies),
    ...managedPolicies.map(
      (document, index) => [managedNames[index], document] as const,
    ),
  ].map(([policy, document]) => ({
    name: `policy ${policy} of the config`,
    text: JSON.stringify(document),
  }));
  const differences = permissionDifferences(
    live,
    found,
    { policies, boundary: undefined },
    () => groupPermissions(live, found),
  );
  const remedy = toCorrect(found, bastion, ({ name: policy, arn }) =>
    arn === undefined
      ? Object.hasOwn(inlinePolicies, policy)
      : managedNames.includes(policy),
  );
  for (const { kind, words } of differences) {
    const message = `the group ${name} ${words}`;
    yield finding(groupKinds[kind], bastion, found.arn, message, remedy);
  }
}
