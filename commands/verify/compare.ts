import {
  requestBeyond,
  type Beyond,
  type Rights,
} from "../../policy-pack/decide/beyond";
import type { CallerCase } from "../../policy-pack/decide/callers";
import type { Document } from "../../policy-pack/decide/document";
import type { Permissions } from "../../policy-pack/decide/permissions";
import { withinAccount } from "../../policy-pack/decide/own-account";
import { trustBeyond } from "../../policy-pack/decide/trust-beyond";
import type { Witness } from "../../policy-pack/decide/search";
import { callerWords, throughWords } from "../../policy-pack/findings/words";
import {
  everything,
  placesOf,
  readTexts,
  trustOf,
  unlessUnreadable,
} from "../accounts/documents";
import type {
  LiveAccount,
  LiveIdentity,
  LiveRole,
  NamedDocument,
} from "../accounts/live-account";
import { anyRealRequest, realRequestWords } from "../requests/real-request";
import { unmetConditions } from "./unmet-conditions";

/** What there is more or less than what is meant, and how it shows. */
export interface Difference {
  readonly kind: "more" | "less" | "undecided";
  /** What the identity does, or does not: goes on from its name. */
  readonly words: string;
}

/** The documents that an identity should have. */
export interface MeantDocuments {
  readonly policies: readonly NamedDocument[];
  /** undefined: there should be no boundary. */
  readonly boundary: NamedDocument | undefined;
}

/** What holds policies, and may be bounded. */
type Compared = Pick<LiveIdentity, "inlinePolicies" | "attachedPolicies"> & {
  readonly boundary?: string | undefined;
};

/** Whether the identity may call what it should not, or may not call what it should. */
export function* permissionDifferences(
  account: LiveAccount,
  identity: Compared,
  meant: MeantDocuments,
  permissionsOf: () => Permissions,
): Iterable<Difference> {
  if (hasTheTexts(account, identity, meant)) return;
  yield* undecidedIfUnreadable(function* () {
    const found = permissionsOf();
    const wanted = {
      documents: readTexts(meant.policies, "identity"),
      boundary: meant.boundary && readTexts([meant.boundary], "identity"),
    };
    const here = (one: Rights) => withinAccount(one, account.accountId);
    yield* differencesOf(found.caller, here(found), here(wanted));
  });
}

/** What is allowed, or denied, beyond the other; `more`: by what is there, `less`: by what is meant. */
function* differencesOf(
  caller: CallerCase,
  found: Rights,
  meant: Rights,
): Iterable<Difference> {
  yield* oneWayDifferences(caller, found, meant, {
    kind: "more",
    whenAllowed: ({ request, allowed, denied }, { witness }) =>
      `may call ${request}, by ${allowed}, ${denied === undefined ? `and the config does not allow it${asked("it", meant, witness)}` : `which is denied by ${denied}`}`,
    whenDenied: ({ request, denied }) =>
      `is not kept from ${request}, which is denied by ${denied}`,
  });
  yield* oneWayDifferences(caller, meant, found, {
    kind: "less",
    whenAllowed: ({ request, allowed, denied }, { witness }) =>
      `may not call ${request}, which the config allows by ${allowed}${denied === undefined ? asked("what is there", found, witness) : `, since it is denied by ${denied}`}`,
    whenDenied: ({ request, denied }) =>
      `is kept from ${request} by ${denied}, and the config leaves it open`,
  });
}

/** The two differences that there may be in one direction, in words. */
interface OneWay {
  readonly kind: "more" | "less";
  readonly whenAllowed: WordsFor;
  readonly whenDenied: WordsFor;
}

/**
 * A Deny counts whatever else allows the request: another group's policy, or that of a resource. So where
 * nothing is allowed that should not be, the denials are compared as if everything were allowed. Source:
 * AWS documentation, "Policy evaluation logic".
 */
function* oneWayDifferences(
  caller: CallerCase,
  one: Rights,
  other: Rights,
  { kind, whenAllowed, whenDenied }: OneWay,
): Iterable<Difference> {
  const beyond = requestBeyond(one, other, caller, anyRealRequest);
  yield* differenceIn(beyond, kind, whenAllowed);
  if (beyond.answer !== "closed") return;
  const [free, kept] = [deniesOf(one), deniesOf(other)];
  const unkept = requestBeyond(free, kept, caller, anyRealRequest);
  yield* differenceIn(unkept, kind, whenDenied);
}

const deniesOf = ({ documents }: Rights): Rights => ({
  documents: [
    ...documents.map(({ statements }) => ({
      statements: statements.filter(({ effect }) => effect === "Deny"),
    })),
    ...readTexts([everything], "identity"),
  ],
  boundary: undefined,
});

