import type { CallerCase } from "./callers";
import { couldAllow, speaksOfAction } from "./could-allow";
import { directGrants } from "./direct-grant";
import type { Document, Layers } from "./document";
import { isMissing, literal, resourceKey, type Literal } from "./literal";
import { withMfaOfAge, type MfaState } from "./mfa";
import { oncePer } from "./once-per";
import type { Permissions, Tags } from "./permissions";
import { isAws, speaksOf } from "./principal";
import { search, type Verdict } from "./search";
import { toAssume } from "./trust";
import { keysRead, withoutKeys } from "./without-keys";

/** Of somebody who has just given a code: no limit on its age is shorter than a second. */
export const freshMfa = withMfaOfAge(1);

/** A role, as far as it is known to whoever asks for it. */
export interface RequestedRole {
  /** The account's part is written out; the partition's may hold a wildcard. */
  readonly arn: string;
  /** undefined: not known, and then the answer is about the user's side alone. */
  readonly trust: readonly Document[] | undefined;
  /** undefined: not known. */
  readonly tags: Tags | undefined;
}

export const tagsByKey = (tags: Readonly<Record<string, string>>): Tags =>
  new Map(
    Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]),
  );

/** What is known of a user beside the ARN. */
export interface UserDetails {
  /** The unique id, `AIDA…`; undefined: not known. */
  readonly id: string | undefined;
  /** undefined: not known. */
  readonly tags: Tags | undefined;
}

const principalTag = "aws:principaltag/";
const resourceTag = "aws:resourcetag/";

/**
 * A user with what is known of them; what their policies say of it is decided by that. An id that is not
 * of AWS's form counts as not known: a fact that no request has would close everything.
 */
export function ofUser(
  permissions: Permissions,
  { id, tags }: UserDetails,
): Permissions {
  const { caller } = permissions;
  const documents = [...permissions.documents, ...(permissions.boundary ?? [])];
  const given = [
    ...caller.given,
    ...(isUserId(id) ? [literal("StringEquals", "aws:userid", id)] : []),
    ...tagsGiven(principalTag, tags, documents),
  ];
  return { ...permissions, caller: { ...caller, given }, tags };
}

/** Source: AWS documentation, "IAM identifiers", unique identifiers. */
const isUserId = (id: string | undefined): id is string =>
  id !== undefined && /^AIDA[A-Z0-9]{12,124}$/.test(id);

/** Tags are chosen by nobody who asks: a key of a tag that is not there is in no request. */
export function tagsGiven(
  prefix: string,
  tags: Tags | undefined,
  documents: readonly Document[],
): readonly Literal[] {
  if (tags === undefined) return [];
  const keys = documents
    .flatMap(({ statements }) => statements)
    .flatMap(keysRead)
    .filter((key) => key.startsWith(prefix));
  return [...new Set(keys)].map((key) => {
    const value = tags.get(key.slice(prefix.length));
    return value === undefined
      ? isMissing(key)
      : literal("StringEquals", key, value);
  });
}

/**
 * Whether a request of the user gets into the role, in any of the states. Both sides must allow: the
 * user's permissions inside their boundary, and the role's trust policy where it is known. In an
 * account of its own a role that names the user is enough, unless something denies it.
 *
 * Where tags are not known, open means open whatever they are.
 *
 * Source: AWS documentation, "Policy evaluation logic", "How IAM roles differ from resource-based
 * policies"; "AWS global condition context keys", aws:ResourceAccount.
 */
export function mayAssumeRole(
  user: Permissions,
  role: RequestedRole,
  states: readonly MfaState[],
): Verdict {
  const trust = role.trust?.map(aboutAssumeRole);
  if (trust !== undefined && !isSpokenOf(user.caller, trust)) return closed;
  const sides: Sides = {
    permissions: user.documents.map(aboutAssumeRole),
    boundary: user.boundary?.map(aboutAssumeRole),
    trust,
  };
  const layers = layersOf(user.caller, role, sides).filter((one) =>
    couldAllow(one, assumeRole, role.arn),
  );
  const readByTrust = tagsGiven(principalTag, user.tags, trust ?? []);
  const given = [...user.caller.given, ...readByTrust];
  const caller = { ...user.caller, given };
  let doubt: Verdict = closed;
  for (const state of states) {
    for (const one of layers) {
      const verdict = ask(caller, role, one, state);
      if (verdict.answer === "open") return verdict;
      if (verdict.answer === "undecided") doubt = verdict;
    }
  }
  return doubt;
}

