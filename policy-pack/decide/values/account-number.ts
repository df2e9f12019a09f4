import type { Comparison } from "../operator";
import type { Pattern, Token } from "../text/pattern";
import type { TextTest } from "../text/text-test";
import { parseNumber } from "./number";

/** Digits of an account's id, which is a number with zeros in front. */
const length = 12;
const end = 10 ** length;

interface Compared {
  readonly bounds: readonly string[];
  readonly comparison: Comparison;
  readonly negated: boolean;
  readonly wanted: boolean;
}

/** A comparison of account ids as numbers, as a test of the text that they are. */
export function accountNumberTest(compared: Compared): TextTest {
  const { bounds, comparison, negated, wanted } = compared;
  const numbers = bounds
    .map(parseNumber)
    .filter((number) => number !== undefined);
  // A bound that is no number makes a negated condition false, as it makes the others.
  if (negated && numbers.length < bounds.length) {
    return { patterns: [], matched: wanted };
  }
  const isMet = wanted !== negated;
  if (comparison === "=") {
    return {
      patterns: numbers.flatMap(exactly),
      matched: isMet,
    };
  }
  const isLess = comparison === "<" || comparison === "<=";
  const nearest = isLess ? Math.max(...numbers) : Math.min(...numbers);
  const below =
    comparison === "<" || comparison === ">="
      ? Math.ceil(nearest)
      : Math.floor(nearest) + 1;
  return {
    patterns: numbers.length === 0 ? [] : lessThan(below),
    // Without a bound nothing is met.
    matched: numbers.length === 0 ? isMet : isMet === isLess,
  };
}

const charToken = (char: string): Token => ({ kind: "char", char });

const digitBelow = (most: number): Token => ({
  kind: "one",
  except: "",
  only: "0123456789".slice(0, most),
});

function exactly(number: number): readonly Pattern[] {
  if (!Number.isInteger(number) || number < 0) return [];
  const text = String(number).padStart(length, "0");
  return [{ tokens: Array.from(text, charToken), ignoreCase: false }];
}

/** For each digit of the bound, all numbers that agree with it up to there and are less in it. */
function lessThan(bound: number): readonly Pattern[] {
  if (bound <= 0) return [];
  const any = digitBelow(10);
  if (bound >= end) {
    return [{ tokens: Array<Token>(length).fill(any), ignoreCase: false }];
  }
  const text = String(bound).padStart(length, "0");
  return Array.from(text).flatMap((digit, index) =>
    digit === "0"
      ? []
      : [
          {
            tokens: [
              ...Array.from(text.slice(0, index), charToken),
              digitBelow(Number(digit)),
              ...Array<Token>(length - index - 1).fill(any),
            ],
            ignoreCase: false,
          },
        ],
  );
}
