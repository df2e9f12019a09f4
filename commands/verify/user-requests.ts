import type { Document, Statement } from "../../policy-pack/decide/document";
import {
  actionKey,
  literal,
  not,
  resourceKey,
} from "../../policy-pack/decide/literal";
import { anyMfa, type MfaState } from "../../policy-pack/decide/mfa";
import type { Permissions } from "../../policy-pack/decide/powers";
import { speaksOf, type Caller } from "../../policy-pack/decide/principal";
import { search, type Verdict } from "../../policy-pack/decide/search";
import { accountOfArn } from "../accounts/arn";
import type { LiveRole, LiveUser } from "../accounts/live-account";
import { tagsGiven, type Asker } from "./asker";
import { placesOf, readTrust } from "./documents";

export type Answer = Verdict["answer"];

/** An answer, and where it comes from. */
export interface Told {
  readonly answer: Answer;
  /** The statements that let the request in, or why nobody can tell. */
  readonly why: string;
}

const closed: Told = { answer: "closed", why: "" };
const undecided = (why: string): Told => ({ answer: "undecided", why });

/**
 * Whether any request of the user gets into the role, in any of the states. Both sides must allow:
 * the user's permissions inside their boundary, and the role's trust policy.
 */
export function mayTake(
  asker: Asker,
  role: LiveRole,
  states: readonly MfaState[],
): Told {
  const { permissions, fault, user } = asker;
  const trust = readTrust(role.name, role.trust);
  if (trust.kind === "unreadable") return undecided(trust.why);
  const documents = trust.documents.map(aboutAssumeRole);
  const caller: Caller = {
    kind: "user",
    account: accountOfArn(user.arn),
    arn: user.arn,
  };
  const isSpokenOf = documents
    .flatMap(({ statements }) => statements)
    .some((one) => one.effect === "Allow" && speaksOf(one, caller));
  if (!isSpokenOf) return closed;
  if (permissions === undefined) return undecided(fault);
  if (isClosedToAlike(asker, role, documents)) return closed;
  return firstOpen(
    states.flatMap((state) =>
      layersOf(narrowed(permissions), user, role, documents).map(
        (layers) => () => ask(permissions, role, layers, state),
      ),
    ),
  );
}

const closedRoles = new WeakMap<LiveRole, Map<string, boolean>>();

/**
 * Whether any user with these permissions is kept out, whatever the name and the MFA: a proof for
 * all who share them, and asked once. A trust policy that names users tells them apart.
 */
function isClosedToAlike(
  { alike, user }: Asker,
  role: LiveRole,
  trust: readonly Document[],
): boolean {
  const namesUsers = trust
    .flatMap(({ statements }) => statements)
    .flatMap(({ principals }) => principals?.principals ?? [])
    .some(({ kind }) => kind === "user");
  if (alike === undefined || namesUsers) return false;
  const known = closedRoles.get(role) ?? new Map<string, boolean>();
  closedRoles.set(role, known);
  const before = known.get(alike.key);
  if (before !== undefined) return before;
  const permissions = narrowed(alike.permissions);
  const told = firstOpen(
    layersOf(permissions, user, role, trust).map(
      (layers) => () => ask(permissions, role, layers, anyMfa),
    ),
  );
  const isClosed = told.answer === "closed";
  known.set(alike.key, isClosed);
  return isClosed;
}

const assumeRole = literal("StringEquals", actionKey, "sts:AssumeRole");

/** Without what speaks of other actions alone: a user has many statements, and one or two of these. */
const narrowed = ({
  documents,
  boundary,
  ...others
}: Permissions): Permissions => ({
  ...others,
  documents: documents.map(aboutAssumeRole),
  boundary: boundary?.map(aboutAssumeRole),
});

const narrowedDocuments = new WeakMap<Document, Document>();

