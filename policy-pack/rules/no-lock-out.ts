import {
  freshMfa,
  mayAssumeRole,
  ofUser,
  tellUsersApart,
} from "../decide/assume-role";
import { firstOpen } from "../decide/first-open";
import type { Verdict } from "../decide/search";
import {
  undecided,
  unknownFinding,
  wrong,
  type Finding,
} from "../findings/finding";
import { unlikeUsers } from "../identities/alike";
import {
  unknownOf,
  unseenOf,
  type HeldPolicy,
  type Identity,
} from "../identities/identity";
import { permissionsOf, policiesOf } from "../identities/permissions";
import type { Organisation } from "../organisation/organisation";
import { tagsOf } from "../resources/tags";
import { pathToUnknown } from "../resources/unknown";
import type { UnknownValue } from "../resources/unknown-value";
import { isBastionStack, type Rule } from "./rule";

export const noLockOut: Rule = {
  name: "no-lock-out",
  title: "No lock-out",
  description:
    "In every workload account some user of the bastion can become administrator, with MFA.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remedy:
    "Leave at least one user in a group that may take the administrator role in each account; or take an account that is to have none out of the pack's config.",
  judgeStack({ name, identities }, organisation) {
    if (!isBastionStack(name, organisation)) return [];
    const { users } = identities;
    const unknown = [
      ...identities.unknownHolders,
      ...identities.unknownMembers,
      ...users.flatMap((user) => unknownOf(deciding(user))),
    ];
    // What is not known yet may be what lets somebody in, or shuts everybody out.
    if (unknown.length > 0) return unknown.map(unknownFinding);
    const kinds = unlikeUsers(users, tellUsersApart);
    const accounts = organisation.accounts
      .map((account) => ({
        account,
        answer: wayInto(account, kinds, organisation),
      }))
      .filter(({ answer }) => answer !== "open");
    const tags = users.flatMap(unknownTags);
    return tags.length > 0 && accounts.some(isDoubtful)
      ? tags.map(unknownFinding)
      : accounts.map((one) => lockedOut(one, users, organisation));
  },
};

type Answer = Verdict["answer"];

/** An account that nobody is sure to administer. */
interface ClosedAccount {
  readonly account: string;
  readonly answer: Answer;
}

const isDoubtful = ({ answer }: ClosedAccount): boolean =>
  answer === "undecided";

/** Tags that decide only when they are known. */
function unknownTags({ resource }: Identity): readonly UnknownValue[] {
  if (resource === undefined) return [];
  const { tags, tagsAll } = resource.inputs;
  const path = pathToUnknown({ tags, tagsAll });
  return path === undefined ? [] : [{ resource, path }];
}

/** All policies of a user that count here: a boundary that can't be read may close the way. */
const deciding = (user: Identity): readonly HeldPolicy[] => [
  ...policiesOf(user),
  ...(user.boundary === undefined ? [] : [user.boundary]),
];

/** What nothing here tells of a user: policies, and what groups of another stack give. */
const unseenBy = (user: Identity): readonly string[] => [
  ...unseenOf(deciding(user)),
  ...user.groups.flatMap(({ resource, name }) =>
    resource === undefined ? [`the group ${name ?? "?"}`] : [],
  ),
  ...(user.resource === undefined ? [`the user ${user.name ?? "?"}`] : []),
];

const wayInto = (
  account: string,
  users: readonly Identity[],
  { administratorRoles }: Organisation,
): Answer =>
  firstOpen(
    users.flatMap((user) =>
      administratorRoles.map((role) => () => ({
        answer: mayAssume(user, role, account),
      })),
    ),
  ).answer;

function lockedOut(
  closed: ClosedAccount,
  users: readonly Identity[],
  { administratorRoles }: Organisation,
): Finding {
  const { account } = closed;
  const roles = administratorRoles.join(" or ");
  const unread = [...new Set(users.flatMap(unseenBy))];
  const isUndecided = isDoubtful(closed) || unread.length > 0;
  const remedy = `put a user into a group that allows sts:AssumeRole on arn:aws:iam::${account}:role/${administratorRoles[0] ?? "OpsSudo"}, or take the Deny out that closes it; or, when the account is not to be reached any more, take it out of accounts in the pack's config.`;
  const witness = [
    `Tried: each of the stack's ${users.length} users, with MFA given a second ago`,
    ...(unread.length === 0 ? [] : [`Not known here: ${unread.join(", ")}`]),
  ];
  return isUndecided
    ? undecided(
        undefined,
        `whether any user can reach ${roles} in account ${account}.`,
        remedy,
        { witness, unread },
      )
    : wrong(
        undefined,
        `No user can reach ${roles} in account ${account}: nobody could administer it any more.`,
        remedy,
        { witness },
      );
}

function mayAssume(user: Identity, role: string, account: string): Answer {
  const tags = user.resource && tagsOf(user.resource);
  const { answer } = mayAssumeRole(
    ofUser(permissionsOf(user), { id: undefined, tags }),
    {
      arn: `arn:aws*:iam::${account}:role/${role}`,
      trust: undefined,
      tags: undefined,
    },
    [freshMfa],
  );
  const { boundary } = user;
  const isBounded =
    boundary !== undefined && boundary.content.kind !== "document";
  return answer === "open" && isBounded ? "undecided" : answer;
}
