import { AwsError } from "../errors";
import { isTooDeep } from "../json-depth";

/** The body of an answer, or one of a request before its members are read. */
export type Fields = Readonly<Record<string, unknown>>;

/** A JSON object in a request, whose members are checked as they are read. */
export class JsonBody {
  constructor(readonly fields: Fields) {}

  /** @throws AwsError Serialization for what is no JSON object. */
  static parse(text: string): JsonBody {
    if (isTooDeep(text)) {
      throw new AwsError(
        "Serialization",
        "The request's body nests deeper than the sandbox reads",
      );
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new AwsError("Serialization", "The request's body is no JSON");
    }
    if (isFields(value)) return new JsonBody(value);
    throw new AwsError("Serialization", "The request's body is no JSON object");
  }

  /** @throws AwsError Validation for a member of another name. */
  only(...names: readonly string[]): this {
    const other = Object.keys(this.fields).find(
      (name) => !names.includes(name),
    );
    if (other === undefined) return this;
    throw new AwsError(
      "Validation",
      `${other}: expected no member but ${names.join(", ")}`,
    );
  }

  /** A member that must be text. */
  text(name: string): string {
    const value = this.optionalText(name);
    if (value !== undefined) return value;
    throw new AwsError("Validation", `${name}: expected text`);
  }

  optionalText(name: string): string | undefined {
    const value = this.fields[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  }
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
