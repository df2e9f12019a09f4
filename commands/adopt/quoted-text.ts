import type { Scalar, ScalarTag, Tags } from "yaml";

/**
 * What every reader of YAML takes for a text, and for the same: to Pulumi's, `1_000` is a number and
 * `2026-01-01` a day; to those of YAML 1.1, `yes` is true, `<<` a merge and U+2028 the end of a line.
 */
const plain =
  /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z](?:[\w+=.@/-]|:(?=\w)| (?=[\w.@/]))*$/i;

const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;

const escaped = (character: string): string => {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4
    ? `\\U${code.padStart(8, "0")}`
    : `\\u${code.padStart(4, "0")}`;
};

const quoted = (text: string): string =>
  `"${text.replace(/["\\]/g, "\\$&").replace(unseen, escaped)}"`;

/** What stood in the file stays as it was written there. */
const isNew = ({ range }: Scalar): boolean => !range;

/** For the tags of a document: in quotes what is put into it, and is not plainly a text. */
export const quotingNewTexts = (tags: Tags): Tags =>
  tags.map((tag) =>
    typeof tag === "string" || tag.tag !== "tag:yaml.org,2002:str"
      ? tag
      : withQuotes(tag as ScalarTag),
  );

function withQuotes(tag: ScalarTag): ScalarTag {
  const usual = tag.stringify;
  return {
    ...tag,
    stringify: (node, context, ...more) => {
      const { value } = node;
      return typeof value === "string" && isNew(node) && !plain.test(value)
        ? quoted(value)
        : (usual?.(node, context, ...more) ?? String(value));
    },
  };
}
