import type { Choice, Document, Statement } from "./document";
import { compile, matches, type Pattern } from "./text/pattern";
import { isPlainText, templateText } from "./text/template";

/** Layers of documents, each of which must allow. */
type Layers = readonly (readonly Document[])[];

/**
 * Whether the documents could allow the action, as far as actions and resources tell by
 * themselves: some Allow of each layer speaks of it, and no Deny closes it whatever the request.
 * Most documents speak of few actions, so this answers most questions at once; where it says yes,
 * the search decides.
 *
 * @param resource left out, or with wildcards: any resource at all
 */
export const couldAllow = (
  layers: Layers,
  action: string,
  resource = "*",
): boolean =>
  layers.every((documents) =>
    documents.some(({ statements }) =>
      statements.some(
        (one) =>
          one.effect === "Allow" &&
          speaksOfAction(one, action) &&
          couldSpeakOfResource(one, resource),
      ),
    ),
  ) && !layers.flat().some((document) => closes(document, action));

/** Whether the documents allow the action whatever the request, as far as the statements show it. */
export const isAlwaysAllowed = (layers: Layers, action: string): boolean =>
  layers.every((documents) =>
    documents.some(({ statements }) =>
      statements.some(
        (one) =>
          one.effect === "Allow" &&
          one.conditions.length === 0 &&
          isEverything(one.resources) &&
          speaksOfAction(one, action),
      ),
    ),
  ) &&
  !layers
    .flat()
    .flatMap(({ statements }) => statements)
    .some((one) => one.effect === "Deny" && speaksOfAction(one, action));

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

/** Whether its Action or NotAction lets the action be, whatever else it asks. */
export function speaksOfAction(
  { actions }: Statement,
  action: string,
): boolean {
  return (
    actions !== undefined &&
    isNamed(actions, action) === (actions.mode === "these")
  );
}

/** ReadOnlyAccess has a thousand patterns, and hangs on many roles: they are looked through once. */
const longChoices = new WeakMap<Choice, Map<string, boolean>>();
const long = 50;

function isNamed(actions: Choice, action: string): boolean {
  const look = () => patternsOf(actions).some((one) => matches(one, action));
  if (actions.values.length < long) return look();
  const known = longChoices.get(actions) ?? new Map<string, boolean>();
  longChoices.set(actions, known);
  const found = known.get(action) ?? look();
  known.set(action, found);
  return found;
}

/** True in doubt: of wildcards on both sides, of variables, of "all but these". */
function couldSpeakOfResource(
  { resources }: Statement,
  resource: string,
): boolean {
  if (resources?.mode !== "these" || /[*?]/.test(resource)) return true;
  return (
    !resources.values.every(isPlainText) ||
    // An ARN with parts left out means any.
    resources.values.some(
      (value) => templateText(value).split(":").length < 6,
    ) ||
    patternsOf(resources).some((one) => matches(one, resource))
  );
}

/** Of each list once: a document is asked about each action that gives power over IAM. */
const compiled = new WeakMap<Choice, readonly Pattern[]>();

/** Case is let be: actions have none, and of resources this only has to leave nothing out. */
function patternsOf(choice: Choice): readonly Pattern[] {
  const patterns =
    compiled.get(choice) ??
    choice.values.map((value) => compile(value, "wildcards", true));
  compiled.set(choice, patterns);
  return patterns;
}
