import type { Document } from "./document";
import { oncePer } from "./once-per";

/** Global keys that hold several values; the others hold one. */
const severalValues = new Set([
  "aws:calledvia",
  "aws:principalorgpaths",
  "aws:principalservicenameslist",
  "aws:resourceorgpaths",
  "aws:sourceorgpaths",
  "aws:tagkeys",
  "aws:vpceorgpaths",
]);

/** Source: AWS documentation, "IAM policy elements: Variables and tags": no variable stands for it. */
export const holdsSeveral = (key: string): boolean => severalValues.has(key);

/** Keys that the conditions of a document ask for, each once. */
export const keysIn = oncePer(({ statements }: Document): readonly string[] => [
  ...new Set(
    statements.flatMap(({ conditions }) => conditions.map(({ key }) => key)),
  ),
]);

/**
 * Keys that a request has both, or neither. Source: AWS documentation, "AWS global condition context
 * keys", the availability of each.
 */
export const organisationKeys: readonly (readonly [string, string])[] = [
  ["aws:principalorgid", "aws:principalorgpaths"],
  ["aws:resourceorgid", "aws:resourceorgpaths"],
  ["aws:sourceorgid", "aws:sourceorgpaths"],
  ["aws:vpceorgid", "aws:vpceorgpaths"],
];

const otherSingle = new Set([
  "sts:externalid",
  "sts:rolesessionname",
  "sts:sourceidentity",
  "iam:passedtoservice",
  "iam:permissionsboundary",
  "iam:policyarn",
  "iam:awsservicename",
]);

/** Keys whose values AWS makes, always of one kind: an address, a time, a number. */
const measured = new Set([
  "aws:sourceip",
  "aws:vpcsourceip",
  "aws:currenttime",
  "aws:epochtime",
  "aws:tokenissuetime",
  "aws:multifactorauthage",
]);

/** Whether the key holds whole numbers alone. */
export const isWhole = (key: string): boolean =>
  key === "aws:multifactorauthage";

/** Whether the key never holds what can't be read as an address, a time or a number. */
export const isMeasured = (key: string): boolean => measured.has(key);

/**
 * Whether a request holds at most one value of the key, so that ForAnyValue and ForAllValues see
 * the same one. Of keys that are not known here a request may hold several.
 *
 * Source: AWS documentation, "AWS global condition context keys"; the keys of IAM and STS in the
 * service authorization reference.
 */
export const isSingleValued = (key: string): boolean =>
  (key.startsWith("aws:") && !severalValues.has(key)) || otherSingle.has(key);

const accounts = new Set([
  "aws:principalaccount",
  "aws:resourceaccount",
  "aws:sourceaccount",
  "kms:calleraccount",
  "aws:sourceowner",
]);

/** Whether the key holds the id of an account. */
export const isAccount = (key: string): boolean => accounts.has(key);
