import {
  and,
  flag,
  not,
  or,
  member,
  type Formula,
  type Piece,
  type Text,
} from "../smt/formula";
import {
  anyChar,
  anything,
  charBut,
  concat,
  exactly,
  inAnyCase,
  star,
  type Regex,
} from "../smt/regex";
import { NotEncoded, openReading } from "./limits";

/** What a policy value is compared with, and what its variables stand for. */
export interface Comparison {
  readonly subject: Text;
  readonly hasVariables: boolean;
  readonly variable: (key: string) => Variable;
}

export interface Variable {
  readonly isPresent: Formula;
  /** Known already, or an unknown; undefined: nothing that a policy could compare with. */
  readonly value: string | Text | undefined;
}

type Token =
  | { readonly kind: "char"; readonly char: string }
  | { readonly kind: "many" | "one" }
  | { readonly kind: "value"; readonly text: Text };

/** Where wildcards reach: everywhere; in a part of an ARN; so, but for a star at a part's end. */
export type Reach = "all" | "part" | "part or beyond";

export type Way =
  | { readonly kind: "exact"; readonly ignoresCase: boolean }
  | { readonly kind: "wildcards"; readonly reach: Reach };

/** Whether the subject is what the policy value says. */
export function matches(
  value: string,
  way: Way,
  comparison: Comparison,
): Formula {
  const readings = comparison.hasVariables
    ? expanded(value, way, comparison)
    : [{ given: [], tokens: tokensOf(value, way) }];
  return or(
    ...readings.map(({ given, tokens }) =>
      and(...given, fits(comparison.subject, completed(tokens, way), way)),
    ),
  );
}

interface Reading {
  readonly given: readonly Formula[];
  readonly tokens: readonly Token[];
}

const tokensOf = (value: string, way: Way): readonly Token[] =>
  Array.from(value, (char): Token => {
    if (way.kind === "exact") return { kind: "char", char };
    if (char === "*") return { kind: "many" };
    return char === "?" ? { kind: "one" } : { kind: "char", char };
  });

const plain = (text: string): readonly Token[] =>
  Array.from(text, (char): Token => ({ kind: "char", char }));

/**
 * Source: AWS documentation, "IAM policy elements: Variables and tags": a variable without a value
 * matches nothing, unless it has a default; `${*}`, `${?}` and `${$}` are the characters.
 */
function expanded(
  value: string,
  way: Way,
  { variable }: Comparison,
): readonly Reading[] {
  let readings: readonly Reading[] = [{ given: [], tokens: [] }];
  for (const part of value.split(/(\$\{[^}]*\})/)) {
    const inside = /^\$\{([^}]*)\}$/.exec(part)?.[1];
    const ways =
      inside === undefined
        ? [{ given: [], tokens: tokensOf(part, way) }]
        : inserted(inside, variable);
    readings = readings.flatMap((one) =>
      ways.map(({ given, tokens }) => ({
        given: [...one.given, ...given],
        tokens: [...one.tokens, ...tokens],
      })),
    );
  }
  return readings;
}

function inserted(
  inside: string,
  variable: Comparison["variable"],
): readonly Reading[] {
  if (["*", "?", "$"].includes(inside)) {
    return [{ given: [], tokens: plain(inside) }];
  }
  const [, name = inside, fallback] =
    /^([^,]*?)\s*,\s*'(.*)'\s*$/.exec(inside) ?? [];
  const { isPresent, value } = variable(name.trim().toLowerCase());
  const present: Reading[] =
    value === undefined
      ? []
      : [
          {
            given: [isPresent],
            tokens:
              typeof value === "string"
                ? plain(value)
                : [{ kind: "value", text: value }],
          },
        ];
  return fallback === undefined
    ? present
    : [...present, { given: [not(isPresent)], tokens: plain(fallback) }];
}

/**
 * Source: AWS documentation, "IAM JSON policy elements: Resource": an ARN with fewer than its six
 * parts is completed with stars.
 */
function completed(tokens: readonly Token[], way: Way): readonly Token[] {
  if (way.kind === "exact" || way.reach !== "part or beyond") return tokens;
  if (tokens.length === 1 && tokens[0]?.kind === "many") return tokens;
  const missing = Math.max(0, parts - colons(tokens));
  return [
    ...tokens,
    ...Array.from({ length: missing }, () => [
      ...plain(":"),
      { kind: "many" } as const,
    ]).flat(),
  ];
}

/** Parts of an ARN before that of the resource, which may hold colons itself. */
const parts = 5;

const colons = (tokens: readonly Token[]): number =>
  tokens.filter((token) => token.kind === "char" && token.char === ":").length;

function fits(subject: Text, tokens: readonly Token[], way: Way): Formula {
  if (way.kind === "wildcards" && way.reach === "part") {
    if (colons(tokens) < parts) return flag(openReading("no_arn"));
  }
  const ignoresCase = way.kind === "exact" && way.ignoresCase;
  const pieces = joined(
    tokens.map((token, index) => pieceOf(token, index, tokens, way)),
  );
  const isPlain = pieces.every(({ kind }) => kind !== "variable");
  if (isPlain) {
    return member(
      subject,
      concat(pieces.map((piece) => regexOf(piece, ignoresCase))),
    );
  }
  if (ignoresCase) {
    throw new NotEncoded("a variable that is compared in any case");
  }
  const wild = pieces.flatMap(({ kind }, index) =>
    kind === "wild" ? [index] : [],
  );
  const between = pieces.slice(wild[0], (wild.at(-1) ?? -1) + 1);
  if (wild.length > 0 && between.some(({ kind }) => kind === "variable")) {
    throw new NotEncoded("a variable between two wildcards");
  }
  return { kind: "template", subject, pieces };
}

function pieceOf(
  token: Token,
  index: number,
  tokens: readonly Token[],
  way: Way,
): Piece {
  switch (token.kind) {
    case "char":
      return { kind: "fixed", text: token.char };
    case "value":
      return { kind: "variable", text: token.text };
    case "one":
    case "many": {
      const isFree = reachesAll(token.kind, index, tokens, way);
      const char = isFree ? anyChar : charBut(":");
      return {
        kind: "wild",
        regex: token.kind === "one" ? char : isFree ? anything : star(char),
      };
    }
  }
}

/** Source: the same page, and "Condition operators", "ARN condition operators". */
function reachesAll(
  kind: "one" | "many",
  index: number,
  tokens: readonly Token[],
  way: Way,
): boolean {
  if (way.kind === "exact" || way.reach === "all") return true;
  if (colons(tokens.slice(0, index)) >= parts) return true;
  const next = tokens[index + 1];
  const endsPart =
    next === undefined || (next.kind === "char" && next.char === ":");
  return way.reach === "part or beyond" && kind === "many" && endsPart;
}

function joined(pieces: readonly Piece[]): readonly Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (piece.kind === "fixed" && last?.kind === "fixed") {
      all[all.length - 1] = { kind: "fixed", text: last.text + piece.text };
    } else all.push(piece);
  }
  return all;
}

const regexOf = (piece: Piece, ignoresCase: boolean): Regex => {
  if (piece.kind === "wild") return piece.regex;
  const text = piece.kind === "fixed" ? piece.text : "";
  return ignoresCase ? inAnyCase(text) : exactly(text);
};
