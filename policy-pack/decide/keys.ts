/** Global keys that hold several values; the others hold one. */
const severalValues = new Set([
  "aws:calledvia",
  "aws:principalorgpaths",
  "aws:principalservicenameslist",
  "aws:resourceorgpaths",
  "aws:sourceorgpaths",
  "aws:tagkeys",
]);

const otherSingle = new Set([
  "sts:externalid",
  "sts:rolesessionname",
  "sts:sourceidentity",
  "iam:passedtoservice",
  "iam:permissionsboundary",
  "iam:policyarn",
  "iam:awsservicename",
]);

/**
 * Whether a request holds at most one value of the key, so that ForAnyValue and ForAllValues see
 * the same one. Of keys that are not known here a request may hold several.
 *
 * Source: AWS documentation, "AWS global condition context keys"; the keys of IAM and STS in the
 * service authorization reference.
 */
export const isSingleValued = (key: string): boolean =>
  (key.startsWith("aws:") && !severalValues.has(key)) || otherSingle.has(key);
