/** A value of a document, taken apart: plain text, text without wildcards, policy variables. */
export type Template = readonly Part[];

export type Part =
  /** `*` and `?` in it are wildcards, where the operator knows wildcards. */
  | { readonly kind: "text"; readonly text: string }
  /** An escape such as `${*}`: the character itself. */
  | { readonly kind: "literal"; readonly text: string }
  | {
      readonly kind: "variable";
      /** Lower case: keys are case-insensitive. */
      readonly key: string;
      readonly fallback: string | undefined;
    };

/**
 * Source: AWS documentation, "IAM policy elements: Variables and tags". Documents of the version
 * 2008-10-17 have no variables: there the text is all there is.
 */
export function parseTemplate(value: string, hasVariables: boolean): Template {
  if (!hasVariables) return [{ kind: "text", text: value }];
  const parts: Part[] = [];
  let from = 0;
  for (const match of value.matchAll(/\$\{([^}]*)\}/g)) {
    if (match.index > from) {
      parts.push({ kind: "text", text: value.slice(from, match.index) });
    }
    parts.push(parseVariable(match[1] ?? ""));
    from = match.index + match[0].length;
  }
  if (from < value.length || parts.length === 0) {
    parts.push({ kind: "text", text: value.slice(from) });
  }
  return parts;
}

function parseVariable(inside: string): Part {
  if (inside === "*" || inside === "?" || inside === "$") {
    return { kind: "literal", text: inside };
  }
  const comma = inside.indexOf(",");
  const behind = comma < 0 ? "" : inside.slice(comma + 1).trim();
  const hasFallback =
    behind.length >= 2 && behind.startsWith("'") && behind.endsWith("'");
  return {
    kind: "variable",
    key: (hasFallback ? inside.slice(0, comma) : inside).trim().toLowerCase(),
    fallback: hasFallback ? behind.slice(1, -1) : undefined,
  };
}

export const variablesIn = (template: Template): readonly string[] =>
  template.flatMap((part) => (part.kind === "variable" ? [part.key] : []));

/** Has neither variables nor escapes: what is written is what is meant. */
export const isPlainText = (template: Template): boolean =>
  template.every((part) => part.kind === "text");

/** What is known of the keys that variables stand for. */
export type Lookup = (key: string) => Known;

export type Known =
  | { readonly kind: "value"; readonly text: string }
  /** Missing, or with several values: a value with the variable in it matches nothing. */
  | { readonly kind: "unusable" }
  /** Without a value as yet. */
  | { readonly kind: "open" };

/**
 * Puts the known variables in.
 *
 * @returns undefined when a variable has no value, so that nothing can match; variables that are
 * without a value as yet stay.
 */
export function substitute(
  template: Template,
  lookup: Lookup,
): Template | undefined {
  const parts: Part[] = [];
  for (const part of template) {
    if (part.kind !== "variable") {
      parts.push(part);
      continue;
    }
    const known = lookup(part.key);
    if (known.kind === "open") parts.push(part);
    else if (known.kind === "value") {
      parts.push({ kind: "literal", text: known.text });
    } else if (part.fallback === undefined) return undefined;
    else parts.push({ kind: "literal", text: part.fallback });
  }
  return parts;
}

/** The template as it was written. */
export const templateText = (template: Template): string =>
  template
    .map((part) => {
      switch (part.kind) {
        case "text":
          return part.text;
        case "literal":
          return ["*", "?", "$"].includes(part.text)
            ? `\${${part.text}}`
            : part.text;
        case "variable":
          return `\${${part.key}}`;
      }
    })
    .join("");
