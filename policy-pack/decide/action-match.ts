import type { Choice, Document, Statement } from "./document";
import { templateText } from "./text/template";

/** Layers of documents, each of which must allow. */
type Layers = readonly (readonly Document[])[];

/**
 * Whether the documents could allow the action, as far as actions alone tell: some Allow of each
 * layer speaks of it, and no Deny closes it whatever the request. Most documents speak of few
 * actions, so this answers most questions at once; where it says yes, the search decides.
 */
export const couldAllow = (layers: Layers, action: string): boolean =>
  layers.every((documents) => hasAllow(documents, action)) &&
  !layers.flat().some((document) => closes(document, action));

const hasAllow = (documents: readonly Document[], action: string): boolean =>
  documents.some(({ statements }) =>
    statements.some(
      (one) => one.effect === "Allow" && speaksOfAction(one, action),
    ),
  );

const closes = ({ statements }: Document, action: string): boolean =>
  statements.some(
    (one) =>
      one.effect === "Deny" &&
      one.conditions.length === 0 &&
      one.principals === undefined &&
      isEverything(one.resources) &&
      // AWS does not say what an empty list means.
      one.actions?.values.length !== 0 &&
      speaksOfAction(one, action),
  );

const isEverything = (resources: Choice | undefined): boolean =>
  resources?.mode === "these" &&
  resources.values.some((value) => templateText(value) === "*");

function speaksOfAction(statement: Statement, action: string): boolean {
  const { actions } = statement;
  if (actions === undefined) return false;
  const isNamed = patternsOf(actions).some((one) => one.test(action));
  return isNamed === (actions.mode === "these");
}

const compiled = new WeakMap<Choice, readonly RegExp[]>();

/** Actions hold no variables, and are compared without regard to case. */
function patternsOf(actions: Choice): readonly RegExp[] {
  const known = compiled.get(actions);
  if (known !== undefined) return known;
  const patterns = actions.values.map((value) => {
    const text = templateText(value)
      .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${text}$`, "is");
  });
  compiled.set(actions, patterns);
  return patterns;
}
