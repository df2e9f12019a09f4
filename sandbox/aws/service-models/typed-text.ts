import { AwsError } from "../errors";
import type { Shape } from "./service-model";

/**
 * A value that came as text, as a form and a header have it.
 *
 * @throws AwsError MalformedInput for one that is not of its type.
 */
export function typedText(
  { type }: Shape,
  text: string,
  path: string,
): unknown {
  switch (type) {
    case "boolean":
      if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
      throw malformed(path, text, "true or false");
    case "integer":
    case "long":
      if (/^-?\d{1,15}$/.test(text)) return Number(text);
      throw malformed(path, text, "a whole number");
    case "timestamp":
      if (!Number.isNaN(Date.parse(text))) return text;
      throw malformed(path, text, "a time");
    default:
      return text;
  }
}

const malformed = (path: string, found: string, expected: string): AwsError =>
  new AwsError(
    "MalformedInput",
    `${path}: found '${found}', expected ${expected}`,
  );
