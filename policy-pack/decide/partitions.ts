import type { Document } from "./document";
import { oncePer } from "./once-per";
import { templateText } from "./text/template";
import { matches, withWildcards } from "./text/pattern";

/** Source: AWS documentation, "Amazon Resource Names (ARNs)". */
const otherPartitions = ["aws-cn", "aws-us-gov"];

/** Partitions other than `aws` that the start of an ARN has a pattern for; the one that it names. */
export function partitionsMeant(arn: string): readonly string[] {
  const [start, partition = ""] = arn.split(":", 2);
  if (start !== "arn" || !/^aws[a-z*?-]*$/.test(partition)) return [];
  if (!/[*?]/.test(partition)) return [partition];
  const pattern = withWildcards(partition);
  return otherPartitions.filter((one) => matches(pattern, one));
}

/** Those that a document's resources and conditions mean, where they mean some and not all. */
export const partitionsNamed = oncePer(
  ({ statements }: Document): readonly string[] =>
    statements
      .flatMap(({ resources, conditions }) => [
        ...(resources?.values ?? []),
        ...conditions.flatMap(({ values }) => values),
      ])
      .map(templateText)
      .filter((text) => !text.startsWith(anywhere))
      .flatMap(partitionsMeant),
);

/** What holds in `aws` holds in the others: it tells nothing. */
const anywhere = "arn:aws*:";
