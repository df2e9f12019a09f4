import { assignmentsOf } from "../../infra/assignments";
import type { BastionConfig, UserFacts } from "../../infra/config";
import {
  requestBeyondAll,
  type Beyond,
  type Rights,
} from "../../policy-pack/decide/beyond";
import type { CallerCase } from "../../policy-pack/decide/callers";
import { not } from "../../policy-pack/decide/literal";
import type { Permissions } from "../../policy-pack/decide/powers";
import { placesOf } from "../accounts/documents";
import type { LiveAccount, LiveUser } from "../accounts/live-account";
import { documentsKey, userPermissions } from "../accounts/permissions";
import { fewOf } from "../formats/few-of";
import { anyRealRequest, realRequestWords } from "../requests/real-request";
import { ofAnySession, tellCallersApart } from "./any-session";
import { signedInFrom } from "./permissions";
import { asIfOf, inAccount } from "./places";
import { actionLike } from "./reach";
import { rightsOfRole } from "./role-of-config";

interface Granted {
  readonly config: BastionConfig;
  readonly facts: UserFacts;
}

/**
 * What the roles that the config gives a user allow more than the user has now, and less: one request
 * each, as if what they have stood in an account with the roles; and each Deny that a role does not keep.
 *
 * @param now grants that have ended by then are none
 * @throws UnreadableDocument
 */
export function changesFor(
  account: LiveAccount,
  user: LiveUser,
  granted: Granted,
  now: Date,
): readonly string[] {
  const { config, facts } = granted;
  const old = userPermissions(account, user);
  const denies = old.documents.some(({ statements }) =>
    statements.some(({ effect }) => effect === "Deny"),
  );
  // A Deny is told with whose it is.
  const isOwn = denies || tellCallersApart(old.documents);
  const key = JSON.stringify([
    documentsKey(old),
    facts.teams,
    isOwn ? user.name : "",
  ]);
  const known = changesOf.get(config) ?? new Map<string, readonly string[]>();
  changesOf.set(config, known);
  const found = known.get(key) ?? [...findChanges(account, old, granted, now)];
  known.set(key, found);
  return found;
}

/** Users with the same documents and teams are one question. */
const changesOf = new WeakMap<BastionConfig, Map<string, readonly string[]>>();

function* findChanges(
  account: LiveAccount,
  { caller: own, ...old }: Permissions,
  { config, facts }: Granted,
  now: Date,
): Iterable<string> {
  const assignments = assignmentsOf(config, facts).filter(
    ({ accountId }) => accountId !== account.accountId,
  );
  const [place = account.accountId] = assignments.map((one) => one.accountId);
  const from = signedInFrom(asIfOf(place, own), now);
  const given = [...from.given, ...inAccount(place), not(actionLike("sts:*"))];
  const caller = { ...from, given };
  const rights: Rights[] = [];
  for (const name of new Set(assignments.map(({ role }) => role.name))) {
    const role = rightsOfRole(account, config, name);
    if (role === undefined) {
      yield `What ${name} allows is not known here: one of its policies was not read.`;
      continue;
    }
    rights.push(ofAnySession(role, "least"));
    yield* changeBy(name, ofAnySession(role, "most"), old, caller);
  }
  const less = beyondAll(old, rights, caller);
  if (less.answer !== "closed") {
    yield `No role here allows ${wordsOf(less)}.`;
  }
}

function* changeBy(
  name: string,
  role: Rights,
  old: Rights,
  caller: CallerCase,
): Iterable<string> {
  const more = beyondAll(role, [old], caller);
  if (more.answer !== "closed") yield `${name} allows more: ${wordsOf(more)}.`;
  const unkept = old.documents
    .flatMap(({ statements }) => statements)
    .filter(({ effect }) => effect === "Deny")
    .filter((deny) => {
      const documents = [...role.documents, { statements: [deny] }];
      const kept = { documents, boundary: role.boundary };
      return beyondAll(role, [kept], caller).answer !== "closed";
    });
  if (unkept.length > 0) {
    const places = unkept.map((deny) => placesOf([deny]));
    yield `${name} does not keep ${fewOf(places)}.`;
  }
}

/** Most is the same, and shows without a look at all of AWS's actions. */
function beyondAll(
  found: Rights,
  meant: readonly Rights[],
  caller: CallerCase,
): Beyond {
  const any = requestBeyondAll(found, meant, caller);
  return any.answer === "closed"
    ? any
    : requestBeyondAll(found, meant, caller, anyRealRequest);
}

const wordsOf = (beyond: Exclude<Beyond, { readonly answer: "closed" }>) =>
  beyond.answer === "open"
    ? realRequestWords(beyond.question, beyond.witness)
    : `something that could not be decided (${beyond.why})`;
