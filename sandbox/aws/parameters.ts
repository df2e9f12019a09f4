import { validationError } from "./errors";
import type { Tag } from "./model";
import type { Fields } from "./service-models/fields";

/**
 * The parameters of a request by their names in AWS's model, which they were held to before. It is
 * remembered which were read, members of structures too: none that a request brings may be dropped.
 */
export class Parameters {
  private readonly read = new Set<string>();
  private readonly whole = new Set<string>();
  private readonly parts = new Map<string, readonly Parameters[]>();

  constructor(private readonly fields: Fields) {}

  /** Whether the request brings it; an empty list brings nothing. */
  has(name: string): boolean {
    const value = this.fields[name] ?? undefined;
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  }

  /** The value as it is, with all that is in it. */
  value(name: string): unknown {
    this.read.add(name);
    this.whole.add(name);
    return this.fields[name] ?? undefined;
  }

  /** The value as it is, which by this alone is not honoured. */
  peek(name: string): unknown {
    return this.fields[name];
  }

  /** A text, which may be empty; a number and a yes or no as condition keys have them. */
  get(name: string): string | undefined {
    const value = this.value(name);
    if (typeof value === "number" || typeof value === "boolean")
      return String(value);
    return typeof value === "string" ? value : undefined;
  }

  /** A text that AWS's model asks for, or that the call takes anyway. */
  required(name: string): string {
    const value = this.get(name);
    if (value !== undefined) return value;
    const at = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    throw validationError(
      `1 validation error detected: Value null at '${at}' failed to satisfy constraint: Member must not be null`,
    );
  }

  number<D extends number | undefined>(name: string, otherwise: D): number | D {
    const value = this.value(name);
    return typeof value === "number" ? value : otherwise;
  }

  flag(name: string, otherwise = false): boolean {
    const value = this.value(name);
    return typeof value === "boolean" ? value : otherwise;
  }

  /** A list of texts, or of structures that have one in this field; empty where it is left out. */
  list(name: string, field?: string): readonly string[] {
    return field === undefined
      ? this.items(name).map(String)
      : this.structures(name).map((one) => one.required(field));
  }

  /** A list of structures, each the same whenever it is asked for; empty where it is left out. */
  structures(name: string): readonly Parameters[] {
    const known = this.parts.get(name);
    if (known) return known;
    const parts = this.items(name).map(
      (item) => new Parameters(item as Fields),
    );
    this.parts.set(name, parts);
    return parts;
  }

  /** `Tags`, whose two parts some services call otherwise. */
  tags(keyName = "Key", valueName = "Value"): Tag[] {
    return this.structures("Tags").map((tag) => ({
      Key: tag.required(keyName),
      Value: tag.get(valueName) ?? "",
    }));
  }

  map(name: string): Readonly<Record<string, string>> {
    return (this.value(name) ?? {}) as Readonly<Record<string, string>>;
  }

  /** Those that the request brings. */
  given(): readonly string[] {
    return Object.keys(this.fields).filter((name) => this.has(name));
  }

  /** Those that the request brings, and that nobody has asked for; a member as `Tags[].Key`. */
  unread(): readonly string[] {
    const own = this.given().filter((name) => !this.read.has(name));
    const inParts = [...this.parts].flatMap(([name, parts]) =>
      this.whole.has(name)
        ? []
        : parts.flatMap((part) =>
            part.unread().map((one) => `${name}[].${one}`),
          ),
    );
    return [...own, ...new Set(inParts)];
  }

  private items(name: string): readonly unknown[] {
    this.read.add(name);
    return (this.fields[name] ?? []) as readonly unknown[];
  }
}
