import type { Document } from "./document";
import { Effort } from "./effort";
import { region } from "./formats";
import { actionKey, resourceKey, type Literal } from "./literal";
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
 * `role/*-*`, which asks for a dash and for no letter. What a Deny closes is no matter here: the
 * search looks for a name that it leaves open.
 */
export const unforeseen = (
  documents: readonly Document[],
  key: typeof actionKey | typeof resourceKey,
  kind: string,
): readonly Literal[] => {
  const values = documents
    .flatMap(({ statements }) => statements)
    .flatMap(({ effect, actions, resources }) => {
      const choice = key === actionKey ? actions : resources;
      const mode = effect === "Allow" ? "these" : "all but these";
      return choice?.mode === mode ? choice.values : [];
    })
    .filter((value) => foresees(value, key, kind));
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
): readonly Document[] =>
  documents.map(({ statements }) => ({
    statements: statements.filter(({ effect, actions, resources }) => {
      const choice = key === actionKey ? actions : resources;
      return (
        effect === "Deny" ||
        choice?.mode !== "these" ||
        choice.values.some((value) => !foresees(value, key, kind))
      );
    }),
  }));

const known = new WeakMap<Template, Map<string, boolean>>();

/** @param kind a type of IAM's, or "any service" */
function foresees(value: Template, key: string, kind: string): boolean {
  const kinds = known.get(value) ?? new Map<string, boolean>();
  known.set(value, kinds);
  const found = kinds.get(kind) ?? tellsNamesApart(value, key, kind);
  kinds.set(kind, found);
  return found;
}

const letters = "qzxjvkwybpmfghlcdutnsraioe0123456789";
const punctuation = "_+=,.@-/";

/** Whether the pattern matches no long name that is made of a letter that it does not name. */
function tellsNamesApart(value: Template, key: string, kind: string): boolean {
  // One name, and no other.
  if (isPlainText(value) && !/[*?]/.test(templateText(value))) return true;
  const style: Style = key === actionKey ? "wildcards" : "resource";
  const pattern = compile(withoutVariables(value), style, key === actionKey);
  const named = new Set(namedIn(pattern));
  const letter = Array.from(letters).find((one) => !named.has(one));
  if (letter === undefined) return true;
  const name: Segment = { chars: letter + punctuation, least: 20, most: 64 };
  const service: Segment = { chars: letter, least: 4, most: 32 };
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
