import { pageAfter } from "../paging";
import { AwsError } from "../errors";
import type { Call } from "../operation";
import type { Fields } from "../service-models/fields";

/** Source: AWS Organizations API reference. */
const largestPage = 20;

/** The part of a list that the caller asked for, in the field that AWS gives it; in the order of ids. */
export function page(
  call: Call,
  field: string,
  items: readonly Fields[],
): Fields {
  const { items: found, next } = pageAfter(
    call,
    {
      token: call.parameters.get("NextToken"),
      size: call.parameters.number("MaxResults", largestPage),
      invalid: () =>
        new AwsError(
          "InvalidInput",
          "You provided an invalid value: NextToken.",
        ),
    },
    items.map(
      (item) => [String(item["Id"] ?? item["TargetId"]), item] as const,
    ),
  );
  return { [field]: found, ...(next === undefined ? {} : { NextToken: next }) };
}
