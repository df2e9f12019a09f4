import type { Choice, Document } from "./document";
import { Effort } from "./effort";
import { region } from "./formats";
import { actionKey, resourceKey, type Literal } from "./literal";
import { oncePer } from "./once-per";
import { actionOperator, resourceOperator } from "./statement-literals";
import { findTexts } from "./text/find-text";
import { compile, namedIn, type Style } from "./text/pattern";
import type { Segment, View } from "./text/text-test";
import {
  isPlainText,
  templateText,
  type Part,
  type Template,
} from "./text/template";

/**
 * What holds of actions or resources that no Allow foresees: none of the patterns by which an Allow
 * tells names apart matches them. `role/app-*` does, and so does `role/*-dev`; `role/*` does not, nor
 * `role/*-*`, which asks for a dash and for no letter, nor `role/*e*`, which asks for one wherever it is.
 * `role/a*` does, but not together with as many as half the alphabet has; nor `role/aa*` with half of all
 * pairs of letters. What a Deny closes is no matter here: the search looks for a name that it leaves open.
 */
export const unforeseen = (
  documents: readonly Document[],
  key: typeof actionKey | typeof resourceKey,
  kind: string,
): readonly Literal[] => {
  const lone = loneOf(documents, key, kind);
  const values = documents
    .flatMap(({ statements }) => statements)
    .flatMap(({ effect, actions, resources }) => {
      const choice = key === actionKey ? actions : resources;
      const mode = effect === "Allow" ? "these" : "all but these";
      return choice?.mode === mode ? choice.values : [];
    })
    .filter((value) => foresees(value, key, kind, lone));
  if (values.length === 0) return [];
  return [
    {
      met: false,
      condition: {
        key,
        operatorName: key,
        operator: key === actionKey ? actionOperator : resourceOperator,
        values,
      },
    },
  ];
};

/**
 * The same documents less the Allow statements whose actions or resources are all foreseen: they allow
 * nothing that `unforeseen` leaves. ReadOnlyAccess has a thousand patterns, each of which the search would
 * have to look through; and most statements that pass a role name it.
 */
export const allowingUnforeseen = (
  documents: readonly Document[],
  key: typeof actionKey | typeof resourceKey,
  kind: string,
): readonly Document[] => {
  const lone = loneOf(documents, key, kind);
  return documents.map(({ statements }) => ({
    statements: statements.filter(({ effect, actions, resources }) => {
      const choice = key === actionKey ? actions : resources;
      return (
        effect === "Deny" ||
        choice?.mode !== "these" ||
        choice.values.some((value) => !foresees(value, key, kind, lone))
      );
    }),
  }));
};

/**
 * Which characters of a name tell no names apart: one in its midst, or one or two wherever they are.
 */
type Lone = "within" | "anywhere";

const letterCount = 26;

/**
 * From here on, patterns for the first or the last characters of names leave few names out: half of all
 * pairs of letters. Few names begin with a digit or a capital, so that these take letters' places.
 */
const half = (letterCount * letterCount) / 2;

/** Of how many pairs of letters a pattern takes the place. */
function pairsOf(value: Template, kind: string): number {
  const own = endsOf(value, kind).map(({ length }) => length);
  return own.includes(1) ? letterCount : own.includes(2) ? 1 : 0;
}

const countsOf = oncePer<Choice, Map<string, number>>(() => new Map());

/** By how many of the Allows ask for the first or the last characters alone. */
function loneOf(
  documents: readonly Document[],
  key: string,
  kind: string,
): Lone {
  let found = 0;
  for (const { statements } of documents) {
    for (const { effect, actions, resources } of statements) {
      const choice = key === actionKey ? actions : resources;
      if (effect !== "Allow" || choice === undefined) continue;
      const counts = countsOf(choice);
      const count =
        counts.get(kind) ??
        choice.values.reduce((sum, one) => sum + pairsOf(one, kind), 0);
      counts.set(kind, count);
      found += count;
    }
  }
  return found >= half ? "anywhere" : "within";
}

const known = oncePer<Template, Map<string, boolean>>(() => new Map());

/** @param kind a type of IAM's, or "any service" */
function foresees(
  value: Template,
  key: string,
  kind: string,
  lone: Lone,
): boolean {
  const kinds = known(value);
  const asked = `${kind} ${lone}`;
  const found = kinds.get(asked) ?? tellsNamesApart(value, key, kind, lone);
  kinds.set(asked, found);
  return found;
}

const letters = "qzxjvkwybpmfghlcdutnsraioe0123456789";
const punctuation = "_+=,.@-/";

/**
 * Whether the pattern matches no long name that is made of a letter that it does not name, and of lone
 * characters of its own.
 */
function tellsNamesApart(
  value: Template,
  key: string,
  kind: string,
  lone: Lone,
): boolean {
  // One name, and no other.
  if (isPlainText(value) && !/[*?]/.test(templateText(value))) return true;
  const style: Style = key === actionKey ? "wildcards" : "resource";
  const pattern = compile(withoutVariables(value), style, key === actionKey);
  const named = new Set(namedIn(pattern));
  const letter = Array.from(letters).find((one) => !named.has(one));
  if (letter === undefined) return true;
  const own = loneCharacters(value, kind, lone);
  const chars = letter + (key === actionKey ? own.toLowerCase() : own);
  const name: Segment = { chars: chars + punctuation, least: 20, most: 64 };
  const service: Segment = { chars, least: 4, most: 32 };
  const asked =
    key === actionKey
      ? { segments: [service, name], view: [0, ":", 1] }
      : kind === anyService
        ? {
            segments: [anything, service, anything, name],
            view: ["arn:", 0, ":", 1, ":", 2, ":", 3],
          }
        : {
            segments: [anything, anything, name],
            view: ["arn:", 0, ":iam::", 1, `:${kind}/`, 2],
          };
  const test = { view: asked.view as View, matched: true, patterns: [pattern] };
  return findTexts(asked.segments, [test], [], new Effort()) === undefined;
}

/** What stands between the wildcards of a name, or beside one. */
function piecesOf(value: Template, kind: string): readonly string[] {
  const [, , , , , ...rest] = templateText(value).split(":");
  const asked = rest.length === 0 ? templateText(value) : rest.join(":");
  return asked.replace(`${kind}/`, "").split(/[*?:]/);
}

const loneCharacters = (value: Template, kind: string, lone: Lone): string =>
  (lone === "anywhere"
    ? endsOf(value, kind)
    : piecesOf(value, kind)
        .slice(1, -1)
        .filter(({ length }) => length === 1)
  ).join("");

/** One or two characters. */
const endsOf = (value: Template, kind: string): readonly string[] =>
  piecesOf(value, kind).filter(({ length }) => length === 1 || length === 2);

export const anyService = "any service";

/** Partition, region and account say nothing of names. */
const anything: Segment = region;

/** In the last part a variable names somebody; before, it may stand for anything. */
function withoutVariables(value: Template): Template {
  let colons = 0;
  return value.map((part): Part => {
    if (part.kind !== "variable") {
      colons += part.text.split(":").length - 1;
      return part;
    }
    return colons < 5
      ? { kind: "text", text: "*" }
      : { kind: "literal", text: "a variable" };
  });
}
