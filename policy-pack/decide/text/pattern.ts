import type { Template } from "./template";

/** A text pattern: IAM's wildcards, and where an ARN keeps them from reaching. */
export interface Pattern {
  readonly tokens: readonly Token[];
  readonly ignoreCase: boolean;
}

export type Token =
  | { readonly kind: "char"; readonly char: string }
  /** `?`: one character, but none of these. */
  | { readonly kind: "one"; readonly except: string }
  /** `*`: any number of characters, but none of these. */
  | { readonly kind: "many"; readonly except: string };

/** How an operator reads its values. */
export type Style = "exact" | "wildcards" | "arn" | "resource";

const compiled = new WeakMap<Template, Map<string, Pattern>>();

/** Compiles a template once for each way to read it. */
export function compile(
  template: Template,
  style: Style,
  ignoreCase = false,
): Pattern {
  const ways = compiled.get(template) ?? new Map<string, Pattern>();
  compiled.set(template, ways);
  const way = ignoreCase ? `${style} in any case` : style;
  const pattern = ways.get(way) ?? compileAnew(template, style, ignoreCase);
  ways.set(way, pattern);
  return pattern;
}

function compileAnew(
  template: Template,
  style: Style,
  ignoreCase: boolean,
): Pattern {
  const tokens = template.flatMap((part) =>
    part.kind === "variable" ? [] : tokensOf(part.text, part.kind, style),
  );
  return {
    tokens:
      style === "arn" || style === "resource" ? fence(tokens, style) : tokens,
    ignoreCase,
  };
}

function tokensOf(text: string, kind: string, style: Style): Token[] {
  return Array.from(text, (char): Token => {
    if (kind === "literal" || style === "exact") return { kind: "char", char };
    if (char === "*") return { kind: "many", except: "" };
    if (char === "?") return { kind: "one", except: "" };
    return { kind: "char", char };
  });
}

/** How many parts of an ARN stand before the resource. */
const fixedParts = 5;

/**
 * Each part of an ARN is compared by itself, so a wildcard stops at the colon, but for the last.
 * Source: AWS documentation, "IAM JSON policy elements: Condition operators", ARN operators. In a
 * statement's resources a `*` that ends its part reaches beyond the colon: "IAM JSON policy
 * elements: Resource".
 */
function fence(
  tokens: readonly Token[],
  style: "arn" | "resource",
): readonly Token[] {
  let part = 0;
  return tokens.map((token, index) => {
    if (token.kind === "char") {
      if (token.char === ":") part += 1;
      return token;
    }
    const reaches =
      part >= fixedParts ||
      (style === "resource" &&
        token.kind === "many" &&
        endsPart(tokens, index));
    return reaches ? token : { ...token, except: ":" };
  });
}

function endsPart(tokens: readonly Token[], index: number): boolean {
  const next = tokens[index + 1];
  return next === undefined || (next.kind === "char" && next.char === ":");
}

/** Whether the pattern can be an ARN at all: six parts, the last with what colons it likes. */
export const isArnPattern = ({ tokens }: Pattern): boolean =>
  tokens.filter((token) => token.kind === "char" && token.char === ":")
    .length >= fixedParts;

export const isExact = ({ tokens }: Pattern): boolean =>
  tokens.every((token) => token.kind === "char");

/** Whether every text matches. */
export const isAnything = ({ tokens }: Pattern): boolean =>
  tokens.length > 0 &&
  tokens.every((token) => token.kind === "many" && token.except === "");

export const exactly = (text: string): Pattern => ({
  tokens: tokensOf(text, "literal", "exact"),
  ignoreCase: false,
});

/** A text that the pattern matches; wildcards become what `filling` says. */
export const exampleOf = ({ tokens }: Pattern, filling: string): string =>
  tokens
    .map((token) => {
      if (token.kind === "char") return token.char;
      return token.kind === "one" ? "x" : filling;
    })
    .join("");

export function matches(pattern: Pattern, text: string): boolean {
  let at = start(pattern);
  for (const char of text) {
    at = step(pattern, at, char);
    if (at.length === 0) return false;
  }
  return isAtEnd(pattern, at);
}

/** Where in the pattern one may stand after some text: positions, ascending. */
export type Positions = readonly number[];

export const start = (pattern: Pattern): Positions =>
  reach(pattern, new Set([0]));

export const isAtEnd = ({ tokens }: Pattern, at: Positions): boolean =>
  at.at(-1) === tokens.length;

export function step(pattern: Pattern, at: Positions, char: string): Positions {
  const next = new Set<number>();
  for (const position of at) {
    const token = pattern.tokens[position];
    if (token === undefined) continue;
    if (token.kind === "char") {
      if (isSame(token.char, char, pattern.ignoreCase)) next.add(position + 1);
    } else if (!token.except.includes(char)) {
      next.add(token.kind === "one" ? position + 1 : position);
    }
  }
  return reach(pattern, next);
}

const isSame = (one: string, other: string, ignoreCase: boolean): boolean =>
  one === other || (ignoreCase && one.toLowerCase() === other.toLowerCase());

/** `*` matches nothing, too: one may also stand behind it. */
function reach({ tokens }: Pattern, at: Set<number>): Positions {
  for (const position of at) {
    if (tokens[position]?.kind === "many") at.add(position + 1);
  }
  return [...at].sort((one, other) => one - other);
}
