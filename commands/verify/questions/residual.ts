import type { CallerCase } from "../../../policy-pack/decide/callers";
import { directGrants } from "../../../policy-pack/decide/direct-grant";
import type { Document, Statement } from "../../../policy-pack/decide/document";
import { actionKey, type Literal } from "../../../policy-pack/decide/literal";
import { speaksOf } from "../../../policy-pack/decide/principal";
import { literalsOf } from "../../../policy-pack/decide/statement-literals";
import { RoleLiteral } from "./role-literal";
import {
  isKeyOfRoles,
  keysOf,
  noPins,
  truthOf,
  type Pins,
  type Truth,
} from "./pins";

/** Which of the documents that must each allow: a boundary denies what it does not allow. */
export type Side = "permissions" | "boundary" | "trust";

/**
 * What is left of a statement when it is known who asks for a role: without the literals that come
 * true in each of the user's requests, and without those that the role decides, which are apart.
 */
export interface Residual {
  /** The same for residuals that say the same: whoever asks, and wherever they stand. */
  readonly text: string;
  /** The same without what the role decides. */
  readonly rest: string;
  readonly byRole: readonly RoleLiteral[];
}

export const textOf = (rest: string, literals: readonly string[]): string =>
  JSON.stringify([rest, ...literals.toSorted()]);

/** Who asks, and what else the question speaks of. */
export interface Asking {
  readonly caller: CallerCase;
  readonly pins: Pins;
  /** Every document that decides, since together they say whether a name makes a difference. */
  readonly documents: readonly Document[];
  /** What is known of literals, by their text: trust policies say the same again and again. */
  readonly truths: Map<string, Truth>;
}

/** Of the statements that speak of sts:AssumeRole. */
const narrowed = new WeakMap<Document, readonly Statement[]>();

export function aboutAssumeRole(document: Document): readonly Statement[] {
  const known = narrowed.get(document);
  if (known !== undefined) return known;
  const statements = document.statements.filter((one) =>
    literalsOf(one).every(
      (each) =>
        each.condition.key !== actionKey || truthOf(each, noPins) !== "never",
    ),
  );
  narrowed.set(document, statements);
  return statements;
}

/** Whether what is left of the document depends on who of the users asks. */
export function tellsApart(document: Document, { isPinned }: Pins): boolean {
  const keys = keysRead.get(document) ?? keysReadBy(document);
  keysRead.set(document, keys);
  return keys === "names users" || keys.some(isPinned);
}

const keysRead = new WeakMap<Document, ReturnType<typeof keysReadBy>>();

function keysReadBy(document: Document): readonly string[] | "names users" {
  const statements = aboutAssumeRole(document);
  const namesUsers = statements
    .flatMap(({ principals }) => principals?.principals ?? [])
    .some(({ kind }) => kind === "user");
  return namesUsers
    ? "names users"
    : [...new Set(statements.flatMap(literalsOf).flatMap(keysOf))];
}

/** @returns undefined where the statement matches no request of the user. */
export function residualOf(
  statement: Statement,
  side: Side,
  asking: Asking,
): Residual | undefined {
  if (!speaksOf(statement, asking.caller.caller)) return undefined;
  const texts: string[] = [];
  const byRole: RoleLiteral[] = [];
  for (const one of literalsOf(statement)) {
    const left = literalOf(one, asking);
    if (left === "never") return undefined;
    if (left === "always") continue;
    if (keysOf(one).some(isKeyOfRoles)) {
      byRole.push(new RoleLiteral(one, left.text, asking.pins));
    } else texts.push(left.text);
  }
  const givesByItself = side === "trust" && isEnough(statement, asking.caller);
  const rest = JSON.stringify([
    ...[side, statement.effect, givesByItself],
    ...texts.sort(),
  ]);
  const text = textOf(
    rest,
    byRole.map((one) => one.text),
  );
  return { text, rest, byRole };
}

/** Whether a role of the user's own account lets the user in without any other permission. */
const isEnough = (statement: Statement, caller: CallerCase): boolean =>
  directGrants([{ statements: [statement] }], "sts:AssumeRole", {
    caller,
    documents: [],
    boundary: undefined,
    account: undefined,
  }).length > 0;

/** The literal with the values that it takes from the user, where those make a difference. */
function literalOf(
  one: Literal,
  asking: Asking,
): "always" | "never" | { readonly text: string } {
  const { pins } = asking;
  const values = keysOf(one)
    .filter(pins.isPinned)
    .map((key) => [key, pins.valueOf(key)] as const);
  if (values.length > 0 || one.condition.key === actionKey) {
    const truth = asking.truths.get(written(one)) ?? truthOf(one, pins);
    asking.truths.set(written(one), truth);
    if (truth !== "open") return truth;
  }
  const isAny = values.length === 0 || takesAnyName(one, asking.documents);
  return { text: written(one) + (isAny ? "" : JSON.stringify(values)) };
}

/** Texts that whoever asks chooses, and that depend on nothing else. */
const chosen = new Set([
  "sts:rolesessionname",
  "sts:sourceidentity",
  "aws:sourceidentity",
]);

/**
 * Whether it makes no difference which name the literal asks for. It can come true, and not come
 * true, by a text that the caller chooses; and where nothing else speaks of that text, no more can
 * be said of it, so that the session's name being the user's is one question for all of them.
 */
const takesAnyName = (one: Literal, documents: readonly Document[]): boolean =>
  chosen.has(one.condition.key) &&
  one.condition.operator?.kind.family === "text" &&
  new Set(documents.flatMap((each) => textsAbout(each, one.condition.key)))
    .size === 1;

const spoken = new WeakMap<Document, Map<string, readonly string[]>>();

function textsAbout(document: Document, key: string): readonly string[] {
  const byKey = spoken.get(document) ?? new Map<string, readonly string[]>();
  spoken.set(document, byKey);
  const texts =
    byKey.get(key) ??
    aboutAssumeRole(document)
      .flatMap(literalsOf)
      .filter((one) => keysOf(one).includes(key))
      .map(written);
  byKey.set(key, texts);
  return texts;
}

const writtenOnce = new WeakMap<Literal, string>();

function written(one: Literal): string {
  const known = writtenOnce.get(one);
  if (known !== undefined) return known;
  const { key, operator, operatorName, values } = one.condition;
  const text = JSON.stringify([key, operator ?? operatorName, values]);
  writtenOnce.set(one, text);
  return text;
}
