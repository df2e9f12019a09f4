import type { Parameters } from "../parameters";
import { validationError } from "../errors";

const path = /^\/(?:[!-~]{1,510}\/)?$/;

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
  if (path.test(value) && !value.includes("*")) return value;
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
  if (!/^\/[!-~]*$/.test(prefix)) {
    throw validationError(
      "The specified value for pathPrefix is invalid. It must begin with / and contain only alphanumeric characters and/or / characters.",
    );
  }
  return [...all].filter((one) => one.path.startsWith(prefix));
}
