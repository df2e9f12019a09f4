import type { Parameters } from "../parameters";
import { validationError } from "../errors";

/**
 * The path of what is made or moved, `/` where none is given. Source: AWS documentation,
 * "IAM identifiers".
 *
 * @throws AwsError ValidationError.
 */
export function pathIn(
  parameters: Parameters,
  name = "Path",
  otherwise = "/",
): string {
  const value = parameters.get(name) ?? otherwise;
  // Stricter than the model: no part of a path is a wildcard, which policies would take for one.
  if (!value.includes("*")) return value;
  throw validationError(
    "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
  );
}

/** Those below the `PathPrefix` of the request. */
export function underPrefix<T extends { readonly path: string }>(
  parameters: Parameters,
  all: Iterable<T>,
): readonly T[] {
  const prefix = parameters.get("PathPrefix") ?? "/";
  return [...all].filter((one) => one.path.startsWith(prefix));
}
