import { closest } from "fastest-levenshtein";
import type { z } from "zod";
import { isPrivateKey } from "./private-key";
import { show, type Problem } from "./problem";
import type { RawConfig } from "./raw";
import type { NameRule } from "./schema";

/** A map whose entries were looked at one by one. */
export interface Entries<T> {
  /** The entries that are right, in the order of the config. */
  readonly valid: ReadonlyMap<string, T>;
  /** All names, so that a wrong entry is not reported as a missing one too. */
  readonly names: readonly string[];
}

/**
 * Reads keys of the raw config and gathers what is wrong with them, so that one message can say
 * everything: a wrong value gives a problem and its default, never an exception.
 */
export class ConfigReader {
  readonly problems: Problem[] = [];

  constructor(private readonly raw: RawConfig) {}

  /** Reports a problem that only several keys together show. */
  report(path: string, found: string, expected: string): void {
    this.problems.push({ path, found, expected });
  }

  /** Reports a name that is another one but for case. */
  reportTwin(
    path: string,
    twin: string,
    expected = "names that differ in more than case, since IAM ignores it",
  ): void {
    const found = `a name equal to ${JSON.stringify(twin)} but for case`;
    this.report(path, found, expected);
  }

  /** A key that holds text; one that is left out, or empty, gives `undefined`. */
  text<T>(key: string, schema: z.ZodType<T>): T | undefined {
    const value = this.raw.values[key];
    return value === undefined || value === ""
      ? undefined
      : this.check(key, value, schema);
  }

  /** A key that holds a map or a list; one that is left out gives `undefined`. */
  structure<T>(key: string, schema: z.ZodType<T>): T | undefined {
    const value = this.parse(key);
    return value === undefined ? undefined : this.check(key, value, schema);
  }

  /**
   * A key that holds a map, each entry under a schema of its own.
   *
   * @param taken names that are there without the config; it may use them, but no others like them
   */
  entries<T>(
    key: string,
    schemaOf: (name: string, entry: unknown) => z.ZodType<T>,
    rule: NameRule,
    taken: readonly string[] = [],
  ): Entries<T> {
    const value = this.parse(key) ?? {};
    if (typeof value !== "object" || Array.isArray(value)) {
      this.report(key, this.shown(key, value), "a map of names to settings");
      return { valid: new Map(), names: [] };
    }
    const valid = new Map<string, T>();
    for (const [name, entry] of Object.entries(value)) {
      // A name with nothing behind it ("ada:") means: the defaults.
      const checked = this.check(
        `${key}.${name}`,
        entry ?? {},
        schemaOf(name, entry),
        key,
      );
      if (checked !== undefined) valid.set(name, checked);
    }
    const names = Object.keys(value);
    this.checkNames(key, names, rule, taken);
    return { valid, names };
  }

  /** IAM holds names to be equal that differ in case alone, and keeps only the first. */
  private checkNames(
    key: string,
    names: readonly string[],
    { pattern, expected }: NameRule,
    taken: readonly string[],
  ): void {
    const seen = new Map(taken.map((name) => [name.toLowerCase(), name]));
    for (const name of names) {
      const at = `${key}.${name}`;
      const twin = seen.get(name.toLowerCase()) ?? name;
      if (!pattern.test(name)) {
        this.report(at, `the name ${JSON.stringify(name)}`, expected);
      } else if (twin !== name) {
        this.reportTwin(at, twin);
      }
      seen.set(name.toLowerCase(), name);
    }
  }

  /** Reports each name in a list that nothing of that name is known for. */
  unknownNames(
    path: string,
    names: readonly string[],
    known: readonly string[],
    what: string,
  ): void {
    names.forEach((name, index) => {
      this.unknownName(`${path}[${index}]`, name, known, what);
    });
  }

  /** Reports a name that is left out, or that nothing of that name is known for. */
  unknownName(
    path: string,
    name: string | undefined,
    known: readonly string[],
    what: string,
  ): void {
    if (name !== undefined && known.includes(name)) return;
    this.report(
      path,
      name === undefined ? "nothing" : JSON.stringify(name),
      known.length === 0
        ? `${what}, but the config has none`
        : `${what}: ${known.join(", ")}`,
    );
  }

  /** Whether something is wrong already at a key, or one that begins like it. */
  hasProblem(start: string): boolean {
    return this.problems.some(({ path }) => path.startsWith(start));
  }

  /** Reports every key that is not among `known`, with the nearest of them. */
  unknownKeys(known: readonly string[]): void {
    for (const key of Object.keys(this.raw.values).filter(
      (one) => !known.includes(one),
    )) {
      this.report(key, "an unknown key", expectedKey(key, known));
    }
  }

  private parse(key: string): unknown {
    const value = this.raw.values[key];
    if (value === undefined || value === "") return undefined;
    try {
      const parsed: unknown = JSON.parse(value, (name, inside: unknown) => {
        if (name !== "__proto__") return inside;
        this.reportPrototype(key);
        return undefined;
      });
      return parsed;
    } catch {
      return value;
    }
  }

  /** What JavaScript's objects have under that name is no entry of them, for any code behind here. */
  private reportPrototype(key: string): void {
    if (this.problems.some((one) => one.path === key)) return;
    this.report(key, 'the name "__proto__" in it', "another name");
  }

  private check<T>(
    path: string,
    value: unknown,
    schema: z.ZodType<T>,
    key = path,
  ): T | undefined {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      this.reportIssue(key, path, value, issue);
    return undefined;
  }

  private reportIssue(
    key: string,
    path: string,
    value: unknown,
    issue: z.core.$ZodIssue,
  ): void {
    const at = path + pathText(issue.path);
    if (issue.code === "unrecognized_keys") {
      const known = issue.message.split(", ");
      for (const one of issue.keys) {
        this.report(`${at}.${one}`, "an unknown key", expectedKey(one, known));
      }
    } else if (issue.code === "invalid_key") {
      this.report(
        at,
        `the name ${show(issue.path.at(-1))}`,
        issue.issues[0]?.message ?? issue.message,
      );
    } else {
      this.report(
        at,
        this.shown(key, valueAt(value, issue.path), issue.path.at(-1)),
        issue.message,
      );
    }
  }

  /** A secret must not be shown, not even when it is wrong. */
  private shown(key: string, value: unknown, name?: PropertyKey): string {
    if (this.raw.secretKeys.has(key)) return "a secret (not shown)";
    return name === "pgpKey" && typeof value === "string"
      ? wrongKey(value)
      : show(value);
  }
}

/** What stands in the place of a key may be another one, or what opens it. */
const wrongKey = (text: string): string =>
  isPrivateKey(text)
    ? "a private key (not shown)"
    : `a text of ${text.length} characters (not shown)`;

function expectedKey(key: string, known: readonly string[]): string {
  return `one of ${known.join(", ")}; the nearest is ${closest(key, known)}`;
}

const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part) =>
      typeof part === "number" ? `[${part}]` : `.${String(part)}`,
    )
    .join("");

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, part) =>
      typeof at === "object" && at !== null
        ? (at as Record<PropertyKey, unknown>)[part]
        : undefined,
    value,
  );
