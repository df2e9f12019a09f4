import type { CallerCase } from "./callers";
import { madeOf, originOf, withoutCovered } from "./covers";
import type { Document, Statement } from "./document";
import type { Effort } from "./effort";
import { firstOpen } from "./first-open";
import { actionKey, isPresent, resourceKey } from "./literal";
import { layersOf, type Permissions } from "./permissions";
import { search, type Question, type Witness } from "./search";

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
 */
export function requestBeyond(
  found: Rights,
  meant: Rights,
  caller: CallerCase,
): Beyond {
  const given = [...caller.given, ...[actionKey, resourceKey].map(isPresent)];
  return firstOpen(
    [...waysBeyond(found, meant)].map((layers) => (effort: Effort): Beyond => {
      const question = { ...caller, given, layers };
      const verdict = search({ ...question, effort });
      if (verdict.answer !== "open") return verdict;
      const { witness } = verdict;
      const all = witness.statements.map(originOf);
      const statements = all.filter(({ effect }) => effect === "Allow");
      const denied = all.find(({ effect }) => effect === "Deny");
      return { answer: "open", witness, question, statements, denied };
    }),
  );
}

type Layers = Question["layers"];

/** The sets of requests that may be beyond; those that the documents' words rule out are left out. */
function* waysBeyond(found: Rights, meant: Rights): Iterable<Layers> {
  const layers = layersOf(found);
  for (const meantLayer of layersOf(meant)) {
    const allows = statementsOf(meantLayer, "Allow");
    const beside = layers.map((layer) => allowingBeside(layer, allows));
    if (beside.every((layer) => statementsOf(layer, "Allow").length > 0)) {
      yield withDocument(beside, turned(allows, "Deny"));
    }
  }
  const denies = withoutCovered(
    statementsOf(layersOf(meant).flat(), "Deny"),
    statementsOf(layers.flat(), "Deny"),
  );
  for (const deny of denies) yield [...layers, [turned([deny], "Allow")]];
}

const statementsOf = (
  documents: readonly Document[],
  effect: Statement["effect"],
): readonly Statement[] =>
  documents
    .flatMap(({ statements }) => statements)
    .filter((one) => one.effect === effect);

/** Without what the Allows match anyway. */
const allowingBeside = (
  layer: readonly Document[],
  allows: readonly Statement[],
): readonly Document[] => [
  { statements: withoutCovered(statementsOf(layer, "Allow"), allows) },
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