/** Whether it depends on who the user is which roles the documents give, and not on them alone. */
export const tellUsersApart = (documents: readonly Document[]): boolean =>
  documents
    .flatMap((one) => aboutAssumeRole(one).statements)
    .flatMap(keysRead)
    .some((key) => keysOfUsers.has(key) || key.startsWith(principalTag));

const keysOfUsers = new Set(["aws:principalarn", "aws:userid", "aws:username"]);

const closed: Verdict = { answer: "closed" };
const assumeRole = "sts:AssumeRole";

interface Sides {
  readonly permissions: readonly Document[];
  readonly boundary: readonly Document[] | undefined;
  readonly trust: readonly Document[] | undefined;
}

/** Whether an Allow of the trust policy speaks of the caller, whatever else it asks for. */
export const isSpokenOf = (
  { caller }: CallerCase,
  trust: readonly Document[],
): boolean =>
  trust
    .flatMap(({ statements }) => statements)
    .some((one) => one.effect === "Allow" && speaksOf(one, caller));

/** Without what speaks of other actions alone: a user has many statements, and one or two of these. */
const aboutAssumeRole = oncePer(({ statements }: Document): Document => ({
  statements: statements.filter(
    (one) =>
      // AWS does not say what an empty list means: the search is to say so.
      one.actions === undefined ||
      one.actions.values.length === 0 ||
      speaksOfAction(one, assumeRole),
  ),
}));

/** The documents that must each allow it, for every way in which that can come about. */
function layersOf(
  callerCase: CallerCase,
  role: RequestedRole,
  { permissions, boundary, trust }: Sides,
): readonly Layers[] {
  const { caller } = callerCase;
  const both = [
    ...(trust === undefined ? [] : [trust]),
    permissions,
    ...(boundary === undefined ? [] : [boundary]),
  ];
  if (
    trust === undefined ||
    !isAws(caller) ||
    caller.account !== accountOf(role)
  ) {
    return [both];
  }
  const direct = directGrants(trust, assumeRole, {
    caller: callerCase,
    documents: permissions,
    boundary,
    account: caller.account,
  });
  return [both, ...direct];
}

const accountOf = ({ arn }: RequestedRole): string => arn.split(":")[4] ?? "";

function ask(
  { caller, given, derived, preferred }: CallerCase,
  role: RequestedRole,
  layers: Layers,
  state: MfaState,
): Verdict {
  const asked = [
    ...toAssume,
    literal("ArnLike", resourceKey, role.arn),
    literal("StringEquals", "aws:ResourceAccount", accountOf(role)),
    ...tagsGiven(resourceTag, role.tags, layers.flat()),
    ...given,
    ...state.given,
  ];
  const question = { layers, caller, given: asked, derived };
  const verdict = search({
    ...question,
    preferred: new Map([
      ...preferred,
      [resourceKey, [role.arn.replaceAll("*", "")]],
    ]),
  });
  const unknown = unknownTags(asked, layers, role);
  if (verdict.answer !== "open" || unknown.length === 0) return verdict;
  const isUnknown = (key: string): boolean => unknown.includes(key);
  const whatever = search({
    ...question,
    layers: layers.map((layer) =>
      layer.map((one) => withoutKeys(one, isUnknown)),
    ),
  });
  return whatever.answer === "open"
    ? whatever
    : {
        answer: "undecided",
        why: `it depends on ${unknown.join(", ")}, which is not known`,
      };
}

/** Tags that the documents ask for and that nobody has said anything about. */
function unknownTags(
  given: readonly Literal[],
  layers: Layers,
  { tags }: RequestedRole,
): readonly string[] {
  const known = new Set(given.map(({ condition }) => condition.key));
  const prefixes = [principalTag, ...(tags === undefined ? [resourceTag] : [])];
  const keys = layers
    .flat()
    .flatMap(({ statements }) => statements)
    .flatMap(keysRead);
  return [...new Set(keys)].filter(
    (key) =>
      !known.has(key) && prefixes.some((prefix) => key.startsWith(prefix)),
  );
}
