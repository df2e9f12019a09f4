import type { Kind } from "../operator";
import { parseDate } from "./date";
import { parseBlock } from "./ip";
import { parseNumber } from "./number";

/**
 * The first of a condition's values that is none of its operator's kind, with the kind. AWS does not say
 * what a request makes of one, as of `3.6e4`, and does not refuse it. Source: AWS documentation, "IAM
 * Access Analyzer policy check reference", type mismatch of Boolean, date, IP range, number.
 */
export function unreadableAmong(
  { family }: Kind,
  values: readonly string[],
): { readonly value: string; readonly is: string } | undefined {
  const reading = readings.get(family);
  if (reading === undefined) return undefined;
  const value = values.find((one) => !reading.reads(one));
  return value === undefined ? undefined : { value, is: reading.is };
}

const truths: readonly string[] = ["true", "false"];
const isTruth = (text: string) => truths.includes(text.toLowerCase());

const isReadBy =
  (parse: (text: string) => unknown) =>
  (text: string): boolean =>
    parse(text) !== undefined;

const readings: ReadonlyMap<
  Kind["family"],
  { readonly is: string; readonly reads: (text: string) => boolean }
> = new Map([
  ["bool", { is: "neither true nor false", reads: isTruth }],
  ["null", { is: "neither true nor false", reads: isTruth }],
  ["number", { is: "no number", reads: isReadBy(parseNumber) }],
  ["date", { is: "no date", reads: isReadBy(parseDate) }],
  ["ip", { is: "no range of addresses", reads: isReadBy(parseBlock) }],
]);
