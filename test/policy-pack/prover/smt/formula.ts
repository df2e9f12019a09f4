import { anything, concat, exactly, intersection, type Regex } from "./regex";

/**
 * What a request is like, as a formula over its unknowns: flags, whole numbers and texts. A text
 * is told by regular expressions alone, and by templates where it is compared with another text.
 */
export type Formula =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "and" | "or"; readonly of: readonly Formula[] }
  | { readonly kind: "not"; readonly of: Formula }
  | { readonly kind: "flag"; readonly name: string }
  | {
      readonly kind: "at most";
      readonly number: string;
      readonly bound: bigint;
    }
  | { readonly kind: "member"; readonly text: string; readonly regex: Regex }
  | {
      readonly kind: "template";
      readonly subject: Text;
      readonly pieces: readonly Piece[];
    };

/**
 * A text of the request. Those that follow from another are parts of that one, so that no equation
 * is needed: an account is the part of the ARN between two colons.
 */
export interface Text {
  /** The unknown that holds the text. */
  readonly whole: string;
  readonly before: Regex;
  readonly itself: Regex;
  readonly after: Regex;
}

/** What a policy value with variables consists of. */
export type Piece =
  | { readonly kind: "fixed"; readonly text: string }
  | { readonly kind: "wild"; readonly regex: Regex }
  | { readonly kind: "variable"; readonly text: Text };

export const always: Formula = { kind: "constant", value: true };
export const never: Formula = { kind: "constant", value: false };

export function and(...all: readonly Formula[]): Formula {
  const of = all.filter((one) => !isConstant(one, true));
  if (of.some((one) => isConstant(one, false))) return never;
  const [first, ...more] = of;
  if (first === undefined) return always;
  return more.length === 0 ? first : { kind: "and", of };
}

export function or(...all: readonly Formula[]): Formula {
  const of = all.filter((one) => !isConstant(one, false));
  if (of.some((one) => isConstant(one, true))) return always;
  const [first, ...more] = of;
  if (first === undefined) return never;
  return more.length === 0 ? first : { kind: "or", of };
}

export function not(one: Formula): Formula {
  if (one.kind === "constant") return one.value ? never : always;
  return one.kind === "not" ? one.of : { kind: "not", of: one };
}

const isConstant = (one: Formula, value: boolean): boolean =>
  one.kind === "constant" && one.value === value;

export const flag = (name: string): Formula => ({ kind: "flag", name });

export const atMost = (number: string, bound: bigint): Formula => ({
  kind: "at most",
  number,
  bound,
});

export const text = (whole: string): Text => ({
  whole,
  before: exactly(""),
  itself: anything,
  after: exactly(""),
});

export const member = (
  { whole, before, itself, after }: Text,
  regex: Regex,
): Extract<Formula, { readonly kind: "member" }> => {
  const within = itself === anything ? regex : intersection([itself, regex]);
  const isWhole = before === exactly("") && after === exactly("");
  return {
    kind: "member",
    text: whole,
    regex: isWhole ? within : concat([before, within, after]),
  };
};
