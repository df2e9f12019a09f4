import { invalidParameter } from "./errors";
import type { Tag } from "./model";

/** The parameters of a query-protocol request, by their dotted names (`Tags.member.1.Key`). */
export class Parameters extends Map<string, string> {
  /** The parameter, or AWS's error about a missing one. */
  required(name: string): string {
    const value = this.get(name);
    if (value !== undefined && value !== "") return value;
    throw invalidParameter(name, "null", "not be null");
  }

  /** The parameter, checked against what AWS lets it be. */
  matching(name: string, pattern: RegExp): string {
    const value = this.required(name);
    if (pattern.test(value)) return value;
    throw invalidParameter(
      name,
      `'${value}'`,
      `satisfy regular expression pattern: ${pattern.source}`,
    );
  }

  /** One of AWS's words, the first where none is given. */
  oneOf<W extends string>(name: string, words: readonly [W, ...W[]]): W {
    const given = this.get(name) ?? words[0];
    const word = words.find((one) => one === given);
    if (word !== undefined) return word;
    throw invalidParameter(
      name,
      `'${given}'`,
      `satisfy enum value set: [${words.filter(Boolean).join(", ")}]`,
    );
  }

  /** A whole number inside bounds, or the default when it is left out. */
  wholeNumber<D extends number | undefined>(
    name: string,
    bounds: { readonly least: number; readonly most: number },
    otherwise: D,
  ): number | D {
    const text = this.get(name);
    if (text === undefined || text === "") return otherwise;
    const value = Number(text);
    const { least, most } = bounds;
    if (Number.isInteger(value) && value >= least && value <= most) {
      return value;
    }
    const bound =
      value < least
        ? `greater than or equal to ${least}`
        : `less than or equal to ${most}`;
    throw invalidParameter(name, `'${text}'`, `have value ${bound}`);
  }

  flag(name: string, otherwise = false): boolean {
    return (this.get(name) ?? String(otherwise)) === "true";
  }

  /** `Name.member.1`, `Name.member.2`, …; of structures, one field: `Name.member.1.arn`. */
  list(name: string, field?: string): readonly string[] {
    const end = field === undefined ? "" : `.${field}`;
    return this.numbered((index) => this.get(`${name}.member.${index}${end}`));
  }

  /** `Tags.member.1.Key` and `.Value`. */
  tags(): Tag[] {
    return this.numbered((index) => {
      const Key = this.get(`Tags.member.${index}.Key`);
      const Value = this.get(`Tags.member.${index}.Value`) ?? "";
      return Key === undefined ? undefined : { Key, Value };
    });
  }

  /** `Name.entry.1.key` and `.value`. */
  map(name: string): Readonly<Record<string, string>> {
    const entries = this.numbered((index) => {
      const key = this.get(`${name}.entry.${index}.key`);
      const value = this.get(`${name}.entry.${index}.value`) ?? "";
      return key === undefined ? undefined : ([key, value] as const);
    });
    return Object.fromEntries(entries);
  }

  /** AWS counts from one; the first that is missing ends the list. */
  private numbered<T>(read: (index: number) => T | undefined): T[] {
    const values: T[] = [];
    for (let index = 1; ; index += 1) {
      const value = read(index);
      if (value === undefined) return values;
      values.push(value);
    }
  }
}
