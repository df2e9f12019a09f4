import { speaksOfAction } from "../../policy-pack/decide/could-allow";
import type { Statement } from "../../policy-pack/decide/document";
import { Effort, unlessTooLong } from "../../policy-pack/decide/effort";
import { anyAccountId } from "../../policy-pack/decide/formats";
import {
  actionKey,
  literal,
  resourceKey,
  type Literal,
} from "../../policy-pack/decide/literal";
import { noResource } from "../../policy-pack/decide/resource-sets";
import {
  search,
  type Question,
  type Witness,
} from "../../policy-pack/decide/search";
import { isText } from "../../policy-pack/decide/assign-values";
import { solveKey } from "../../policy-pack/decide/solve-key";
import { compile, matches } from "../../policy-pack/decide/text/pattern";
import {
  isPlainText,
  templateText,
} from "../../policy-pack/decide/text/template";
import { awsActions, type AwsAction } from "./aws-actions";

/**
 * What a witness does, in words: a request of the question with an action that AWS has, on a kind of
 * resource that the action works on, as `iam:PutRolePolicy on arn:aws:iam::*:role/app-*`. Where AWS has
 * no such action, as far as is known: the statement's own patterns, `any action of new-service:*`.
 */
export function realRequestWords(question: Question, witness: Witness): string {
  const { statements } = witness;
  const [known] = actionsLike(question, witness);
  if (known === undefined)
    return `any action of ${patternsOf(witness)}, of which AWS is not known to have one`;
  const real =
    realRequest(question, witness) ??
    statements.map((one) => namedRequest(question, one)).find(Boolean);
  if (real === undefined) return `any action of ${patternsOf(witness)}`;
  const [action = ""] = real.values.get(actionKey) ?? [];
  return `${action}${onWords(real)}`;
}

/** So many kinds of action are tried: nobody waits longer for a name. */
const mostTried = 256;

/**
 * A request of the question that AWS knows, and that is looked for by the actions that AWS has: where an
 * action may be any text, a question may take too long to decide.
 */
