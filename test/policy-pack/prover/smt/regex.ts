/** A regular expression in the words of SMT-LIB's theory of strings. */
export type Regex = string;

export const anyChar: Regex = "re.allchar";
export const anything: Regex = "(re.* re.allchar)";
export const nothing: Regex = "re.none";
export const digit: Regex = '(re.range "0" "9")';

/** Text in quotes, as SMT-LIB 2.6 writes it. */
export const quoted = (text: string): string =>
  `"${Array.from(text, escaped).join("")}"`;

function escaped(char: string): string {
  if (char === '"') return '""';
  const isPlain = /^[ -~]$/.test(char) && char !== "\\";
  return isPlain ? char : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}

export const exactly = (text: string): Regex => `(str.to_re ${quoted(text)})`;

export function range(from: string, to: string): Regex {
  return `(re.range ${quoted(from)} ${quoted(to)})`;
}

/** One of these characters. */
export const oneOf = (chars: string): Regex =>
  union(Array.from(chars, exactly));

export const charBut = (char: string): Regex =>
  `(re.inter re.allchar (re.comp ${exactly(char)}))`;

export const star = (one: Regex): Regex => `(re.* ${one})`;
export const plus = (one: Regex): Regex => `(re.+ ${one})`;
export const optional = (one: Regex): Regex => `(re.opt ${one})`;

export const times = (count: number, one: Regex): Regex =>
  concat(Array<Regex>(count).fill(one));

export function concat(parts: readonly Regex[]): Regex {
  const [first, ...more] = parts;
  if (first === undefined) return exactly("");
  return more.length === 0 ? first : `(re.++ ${parts.join(" ")})`;
}

export function union(choices: readonly Regex[]): Regex {
  const [first, ...more] = choices;
  if (first === undefined) return nothing;
  return more.length === 0 ? first : `(re.union ${choices.join(" ")})`;
}

export function intersection(all: readonly Regex[]): Regex {
  const [first, ...more] = all;
  if (first === undefined) return anything;
  return more.length === 0 ? first : `(re.inter ${all.join(" ")})`;
}

export const complement = (one: Regex): Regex => `(re.comp ${one})`;

export const inAnyCase = (text: string): Regex =>
  concat(
    Array.from(text, (char) => {
      const cases = new Set([char.toLowerCase(), char.toUpperCase()]);
      return union([...cases].map(exactly));
    }),
  );

/**
 * Whole numbers from 0 to the bound, as decimal digits.
 *
 * @param width digits that each number has, with zeros before it; undefined: none before it
 */
export function numbersUpTo(bound: bigint, width: number | undefined): Regex {
  if (bound < 0n) return nothing;
  if (width === undefined) {
    const { length } = String(bound);
    return union([
      exactly("0"),
      ...Array.from({ length: length - 1 }, (_, index) =>
        concat([range("1", "9"), times(index, digit)]),
      ),
      intersection([
        complement(concat([exactly("0"), anything])),
        digitsUpTo(String(bound)),
      ]),
    ]);
  }
  return bound >= 10n ** BigInt(width)
    ? times(width, digit)
    : digitsUpTo(String(bound).padStart(width, "0"));
}

/** Texts of as many digits as the bound has, that are no greater. */
function digitsUpTo(bound: string): Regex {
  const smaller = Array.from(bound, (char, index) =>
    char === "0"
      ? []
      : [
          concat([
            exactly(bound.slice(0, index)),
            range("0", String(Number(char) - 1)),
            times(bound.length - index - 1, digit),
          ]),
        ],
  );
  return union([exactly(bound), ...smaller.flat()]);
}
