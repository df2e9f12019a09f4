import {
  requestBeyondAll,
  type Beyond,
  type Rights,
} from "../../policy-pack/decide/beyond";
import type { CallerCase } from "../../policy-pack/decide/callers";
import { not, type Literal } from "../../policy-pack/decide/literal";
import type { Permissions } from "../../policy-pack/decide/powers";
import { documentsKey, mayCall } from "../accounts/permissions";
import { readTexts } from "../accounts/documents";
import { anyRealRequest, realRequestWords } from "../requests/real-request";
import { ofAnySession, tellCallersApart } from "./any-session";
import { signedInFrom } from "./permissions";
import {
  accountsNamed,
  asIfOf,
  inAccount,
  outsideAccounts,
  saidIn,
} from "./places";
import { actionLike, type OpenRole } from "./reach";

/** What a user has now, and what is left once all has gone that is superseded. */
export interface Change {
  readonly old: Permissions;
  /** The user's own, by the pattern's policies. */
  readonly left: Permissions;
  /** The roles that these let them take. */
  readonly open: readonly OpenRole[];
  /** The bastion. */
  readonly home: string;
  /** The accounts of which all roles are known: who loses one of them is told apart. */
  readonly known: readonly string[];
  readonly now: Date;
  /** Somebody has decided that what the user has in the bastion itself may go, and where no role is. */
  readonly mayLoseHere: boolean;
}

/**
 * Requests that the old permissions allow and that nothing allows afterwards: one in each place where
 * there is any. None is a proof, but for the roles that the user could take.
 *
 * - In the bastion itself an identity's own policies decide, and so only the pattern's count there, and
 *   those of roles that stay in it.
 * - What names no account was meant for wherever the user's work is: it is taken to stand in the accounts
 *   of the user's roles, and one of them has to allow all of it. What names an account has to be allowed
 *   there.
 * - In an account where the user gets no role, nothing is allowed.
 */
export function lossesOf(change: Change): readonly string[] {
  const { old, left, open, home, known, now, mayLoseHere } = change;
  const key = JSON.stringify([
    documentsKey(old),
    documentsKey(left),
    open.map(({ role, permissions }) => [role.arn, documentsKey(permissions)]),
    [home, known, now, mayLoseHere],
    tellCallersApart(old.documents) ? old.caller.caller : "whoever",
  ]);
  const found = lossesByKey.get(key) ?? [...findLosses(change)];
  lossesByKey.set(key, found);
  return found;
}

/** Users with the same documents are one question. */
const lossesByKey = new Map<string, readonly string[]>();

function* findLosses(change: Change): Iterable<string> {
  const { mayLoseHere } = change;
  const atHome = mayLoseHere ? [] : [...lossesAtHome(change)];
  yield* atHome;
  yield* lossesWithRoles(change);
  yield* lossesInNamed(change);
  if (!mayLoseHere && atHome.length === 0) yield* lossesInUnnamed(change);
}

/** By whom the user acts in the bastion's name: itself, and the bastion's own roles. */
const rightsAtHome = ({ left, open, home }: Change): readonly Rights[] => [
  left,
  ...open
    .filter(({ role }) => accountOf(role.arn) === home)
    .map(({ permissions }) => withoutTokens(rightsOf(permissions))),
];

function* lossesAtHome(change: Change): Iterable<string> {
  const { home } = change;
  yield* firstLost(change, rightsAtHome(change), {
    account: home,
    given: notTaking,
    place: `in account ${home} (the bastion itself)`,
  });
}

function* lossesWithRoles(change: Change): Iterable<string> {
  const { old, open, home } = change;
  const named = new Set(accountsNamed(old.documents));
  const lost: (readonly string[])[] = [];
  for (const account of accountsOf(open)) {
    if (account === home) continue;
    const roles = open
      .filter(({ role }) => accountOf(role.arn) === account)
      .map(({ permissions }) => rightsOf(permissions));
    const here = [
      ...firstLost(change, roles, {
        account,
        caller: asIfOf(account, old.caller),
        given: notOfSts,
        place: `in account ${account}`,
      }),
    ];
    if (named.has(account)) yield* here;
    else lost.push(here);
  }
  if (lost.every(({ length }) => length > 0)) yield* lost[0] ?? [];
}

