import { validationError } from "../errors";
import type { Call, Result, ResultValue } from "../operation";
import { pageAfter, type Keyed } from "../paging";

/** The part of a list that the caller asked for: `Marker` and `MaxItems` in, and out again. */
export function pageOf<T>(
  call: Call,
  all: readonly Keyed<T>[],
): { readonly items: readonly T[]; readonly trailer: Result } {
  const wanted = {
    token: call.parameters.get("Marker"),
    size: call.parameters.number("MaxItems", 100),
    invalid: () => validationError("Invalid Marker."),
  };
  const { items, next } = pageAfter(call, wanted, all);
  // The trailer is what follows the list.
  return { items, trailer: { IsTruncated: next !== undefined, Marker: next } };
}

/** The page of a list as an answer, in the field that AWS gives it. */
export function listPage(
  call: Call,
  field: string,
  all: readonly Keyed<ResultValue>[],
): Result {
  const { items, trailer } = pageOf(call, all);
  return { [field]: items, ...trailer };
}
