import type { CallerCase } from "./callers";
import { madeOf, originOf, speakingOf, withoutCovered } from "./covers";
import type { Document, Layers, Statement } from "./document";
import type { Effort } from "./effort";
import { firstOpen } from "./first-open";
import { actionKey, isPresent, resourceKey } from "./literal";
import { layersOf, type Permissions } from "./permissions";
import { ageWithMfa } from "./mfa";
import { search, type Question, type Verdict, type Witness } from "./search";

/** What decides over an identity's requests; of those for a role, its trust policy alone. */
export type Rights = Pick<Permissions, "documents" | "boundary">;

export type Beyond =
  | { readonly answer: "closed" }
  | { readonly answer: "undecided"; readonly why: string }
  | {
      readonly answer: "open";
      /** A request that the one allows and the other does not, and among which it was looked for. */
      readonly witness: Witness;
      readonly question: Question;
      /** By which it is allowed. */
      readonly statements: readonly Statement[];
      /** Of those meant, which denies it; undefined: no Allow of theirs matches it. */
      readonly denied: Statement | undefined;
    };

/**
 * Whether there is a request of the caller that the rights found allow and those meant do not. Where
 * both ways are closed, they say the same, in whatever words.
 *
 * A request is not allowed when no Allow matches it, or no Allow of the boundary does, or a Deny
 * does. Each of these is a set of requests, and so a question: to be in none of the Allows is to be
 * denied by each; to be in a Deny is to be allowed by it, as by one more layer.
 *
 * @param likely decides first, over requests that there are; where it can't, it is decided over any
 */
export const requestBeyond = (
  found: Rights,
  meant: Rights,
  caller: CallerCase,
  likely?: Likely,
): Beyond => requestBeyondAll(found, [meant], caller, likely);

type Likely = (question: Question) => Verdict;

/** The same beside several: no one of them allows the request. */
export function requestBeyondAll(
  found: Rights,
  meant: readonly Rights[],
  caller: CallerCase,
  likely: Likely = () => notAsked,
): Beyond {
  const given = [...caller.given, ...[actionKey, resourceKey].map(isPresent)];
  const ways = [...waysBeyondAll(layersOf(found), meant)];
  const questions = ways.flatMap((layers) =>
    ageWithMfa(layers.flat()).map((mfa) => ({
      ...caller,
      given: [...given, ...mfa],
      layers,
    })),
  );
  const left: Question[] = [];
  for (const question of questions) {
    const verdict = likely(question);
    if (verdict.answer === "open") return openBy(question, verdict.witness);
    if (verdict.answer === "undecided") left.push(question);
  }
  return firstOpen(
    left.map((question) => (effort: Effort): Beyond => {
      const verdict = search({ ...question, effort });
      return verdict.answer === "open"
        ? openBy(question, verdict.witness)
        : verdict;
    }),
  );
}

const notAsked: Verdict = { answer: "undecided", why: "" };

function openBy(question: Question, witness: Witness): Beyond {
  const all = witness.statements.map(originOf);
  const statements = all.filter(({ effect }) => effect === "Allow");
  const denied = all.find(({ effect }) => effect === "Deny");
  return { answer: "open", witness, question, statements, denied };
}

/** To be beyond each of them: of the ways beyond the first, those that are beyond the next as well. */
function* waysBeyondAll(
  layers: Layers,
  [meant, ...more]: readonly Rights[],
): Iterable<Layers> {
  if (meant === undefined) {
    yield layers;
    return;
  }
  for (const way of waysBeyond(layers, meant)) yield* waysBeyondAll(way, more);
}

/** The sets of requests that may be beyond; those that the documents' words rule out are left out. */
function* waysBeyond(layers: Layers, meant: Rights): Iterable<Layers> {
  for (const meantLayer of layersOf(meant)) {
    const allows = statementsOf(meantLayer, "Allow");
    const beside = layers.map((layer) =>
      allowing(layer, (own) => withoutCovered(own, allows)),
    );
    const left = beside.map((layer) => statementsOf(layer, "Allow"));
    if (left.every(({ length }) => length > 0)) {
      const [first = []] = left;
      yield withDocument(beside, turned(speakingOf(allows, first), "Deny"));
    }
  }
  const denies = withoutCovered(
    statementsOf(layersOf(meant).flat(), "Deny"),
    statementsOf(layers.flat(), "Deny"),
  );
  for (const deny of denies) {
    const within = layers.map((layer) =>
      allowing(layer, (own) => speakingOf(own, [deny])),
    );
    yield [...within, [turned([deny], "Allow")]];
  }
}

const statementsOf = (
  documents: readonly Document[],
  effect: Statement["effect"],
): readonly Statement[] =>
  documents
    .flatMap(({ statements }) => statements)
    .filter((one) => one.effect === effect);

/** The layer with those of its Allows, or of their actions, that make a difference. */
const allowing = (
  layer: readonly Document[],
  choose: (allows: readonly Statement[]) => readonly Statement[],
): readonly Document[] => [
  { statements: choose(statementsOf(layer, "Allow")) },
  { statements: statementsOf(layer, "Deny") },
];

/** A Deny counts in whichever layer it stands. */
const withDocument = (
  [first = [], ...more]: Layers,
  document: Document,
): Layers => [[...first, document], ...more];

const turned = (
  statements: readonly Statement[],
  effect: Statement["effect"],
): Document => ({
  statements: statements.map((one) => madeOf(one, { effect })),
});
