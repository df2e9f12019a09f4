import { oncePer } from "../once-per";
import type { Template } from "./template";

/** A text pattern: IAM's wildcards, and where an ARN keeps them from reaching. */
export interface Pattern {
  readonly tokens: readonly Token[];
  readonly ignoreCase: boolean;
}

export type Token =
  | { readonly kind: "char"; readonly char: string }
  /** `?`: one character, but none of these; `only`: one of these alone. */
  | { readonly kind: "one"; readonly except: string; readonly only?: string }
  /** `*`: any number of characters, but none of these. */
  | { readonly kind: "many"; readonly except: string };

/** How an operator reads its values. */
export type Style = "exact" | "wildcards" | "arn" | "resource";

const compiled = oncePer<Template, Map<string, Pattern>>(() => new Map());

/** Compiles a template once for each way to read it. */
export function compile(
  template: Template,
  style: Style,
  ignoreCase = false,
): Pattern {
  const ways = compiled(template);
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

/** A text of which `*` and `?` are wildcards. */
export const withWildcards = (text: string): Pattern => ({
  tokens: tokensOf(text, "text", "wildcards"),
  ignoreCase: false,
});

/**
 * A text that the pattern matches: `*` becomes what `many` says, and `?` what `one` says, as far as
 * they take that.
 */
export const exampleOf = (
  { tokens }: Pattern,
  many: string,
  one: string,
): string =>
  tokens
    .map((token) => {
      if (token.kind === "char") return token.char;
      if (token.kind === "many") return many;
      return token.only?.charAt(0) ?? one;
    })
    .join("");

/**
 * Whether the text matches, in the time that text and pattern take together, as long as no wildcard
 * stops at a colon; at most in the time that they take multiplied.
 */
export const matches = (pattern: Pattern, text: string): boolean =>
  beginsAlike(pattern, text) &&
  (pattern.tokens.some(stopsSomewhere)
    ? matchesByPositions(pattern, text)
    : matchesByLastStar(pattern, text));

/** False of most: an action of one service against a pattern of another's. */
function beginsAlike(pattern: Pattern, text: string): boolean {
  const [first] = pattern.tokens;
  const code = text.codePointAt(0);
  return (
    code === undefined ||
    first?.kind !== "char" ||
    accepts(pattern, first, String.fromCodePoint(code))
  );
}

const stopsSomewhere = (token: Token): boolean =>
  token.kind === "many" && token.except !== "";

function matchesByPositions(pattern: Pattern, text: string): boolean {
  let at = start(pattern);
  for (const char of text) {
    at = step(pattern, at, char);
    if (at.length === 0) return false;
  }
  return isAtEnd(pattern, at);
}

/** A `*` that takes anything never has to give back to the one before it. */
function matchesByLastStar(pattern: Pattern, text: string): boolean {
  const { tokens } = pattern;
  const chars = Array.from(text);
  let position = 0;
  let star = -1;
  let taken = 0;
  for (let index = 0; index < chars.length;) {
    const token = tokens[position];
    if (token?.kind === "many") {
      star = position;
      taken = index;
      position += 1;
    } else if (
      token !== undefined &&
      accepts(pattern, token, chars[index] ?? "")
    ) {
      position += 1;
      index += 1;
    } else if (star >= 0) {
      taken += 1;
      index = taken;
      position = star + 1;
    } else return false;
  }
  return tokens.slice(position).every(({ kind }) => kind === "many");
}

/** Where in the pattern one may stand after some text: positions, ascending. */
export type Positions = readonly number[];

export const start = (pattern: Pattern): Positions => {
  const at: number[] = [];
  reach(pattern.tokens, 0, at);
  return at;
};

export const isAtEnd = ({ tokens }: Pattern, at: Positions): boolean =>
  at.at(-1) === tokens.length;

export function step(pattern: Pattern, at: Positions, char: string): Positions {
  const { tokens } = pattern;
  const next: number[] = [];
  for (const position of at) {
    const token = tokens[position];
    if (token === undefined || !accepts(pattern, token, char)) continue;
    reach(tokens, token.kind === "many" ? position : position + 1, next);
  }
  return next;
}

/** Whether the token takes the character; a `*` takes it and stays. */
function accepts({ ignoreCase }: Pattern, token: Token, char: string): boolean {
  switch (token.kind) {
    case "char":
      return (
        token.char === char ||
        (ignoreCase && token.char.toLowerCase() === char.toLowerCase())
      );
    case "one":
      return (
        !token.except.includes(char) && (token.only?.includes(char) ?? true)
      );
    case "many":
      return !token.except.includes(char);
  }
}

/**
 * Adds the position, and those behind it that a `*` leads to, since it matches nothing, too. Whoever
 * calls it goes upwards, so what is not above the last one is among them already.
 */
function reach(tokens: readonly Token[], position: number, at: number[]): void {
  for (let one = position; ; one += 1) {
    if (one > (at.at(-1) ?? -1)) at.push(one);
    if (tokens[one]?.kind !== "many") return;
  }
}

/**
 * Whether the pattern takes all that the other does, as far as it shows in the two of them; no
 * other pattern is needed for that. Time: both lengths multiplied.
 */
export function includes(pattern: Pattern, other: Pattern): boolean {
  if (other.ignoreCase && !pattern.ignoreCase) return false;
  const { tokens } = pattern;
  let at = start(pattern);
  for (const wanted of other.tokens) {
    const next: number[] = [];
    for (const position of at) {
      const token = tokens[position];
      if (token === undefined || !takesAll(pattern, token, wanted)) continue;
      reach(tokens, token.kind === "many" ? position : position + 1, next);
    }
    at = next;
  }
  return isAtEnd(pattern, at);
}

function takesAll(pattern: Pattern, token: Token, wanted: Token): boolean {
  if (wanted.kind === "char") return accepts(pattern, token, wanted.char);
  if (token.kind === "char") return false;
  if (wanted.kind === "many" && token.kind === "one") return false;
  const only = token.kind === "one" ? token.only : undefined;
  if (only !== undefined) {
    const chars = wanted.kind === "one" ? wanted.only : undefined;
    return (
      chars !== undefined &&
      Array.from(chars).every((one) => only.includes(one))
    );
  }
  return Array.from(token.except).every((one) => wanted.except.includes(one));
}

/** Characters that the pattern tells from others, in each case that counts. */
export function namedIn({ tokens, ignoreCase }: Pattern): readonly string[] {
  const named = new Set<string>();
  for (const token of tokens) {
    const chars =
      token.kind === "char"
        ? token.char
        : token.except + (token.kind === "one" ? (token.only ?? "") : "");
    for (const char of chars) {
      named.add(char);
      if (ignoreCase) named.add(char.toLowerCase()).add(char.toUpperCase());
    }
  }
  return [...named];
}
