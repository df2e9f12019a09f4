import type { Document } from "./document";
import { literal, not, resourceKey, type Literal } from "./literal";
import { namedArns } from "./permissions";

/**
 * Nobody but its service changes a service-linked role, or one that Identity Center makes of a
 * permission set. Source: AWS IAM API reference, "PutRolePolicy", UnmodifiableEntity; AWS documentation,
 * "Create a service-linked role"; AWS re:Post, "How do I resolve the IAM error 'Cannot perform the
 * operation on the protected role AWSReservedSSO'?".
 */
const paths = ["/aws-service-role/", "/aws-reserved/sso.amazonaws.com/"];

/**
 * No role of a service is asked about, where the documents name their paths: a pattern that does not takes
 * others as well. Nor is one whose path has such a one behind a colon, where the `*` of
 * `arn:aws:iam::*:role/aws-service-role/…` would reach.
 */
export const unlessOfService = (
  documents: readonly Document[],
  type: string,
): readonly Literal[] => {
  if (type !== "role") return [];
  const named = namedArns(documents);
  return paths
    .filter((path) => named.some((arn) => arn.includes(path)))
    .map((path) => not(literal("StringLike", resourceKey, `*:role${path}*`)));
};
