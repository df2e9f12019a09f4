import {
  couldAllow,
  speaksOfAction,
} from "../../policy-pack/decide/could-allow";
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
  type Verdict,
  type Witness,
} from "../../policy-pack/decide/search";
import { actionOperator } from "../../policy-pack/decide/statement-literals";
import { placesFor } from "../../policy-pack/decide/own-account";
import { isText } from "../../policy-pack/decide/assign-values";
import { solveKey } from "../../policy-pack/decide/solve-key";
import { compile, matches } from "../../policy-pack/decide/text/pattern";
import {
  isPlainText,
  templateText,
} from "../../policy-pack/decide/text/template";
import { awsActions, isKnownAction, type AwsAction } from "./aws-actions";

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
    openOf(realRequest(question, witness)) ??
    statements.map((one) => namedRequest(question, one)).find(Boolean);
  if (real === undefined) {
    const unknown = unknownActionsLike(witness);
    return unknown === ""
      ? `any action of ${patternsOf(witness)}`
      : `any action of ${unknown}, of which AWS is not known to have one`;
  }
  const [action = ""] = real.values.get(actionKey) ?? [];
  return `${action}${onWords(real)}`;
}

/** So many kinds of action are tried: nobody waits longer for a name. */
const mostTried = 256;

/**
 * Whether there is a request of the question that AWS knows, looked for by the actions that AWS has: where
 * an action may be any text, a question may take too long to decide. Two patterns that match the same
 * actions are one, whatever AWS may add to the one of them: nobody can ask for that today. What documents
 * name and AWS is not known to have is asked about as well. Undecided: it took too long to ask of each.
 */
export function anyRealRequest(question: Question): Verdict {
  const [first = []] = question.layers;
  const allows = first
    .flatMap(({ statements }) => statements)
    .filter(({ effect }) => effect === "Allow");
  const [effort, effortOfNamed] = [new Effort(), new Effort()];
  let undecided: Verdict | undefined;
  for (const one of allows) {
    const named = namedRequest(question, one, effortOfNamed);
    if (named !== undefined) return { answer: "open", witness: named };
    const verdict = realRequest(question, { statements: [one] }, effort);
    if (verdict.answer === "open") return verdict;
    if (verdict.answer === "undecided") undecided ??= verdict;
  }
  return undecided ?? unknownRequest(question);
}

/** A request for what the documents name, and of which AWS is not known to have one. */
function unknownRequest(question: Question): Verdict {
  const values = question.layers
    .flat()
    .flatMap(({ statements }) => statements)
    .flatMap(({ actions }) => actions?.values ?? [])
    .filter((value) => !isKnownAction(value));
  if (values.length === 0) return { answer: "closed" };
  const condition = {
    key: actionKey,
    operatorName: actionKey,
    operator: actionOperator,
    values,
  };
  const given = [...question.given, { met: true, condition }];
  return search({ ...question, given });
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
    const [asked = []] = waysToAsk(question, first);
    const given = [
      ...question.given,
      ...asked,
      literal("StringEquals", resourceKey, name),
    ];
    const verdict = search({ ...question, given, effort });
    if (verdict.answer === "open") return verdict.witness;
  }
  return undefined;
}

const openOf = (verdict: Verdict): Witness | undefined =>
  verdict.answer === "open" ? verdict.witness : undefined;

/**
 * The same, by the statements that let the witness in. Of actions of which all documents say the same, one
 * is asked.
 */
function realRequest(
  question: Question,
  witness: Pick<Witness, "statements">,
  effort = new Effort(),
): Verdict {
  const tried = new Set<string>();
  let undecided: Verdict | undefined;
  for (const one of actionsLike(question, witness)) {
    const kind = kindOf(question, one);
    if (tried.has(kind)) continue;
    tried.add(kind);
    if (tried.size > mostTried) return tooManyKinds;
    for (const asked of waysToAsk(question, one)) {
      const given = [...question.given, ...asked];
      const verdict = search({ ...question, given, effort });
      if (verdict.answer === "open") return verdict;
      if (verdict.answer === "undecided") undecided ??= verdict;
    }
  }
  return undecided ?? { answer: "closed" };
}

const tooManyKinds: Verdict = {
  answer: "undecided",
  why: "its actions are of more kinds than are tried",
};

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
    // Most actions go by the first two, which are looked up; the last is solved.
    if (
      isNamed &&
      couldAllow(layers, one.action) &&
      doesFor(asked, one.action)
    ) {
      yield one;
    }
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

/** On the resources that it works on; and, where it needs none of them, on no resource. */
function* waysToAsk(
  question: Question,
  { action, resources, needsOne }: AwsAction,
): Iterable<readonly Literal[]> {
  const isAction = literal("StringEquals", actionKey, action);
  const places = resources.flatMap((arn) => placesFor(question, action, arn));
  if (places.length > 0)
    yield [isAction, literal("ArnLike", resourceKey, ...places)];
  if (!needsOne)
    yield [isAction, literal("StringEquals", resourceKey, noResource)];
}

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

/** What the statements have for the witness's action that no action of AWS's matches. */
function unknownActionsLike({ statements, values }: Witness): string {
  const [action = ""] = values.get(actionKey) ?? [];
  const patterns = statements
    .flatMap(({ actions }) => (actions?.mode === "these" ? actions.values : []))
    .filter((value) => matches(compile(value, "wildcards", true), action))
    .filter((value) => !isKnownAction(value));
  return [...new Set(patterns.map(templateText))].join(" and ");
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