interface Told {
  readonly request: string;
  readonly allowed: string;
  /** undefined: nothing allows it. */
  readonly denied: string | undefined;
}

/** Where all that keeps the request out are conditions: whose they are, and which. */
function asked(
  owner: string,
  { documents }: Pick<Rights, "documents">,
  witness: Witness,
): string {
  const statements = documents.flatMap((one) => one.statements);
  const unmet = unmetConditions(statements, witness);
  return unmet.length === 0 ? "" : `: ${owner} asks for ${unmet.join(" and ")}`;
}

/** Whether the role's trust policy lets in whom it should not, or does not let in whom it should. */
export function* trustDifferences(
  role: LiveRole,
  meant: object,
): Iterable<Difference> {
  const text = JSON.stringify(meant);
  if (role.trust === text) return;
  yield* undecidedIfUnreadable(function* () {
    const found = trustOf(role);
    const name = "the trust policy of the config";
    for (const wanted of readTexts([{ name, text }], "trust")) {
      yield* differenceIn(
        trustBeyond(found, wanted),
        "more",
        ({ request }, one) =>
          `lets in ${whoWords(request, one)}, and the config does not${whyWords(one, wanted, "it")}`,
      );
      yield* differenceIn(
        trustBeyond(wanted, found),
        "less",
        ({ request }, one) =>
          `does not let in ${whoWords(request, one)}, as the config does${whyWords(one, found, "its trust policy")}`,
      );
    }
  });
}

type Open = Extract<Beyond, { readonly answer: "open" }>;
type WordsFor = (told: Told, open: Open) => string;

function* differenceIn(
  beyond: Beyond,
  kind: "more" | "less",
  wordsFor: WordsFor,
): Iterable<Difference> {
  if (beyond.answer === "open") {
    const { question, witness, statements, denied } = beyond;
    const told = {
      request: realRequestWords(question, witness),
      allowed: placesOf(statements),
      denied:
        denied &&
        throughWords({ ...witness, statements: [denied] }, placesOf([denied])),
    };
    yield { kind, words: wordsFor(told, beyond) };
  }
  if (beyond.answer === "undecided") {
    const words = `may allow ${kind} than the config: ${beyond.why}`;
    yield { kind: "undecided", words };
  }
}

/** What keeps the witness out of the other trust policy: who it belongs to goes before. */
function whyWords(
  { witness, denied }: Open,
  trust: Document,
  owner: string,
): string {
  if (denied !== undefined)
    return `: ${owner} denies it by ${throughWords({ ...witness, statements: [denied] })}`;
  return asked(owner, { documents: [trust] }, witness);
}

/** Who gets in, with what of MFA, by which statements; and what for, where it is not to take the role. */
function whoWords(request: string, { witness, statements }: Open): string {
  const { values, caller } = witness;
  const [present] = values.get("aws:multifactorauthpresent") ?? [];
  const [age] = values.get("aws:multifactorauthage") ?? [];
  const taking =
    caller.kind === "federated" ? /^sts:AssumeRoleWith/ : /^sts:AssumeRole$/;
  const mfa =
    present !== "true"
      ? "without MFA"
      : age === undefined
        ? "with MFA"
        : `with MFA given ${age} seconds ago`;
  return [
    callerWords(witness),
    ...(caller.kind === "user" ? [mfa] : []),
    ...(taking.test(request) ? [] : [`for ${request}`]),
    `by ${throughWords({ ...witness, statements })}`,
  ].join(" ");
}

function undecidedIfUnreadable(
  compare: () => Iterable<Difference>,
): readonly Difference[] {
  const differences = unlessUnreadable(() => [...compare()]);
  if (typeof differences !== "string") return differences;
  const words = `may allow other than the config: ${differences}`;
  return [{ kind: "undecided", words }];
}

/** The usual case, in which nothing has to be read; a text that was not read is like no other. */
function hasTheTexts(
  { managedPolicies }: LiveAccount,
  { inlinePolicies, attachedPolicies, boundary }: Compared,
  meant: MeantDocuments,
): boolean {
  const found = [
    ...inlinePolicies.map(({ text }) => text),
    ...attachedPolicies.map(({ arn }) => managedPolicies.get(arn) ?? notRead),
  ].sort();
  const wanted = meant.policies.map(({ text }) => text).sort();
  const limit =
    boundary === undefined
      ? undefined
      : (managedPolicies.get(boundary) ?? notRead);
  return (
    found.length === wanted.length &&
    found.every((text, index) => text === wanted[index]) &&
    limit === meant.boundary?.text
  );
}

/** Of a policy that nobody has. */
const notRead = "not read";