/** Accounts that the user's documents name, and where no role is. */
const namedElsewhere = ({ old, open, home }: Change): readonly string[] => {
  const own = [home, ...accountsOf(open)];
  return accountsNamed(old.documents).filter(
    (account) => !own.includes(account),
  );
};

function* lossesInNamed(change: Change): Iterable<string> {
  for (const account of namedElsewhere(change)) {
    yield* firstLost(change, rightsAtHome(change), {
      account,
      given: change.known.includes(account) ? notTaking : [],
      place: `in account ${account} (where no role is granted)`,
    });
  }
}

function* lossesInUnnamed(change: Change): Iterable<string> {
  const { open, home, known } = change;
  const others = [
    home,
    ...accountsOf(open),
    ...namedElsewhere(change),
    ...known,
  ];
  yield* firstLost(change, rightsAtHome(change), {
    given: outsideAccounts([...new Set(others)]),
    place: "in some account where no role is granted",
  });
}

interface Asked {
  /** In which the resource stands; left out: in one that no document names, and `given` says more. */
  readonly account?: string;
  /** Left out: the user as they are. */
  readonly caller?: CallerCase;
  readonly given: readonly Literal[];
  readonly place: string;
}

function* firstLost(
  { old, now }: Change,
  rights: readonly Rights[],
  { account, caller = old.caller, given, place }: Asked,
): Iterable<string> {
  const { documents, boundary } = old;
  const had = { documents: saidIn(account, documents, "Allow"), boundary };
  const from = signedInFrom(caller, now);
  const asked = {
    ...from,
    given: [
      ...from.given,
      ...(account === undefined ? [] : inAccount(account)),
      ...needsAllow,
      ...given,
    ],
  };
  // A look at the old permissions alone: grants that have ended need no look at all of AWS's actions.
  if (mayCall({ ...old, ...had, caller: asked }, []).answer === "closed")
    return;
  const beyond = requestBeyondAll(had, rights, asked, anyRealRequest);
  if (beyond.answer !== "closed") yield `${wordsOf(beyond)} ${place}`;
}

const wordsOf = (beyond: Exclude<Beyond, { readonly answer: "closed" }>) =>
  beyond.answer === "open"
    ? realRequestWords(beyond.question, beyond.witness)
    : `something that could not be decided (${beyond.why})`;

const rightsOf = (permissions: Permissions): Rights =>
  ofAnySession(permissions, "least");

/** No session of a role may call these. Source: AWS STS API reference, "GetFederationToken". */
const withoutTokens = ({ documents, boundary }: Rights): Rights => ({
  documents: [...documents, ...readTexts([tokensDenied], "identity")],
  boundary,
});

const tokensDenied = {
  name: "what no session of a role may do",
  text: JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Deny",
      Action: ["sts:GetFederationToken", "sts:GetSessionToken"],
      Resource: "*",
    },
  }),
};

/**
 * Nobody needs a permission for these. Source: AWS STS API reference, "GetCallerIdentity" and
 * "GetSessionToken"; AWS documentation, "Request temporary security credentials".
 */
const needsAllow: readonly Literal[] = [
  not(
    actionLike(
      "sts:AssumeRoleWith*",
      "sts:GetCallerIdentity",
      "sts:GetSessionToken",
    ),
  ),
];

/** Of accounts that are read it is known which roles they have, and whom these let in. */
const notTaking: readonly Literal[] = [
  not(actionLike("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession")),
];

/** A user's tokens and sessions are the bastion's, wherever the work is. */
const notOfSts: readonly Literal[] = [not(actionLike("sts:*"))];

const accountOf = (arn: string): string => arn.split(":")[4] ?? "";

const accountsOf = (open: readonly OpenRole[]): readonly string[] => [
  ...new Set(open.map(({ role }) => accountOf(role.arn))),
];
