import type { DocumentKind } from "./document-kind";
import type { Faults } from "./faults";

/** Source: AWS documentation, "Amazon Resource Names (ARNs)"; AWS SDKs' partitions.json. */
const partitions: ReadonlySet<string> = new Set([
  "aws",
  "aws-cn",
  "aws-eusc",
  "aws-iso",
  "aws-iso-b",
  "aws-iso-e",
  "aws-iso-f",
  "aws-us-gov",
]);

/** A wildcard or a variable may stand for anything. */
const isOpen = (text: string): boolean => /[*?$]/.test(text);

/** What is wrong with the partition of an ARN; undefined: nothing that shows. */
export const faultInPartition = (arn: string): string | undefined => {
  const [, partition = ""] = arn.split(":");
  return isOpen(partition) || partitions.has(partition)
    ? undefined
    : `an ARN of one of the partitions ${[...partitions].join(", ")}`;
};

/**
 * What IAM refuses: "Resource … must be in ARN format or "*"", 'Partition "…" is not valid', "IAM
 * resource … cannot contain region information".
 *
 * Source: AWS documentation, "AWS JSON policy elements: Resource"; "Access Analyzer policy check
 * reference", Invalid ARN prefix, Invalid partition, ARN Region not allowed.
 */
export function checkResources(
  values: readonly string[],
  where: string,
  kind: DocumentKind,
  faults: Faults,
): void {
  for (const value of values) {
    const fault = faultIn(value, kind);
    if (fault !== undefined) faults.add(where, value, fault);
  }
}

function faultIn(value: string, kind: DocumentKind): string | undefined {
  if (!value.startsWith("arn:")) {
    const isRefused = kind === "identity" && !isOpen(value.slice(0, 1));
    return isRefused ? 'an ARN or "*"' : undefined;
  }
  const [, , service, region = ""] = value.split(":");
  return service === "iam" && region !== "" && !isOpen(region)
    ? "an ARN without a region: IAM has none"
    : faultInPartition(value);
}
