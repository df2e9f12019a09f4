import { AwsError, type Parameters, type Result } from "../operation";
import { wholeNumber } from "../parameters";

export interface Page<T> {
  readonly items: readonly T[];
  /** The fields that follow the list in the answer. */
  readonly trailer: Result;
}

/** The part of a list that the caller asked for: `Marker` and `MaxItems` in, and out again. */
export function pageOf<T>(
  parameters: Parameters,
  all: readonly T[],
  defaultSize = 100,
): Page<T> {
  const size = wholeNumber(
    parameters,
    "MaxItems",
    { least: 1, most: 1_000 },
    defaultSize,
  );
  const start = startOf(parameters.get("Marker"));
  const next = start + size;
  const truncated = next < all.length;
  return {
    items: all.slice(start, next),
    trailer: {
      IsTruncated: truncated,
      Marker: truncated
        ? Buffer.from(`from:${next}`).toString("base64")
        : undefined,
    },
  };
}

function startOf(marker: string | undefined): number {
  if (marker === undefined || marker === "") return 0;
  const [, start] =
    /^from:(\d+)$/.exec(Buffer.from(marker, "base64").toString()) ?? [];
  if (start === undefined) {
    throw new AwsError("ValidationError", "Invalid Marker.");
  }
  return Number(start);
}
