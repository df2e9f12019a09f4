import { pageAfter } from "../paging";
import type { Parameters } from "../parameters";
import type { Fields } from "../service-models/fields";

/** Source: AWS Organizations API reference. */
const largestPage = 20;

/** The part of a list that the caller asked for, in the field that AWS gives it; in the order of ids. */
export function page(
  parameters: Parameters,
  field: string,
  items: readonly Fields[],
): Fields {
  const { items: found, next } = pageAfter(
    parameters.get("NextToken"),
    parameters.number("MaxResults", largestPage),
    items.map(
      (item) => [String(item["Id"] ?? item["TargetId"]), item] as const,
    ),
  );
  return { [field]: found, ...(next === undefined ? {} : { NextToken: next }) };
}
