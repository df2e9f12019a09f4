import type { ConfigReader } from "./reader";

export interface NameRule {
  readonly pattern: RegExp;
  readonly expected: string;
  /** Names that are there without the config; it may use them, but no others like them. */
  readonly taken?: readonly string[];
}

/** IAM holds names to be equal that differ in case alone, and keeps only the first. */
export function checkNames(
  reader: ConfigReader,
  key: string,
  names: readonly string[],
  { pattern, expected, taken = [] }: NameRule,
): void {
  const seen = new Map(taken.map((name) => [name.toLowerCase(), name]));
  for (const name of names) {
    const twin = seen.get(name.toLowerCase());
    if (!pattern.test(name)) {
      reader.report(
        `${key}.${name}`,
        `the name ${JSON.stringify(name)}`,
        expected,
      );
    } else if (twin !== undefined && twin !== name) {
      reader.report(
        `${key}.${name}`,
        `a name equal to ${JSON.stringify(twin)} but for case`,
        "names that differ in more than case, since IAM ignores it",
      );
    }
    seen.set(name.toLowerCase(), name);
  }
}
