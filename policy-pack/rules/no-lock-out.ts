import { isMissing, literal, type Literal } from "../decide/literal";
import { withMfaOfAge } from "../decide/mfa";
import { mayRequest } from "../decide/powers";
import { unknownFinding, type Finding } from "../findings/finding";
import {
  documentsOf,
  unknownOf,
  unseenOf,
  type HeldPolicy,
  type Identity,
} from "../identities/identity";
import { permissionsOf, policiesOf } from "../identities/permissions";
import type { Organisation } from "../organisation/organisation";
import { tagsOf } from "../resources/tags";
import { isBastionStack, type Rule } from "./rule";

export const noLockOut: Rule = {
  name: "no-lock-out",
  title: "No lock-out",
  description:
    "In every workload account some user of the bastion can become administrator, with MFA.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remedy:
    "Leave at least one user in a group that may take the administrator role in each account.",
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
    return organisation.accounts.flatMap((account) =>
      lockedOut(account, users, organisation),
    );
  },
};

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

/** Seconds: somebody who has just given a code. */
const fresh = withMfaOfAge(1);

function lockedOut(
  account: string,
  users: readonly Identity[],
  { administratorRoles }: Organisation,
): readonly Finding[] {
  const verdicts = users.flatMap((user) =>
    administratorRoles.map((role) => mayTake(user, role, account)),
  );
  if (verdicts.includes("open")) return [];
  const roles = administratorRoles.join(" or ");
  const unseen = users.flatMap(unseenBy);
  const isDoubtful = verdicts.includes("undecided") || unseen.length > 0;
  return [
    {
      kind: isDoubtful ? "undecided" : "wrong",
      resource: undefined,
      problem: isDoubtful
        ? `whether any user can reach ${roles} in account ${account}.`
        : `No user can reach ${roles} in account ${account}: nobody could administer it any more.`,
      witness: [
        `Tried: each of the stack's ${users.length} users, with MFA given a second ago`,
        ...(unseen.length === 0
          ? []
          : [`Not known here: ${[...new Set(unseen)].join(", ")}`]),
      ],
      remedy: `put a user into a group that allows sts:AssumeRole on arn:aws:iam::${account}:role/${administratorRoles[0] ?? "OpsSudo"}, or take the Deny out that closes it.`,
    },
  ];
}

const principalTag = "aws:principaltag/";

/** Nobody chooses their own tags: a policy that asks for one lets in only who has it. */
function tagLiterals(user: Identity): readonly Literal[] {
  const tags = user.resource && tagsOf(user.resource);
  if (tags === undefined) return [];
  const keys = documentsOf(policiesOf(user))
    .flatMap(({ statements }) => statements)
    .flatMap(({ conditions }) => conditions)
    .map(({ key }) => key)
    .filter((key) => key.startsWith(principalTag));
  return [...new Set(keys)].map((key) => {
    const value = tags.get(key.slice(principalTag.length));
    return value === undefined
      ? isMissing(key)
      : literal("StringEquals", key, value);
  });
}

const mayTake = (
  user: Identity,
  role: string,
  account: string,
): "open" | "closed" | "undecided" => {
  const { answer } = mayRequest(permissionsOf(user), {
    action: "sts:AssumeRole",
    resource: `arn:aws*:iam::${account}:role/${role}`,
    mfa: fresh,
    given: [
      literal("StringEquals", "aws:ResourceAccount", account),
      ...tagLiterals(user),
    ],
  });
  const { boundary } = user;
  const isBounded =
    boundary !== undefined && boundary.content.kind !== "document";
  return answer === "open" && isBounded ? "undecided" : answer;
};