function aboutAssumeRole(document: Document): Document {
  const known = narrowedDocuments.get(document);
  if (known !== undefined) return known;
  const narrow = { statements: document.statements.filter(mayBeAssumeRole) };
  narrowedDocuments.set(document, narrow);
  return narrow;
}

function mayBeAssumeRole({ actions, ...others }: Statement): boolean {
  const actionAlone: Statement = {
    ...others,
    actions,
    effect: "Allow",
    resources: undefined,
    principals: undefined,
    conditions: [],
  };
  const verdict = search({
    layers: [[{ statements: [actionAlone] }]],
    caller: { kind: "anonymous" },
    given: [assumeRole],
  });
  return verdict.answer !== "closed";
}

/** The documents that must each allow it, for every way in which that can come about. */
function layersOf(
  { documents, boundary }: Permissions,
  user: LiveUser,
  role: LiveRole,
  trust: readonly Document[],
): readonly (readonly (readonly Document[])[])[] {
  const both = [
    trust,
    documents,
    ...(boundary === undefined ? [] : [boundary]),
  ];
  if (accountOfArn(user.arn) !== accountOfArn(role.arn)) return [both];
  // In its own account a role that names the user needs no permission on the user's side; a deny
  // there still holds. Source: AWS documentation, "Policy evaluation logic".
  const named = [
    ...trust.map((one) => namingOnly(one, user)),
    ...[...documents, ...(boundary ?? [])].map(deniesOf),
  ];
  return [both, [named]];
}

const namingOnly = ({ statements }: Document, { arn }: LiveUser): Document => ({
  statements: statements.filter(
    ({ effect, principals }) =>
      effect === "Deny" ||
      principals?.principals.some(
        (entry) => entry.kind === "user" && entry.arn === arn,
      ) === true,
  ),
});

const deniesOf = ({ statements }: Document): Document => ({
  statements: statements.filter(({ effect }) => effect === "Deny"),
});

function ask(
  { caller: { caller, given, derived, preferred } }: Permissions,
  role: LiveRole,
  layers: readonly (readonly Document[])[],
  state: MfaState,
): Verdict {
  return search({
    layers,
    caller,
    given: [
      assumeRole,
      literal("StringEquals", resourceKey, role.arn),
      literal("StringEquals", "aws:ResourceAccount", accountOfArn(role.arn)),
      ...tagsGiven("aws:resourcetag/", role.tags, layers.flat()),
      ...given,
      ...state.given,
    ],
    derived,
    preferred,
  });
}

/** Whether the user may do anything at all that is not among the actions. */
export function mayDoOtherThan(
  asker: Pick<Asker, "permissions" | "fault">,
  actions: readonly string[],
  states: readonly MfaState[],
): Told & { readonly action: string } {
  const { permissions, fault } = asker;
  if (permissions === undefined) return { ...undecided(fault), action: "?" };
  const { caller, documents, boundary } = permissions;
  let action = "?";
  const told = firstOpen(
    states.map(({ given }) => () => {
      const verdict = search({
        layers: [documents, ...(boundary === undefined ? [] : [boundary])],
        caller: caller.caller,
        given: [
          not(literal("StringEqualsIgnoreCase", actionKey, ...actions)),
          ...caller.given,
          ...given,
        ],
        derived: caller.derived,
        preferred: caller.preferred,
      });
      if (verdict.answer === "open") {
        [action = "?"] = verdict.witness.values.get(actionKey) ?? [];
      }
      return verdict;
    }),
  );
  return { ...told, action };
}

/** The first that is open; undecided when some are and none is open. */
export function firstOpen(questions: readonly (() => Verdict)[]): Told {
  let doubt: Told | undefined;
  for (const question of questions) {
    const verdict = question();
    if (verdict.answer === "open") {
      return { answer: "open", why: placesOf(verdict.witness.statements) };
    }
    if (verdict.answer === "undecided") doubt ??= undecided(verdict.why);
  }
  return doubt ?? closed;
}