export function anyRealRequest(question: Question): Witness | undefined {
  const [first = []] = question.layers;
  const effort = new Effort();
  const effortOfNamed = new Effort();
  for (const one of first.flatMap(({ statements }) => statements)) {
    if (one.effect === "Deny") continue;
    const found =
      namedRequest(question, one, effortOfNamed) ??
      realRequest(question, { statements: [one] }, effort);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** So many of a statement's resources are tried, each with its first action. */
const mostNamed = 3;

/**
 * The same, of one of the statement's own resources, with a text for each of its wildcards: where hundreds
 * of statements name hundreds of resources, most of them have nothing to do with this one.
 */
function namedRequest(
  question: Question,
  statement: Statement,
  effort = new Effort(),
): Witness | undefined {
  const { resources } = statement;
  if (resources?.mode !== "these") return undefined;
  const [first] = actionsLike(question, { statements: [statement] });
  if (first === undefined) return undefined;
  for (const value of resources.values.slice(0, mostNamed)) {
    const name = templateText(value)
      .replace(/(?<=^arn:[^:]*:[^:]*:[^:]*:)\*(?=:)/, anyAccountId)
      .replaceAll(/[*?]/g, "x");
    if (!isPlainText(value) || name === "x") continue;
    const given = [
      ...question.given,
      ...asking(first),
      literal("StringEquals", resourceKey, name),
    ];
    const verdict = search({ ...question, given, effort });
    if (verdict.answer === "open") return verdict.witness;
  }
  return undefined;
}

/**
 * The same, by the statements that let the witness in. Of actions of which all documents say the same, one
 * is asked.
 */
function realRequest(
  question: Question,
  witness: Pick<Witness, "statements">,
  effort = new Effort(),
): Witness | undefined {
  const tried = new Set<string>();
  for (const one of actionsLike(question, witness)) {
    const kind = kindOf(question, one);
    if (tried.has(kind)) continue;
    tried.add(kind);
    if (tried.size > mostTried) return undefined;
    const given = [...question.given, ...asking(one)];
    const verdict = search({ ...question, given, effort });
    if (verdict.answer === "open") return verdict.witness;
  }
  return undefined;
}

/** Actions that the statements which let the witness in speak of, and the question does not rule out. */
function* actionsLike(
  { given, layers }: Question,
  { statements }: Pick<Witness, "statements">,
): Iterable<AwsAction> {
  const asked = given.filter(({ condition }) => condition.key === actionKey);
  const isServiceAsked = (service: string): boolean =>
    statements.every((one) => mayNameService(one, service));
  const first = [...statements.flatMap(placesOf), ...servicesLeftOut(layers)];
  for (const one of awsActions(isServiceAsked, first)) {
    const isNamed = statements.every((allow) =>
      speaksOfAction(allow, one.action),
    );
    if (isNamed && doesFor(asked, one.action)) yield one;
  }
}

/** The services whose resources the statement names: most actions on them are theirs. */
const placesOf = ({ resources }: Statement): readonly string[] =>
  (resources?.mode === "these" ? resources.values : []).map(
    (value) => templateText(value).split(":")[2] ?? "",
  );

/** The services that a NotAction names: of two lists, that is where they differ. */
const servicesLeftOut = (layers: Question["layers"]): readonly string[] =>
  layers
    .flat()
    .flatMap(({ statements }) => statements)
    .flatMap(({ actions }) =>
      actions?.mode === "all but these" ? actions.values : [],
    )
    .map((value) => templateText(value).toLowerCase().split(":")[0] ?? "");

/** What takes too long to decide is as good as any other that does not do. */
function doesFor(asked: readonly Literal[], action: string): boolean {
  if (asked.length === 0) return true;
  const given = {
    lookup: () => ({ kind: "open" }) as const,
    effort: new Effort(),
  };
  return unlessTooLong(
    () =>
      solveKey([...asked, isText(actionKey, action)], given).kind === "found",
    false,
  );
}

/** Whether the statement may speak of actions of the service: nothing is read of the others. */
const mayNameService = ({ actions }: Statement, service: string): boolean =>
  actions === undefined ||
  actions.mode === "all but these" ||
  actions.values.some((value) => {
    const [start = ""] = templateText(value).toLowerCase().split(":", 1);
    return matches(
      compile([{ kind: "text", text: start }], "wildcards"),
      service,
    );
  });

const kindOf = (
  { layers }: Question,
  { action, resources }: AwsAction,
): string =>
  JSON.stringify([
    resources,
    ...layers
      .flat()
      .flatMap(({ statements }) => statements)
      .map((one) => (speaksOfAction(one, action) ? 1 : 0)),
  ]);

const asking = ({ action, resources }: AwsAction): readonly Literal[] => [
  literal("StringEquals", actionKey, action),
  resources.length === 0
    ? literal("StringEquals", resourceKey, noResource)
    : literal("ArnLike", resourceKey, ...resources),
];

/** The patterns of the document that the resource matches: the name in it is made up. */
function onWords({ statements, values }: Witness): string {
  const [resource = ""] = values.get(resourceKey) ?? [];
  const patterns = statements
    .flatMap(({ resources }) =>
      resources?.mode === "these" ? resources.values : [],
    )
    .filter((value) => matches(compile(value, "resource"), resource))
    .map(templateText)
    .filter((text) => text !== "*");
  const [narrowest] = patterns.sort((a, b) => b.length - a.length);
  return narrowest === undefined ? "" : ` on ${narrowest}`;
}

/** Beside another pattern, `*` says nothing. */
function patternsOf({ statements }: Witness): string {
  const patterns = [...new Set(statements.map(actionsOf))];
  const telling = patterns.filter((pattern) => pattern !== "*");
  return (telling.length === 0 ? patterns : telling).join(" and ");
}

function actionsOf({ actions }: Statement): string {
  const texts = (actions?.values ?? []).map(templateText);
  const list = texts.slice(0, 3).join(", ") + (texts.length > 3 ? ", …" : "");
  return actions?.mode === "all but these" ? `all but ${list}` : list;
}
