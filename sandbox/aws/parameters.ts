import { AwsError, type Parameters } from "./operation";

/** The parameter, or AWS's error about a missing one. */
export function required(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value !== undefined && value !== "") return value;
  throw new AwsError(
    "ValidationError",
    `1 validation error detected: Value null at '${camel(name)}' failed to satisfy constraint: Member must not be null`,
  );
}

/** The parameter, checked against what AWS lets it be. */
export function matching(
  parameters: Parameters,
  name: string,
  pattern: RegExp,
): string {
  const value = required(parameters, name);
  if (pattern.test(value)) return value;
  throw new AwsError(
    "ValidationError",
    `1 validation error detected: Value '${value}' at '${camel(name)}' failed to satisfy constraint: ` +
      `Member must satisfy regular expression pattern: ${pattern.source}`,
  );
}

/** A whole number inside bounds, or the default when it is left out. */
export function wholeNumber<D extends number | undefined>(
  parameters: Parameters,
  name: string,
  bounds: { readonly least: number; readonly most: number },
  otherwise: D,
): number | D {
  const text = parameters.get(name);
  if (text === undefined || text === "") return otherwise;
  const value = Number(text);
  if (
    Number.isInteger(value) &&
    value >= bounds.least &&
    value <= bounds.most
  ) {
    return value;
  }
  const bound =
    value < bounds.least
      ? `greater than or equal to ${bounds.least}`
      : `less than or equal to ${bounds.most}`;
  throw new AwsError(
    "ValidationError",
    `1 validation error detected: Value '${text}' at '${camel(name)}' failed to satisfy constraint: Member must have value ${bound}`,
  );
}

export const flag = (
  parameters: Parameters,
  name: string,
  otherwise = false,
): boolean => (parameters.get(name) ?? String(otherwise)) === "true";

/** `Name.member.1`, `Name.member.2`, … */
export function list(parameters: Parameters, name: string): readonly string[] {
  const values: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = parameters.get(`${name}.member.${index}`);
    if (value === undefined) return values;
    values.push(value);
  }
}

/** `Tags.member.1.Key` and `.Value`. */
export function tagList(
  parameters: Parameters,
  name = "Tags",
): { key: string; value: string }[] {
  const tags: { key: string; value: string }[] = [];
  for (let index = 1; ; index += 1) {
    const key = parameters.get(`${name}.member.${index}.Key`);
    if (key === undefined) return tags;
    const value = parameters.get(`${name}.member.${index}.Value`) ?? "";
    tags.push({ key, value });
  }
}

const camel = (name: string): string =>
  name.charAt(0).toLowerCase() + name.slice(1);
