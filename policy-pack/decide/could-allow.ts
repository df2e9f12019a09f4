import type { Choice, Document, Layers, Statement } from "./document";
import { oncePer } from "./once-per";
import { compile, matches, type Pattern } from "./text/pattern";
import { isPlainText, templateText, type Template } from "./text/template";

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

interface Asked {
  readonly action: string;
}

/** Those of the actions that the documents could allow; of most documents there are none. */
export function thoseAllowed<A extends Asked>(
  layers: Layers,
  all: readonly A[],
): readonly A[] {
  const spoken = layers.map((documents) =>
    documents.map(spokenIn(all)).filter(({ size }) => size > 0),
  );
  if (spoken.some(({ length }) => length === 0)) return [];
  return all.filter(
    (one) =>
      spoken.every((documents) => documents.some((said) => said.has(one))) &&
      !layers.flat().some((document) => closes(document, one.action)),
  );
}

/**
 * Those of the actions that an Allow of the document speaks of. The same document hangs on many roles, as
 * ReadOnlyAccess does, and the lists of actions are few: each is looked through once for each.
 */
const spokenIn = oncePer((all: readonly Asked[]) =>
  oncePer((document: Document): ReadonlySet<Asked> =>
    servicesOf(all).some((one) => namesService(document, one))
      ? new Set(all.filter(({ action }) => isSpokenOf(document, action)))
      : none,
  ),
);

const none: ReadonlySet<Asked> = new Set();

const isSpokenOf = ({ statements }: Document, action: string): boolean =>
  statements.some(
    (one) => one.effect === "Allow" && speaksOfAction(one, action),
  );

const servicesOf = oncePer((all: readonly Asked[]): readonly string[] => [
  ...new Set(all.map(({ action }) => serviceOf(action))),
]);

/** `couldAllow`, for many actions of few services: a look at each service answers for those that are not named. */
export function couldAllowIn(layers: Layers): (action: string) => boolean {
  const services = new Map<string, boolean>();
  return (action) => {
    const service = serviceOf(action);
    const isNamed = services.get(service) ?? couldUse(layers, service);
    services.set(service, isNamed);
    return isNamed && couldAllow(layers, action);
  };
}

const couldUse = (layers: Layers, service: string): boolean =>
  layers.every((documents) =>
    documents.some((document) => namesService(document, service)),
  );

const namesService = (document: Document, service: string): boolean =>
  allowedStarts(document).some((one) => meet(one, service));

/** What the actions of its Allows begin with, as far as that tells their service. */
const allowedStarts = oncePer(({ statements }: Document): readonly string[] => [
  ...new Set(
    statements
      .filter(({ effect }) => effect === "Allow")
      .flatMap(({ actions }) => {
        if (actions === undefined) return [];
        return actions.mode === "these"
          ? toldBy(actions).starts.map(toService)
          : [""];
      }),
  ),
]);

const toService = (start: string): string => /^[^:]*:?/.exec(start)?.[0] ?? "";

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

/** What a list says of actions, as far as it has been asked. */
interface Told {
  /** What each of its values begins with. */
  readonly starts: readonly string[];
  /** By service, as actions begin with it (`iam:`): the patterns that may match one of its actions. */
  readonly patterns: Map<string, readonly Pattern[]>;
  /** By action of such services as the list names. */
  readonly isNamed: Map<string, boolean>;
}

/**
 * Each list is asked about some hundred actions of few services, of which most lists name none; and
 * ReadOnlyAccess, which has a thousand patterns, hangs on many roles.
 */
const toldBy = oncePer<Choice, Told>(({ values }) => ({
  starts: values.map(startOf),
  patterns: new Map(),
  isNamed: new Map(),
}));

function isNamed(actions: Choice, action: string): boolean {
  const known = toldBy(actions);
  const patterns = patternsFor(actions, serviceOf(action), known);
  if (patterns.length === 0) return false;
  const found = known.isNamed.get(action);
  if (found !== undefined) return found;
  const named = patterns.some((one) => matches(one, action));
  known.isNamed.set(action, named);
  return named;
}

function patternsFor(
  actions: Choice,
  service: string,
  known = toldBy(actions),
): readonly Pattern[] {
  const found = known.patterns.get(service);
  if (found !== undefined) return found;
  const { starts } = known;
  const patterns = starts.some((one) => meet(one, service))
    ? patternsOf({
        ...actions,
        values: actions.values.filter((_, at) =>
          meet(starts[at] ?? "", service),
        ),
      })
    : [];
  known.patterns.set(service, patterns);
  return patterns;
}

const serviceOf = (action: string): string =>
  action.slice(0, action.indexOf(":") + 1);

/** What every text that it matches begins with. */
export function startOf(value: Template): string {
  const [start = ""] = templateText(value).toLowerCase().split(/[*?$]/, 1);
  return start;
}

/** Whether a text may begin with both. */
export const meet = (one: string, other: string): boolean =>
  one.startsWith(other) || other.startsWith(one);

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

/** Case is let be: actions have none, and of resources this only has to leave nothing out. */
const patternsOf = (choice: Choice): readonly Pattern[] =>
  choice.values.map((value) => compile(value, "wildcards", true));
