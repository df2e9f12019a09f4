import type { Segment } from "./text/text-test";

const small = "abcdefghijklmnopqrstuvwxyz";
const capital = small.toUpperCase();
export const digits = "0123456789";

/** Source: AWS documentation, "IAM and AWS STS quotas": names of IAM's. */
const inNames = `${small}${capital}${digits}_+=,.@-`;

/** What stands in a path, or any other text of IAM's. */
export const printable = Array.from({ length: 94 }, (_, index) =>
  String.fromCharCode(33 + index),
).join("");

const segment = (chars: string, least: number, most: number): Segment => ({
  chars,
  least,
  most,
});

export const accountId = segment(digits, 12, 12);
/** Stand in examples for what may be anything: no finding shows them as if they were real. */
export const anyName = "any-name";
export const anyAccountId = "999999999999";
/** As the ARN of a bucket has none. */
export const accountIdOrNone = segment(digits, 0, 12);
/** Of a user or a role. */
export const name = segment(inNames, 1, 64);
/** Of a group, a policy, an instance profile. */
export const longName = segment(inNames, 1, 128);
export const path = segment(printable, 1, 512);
/** Of whom GetFederationToken was called for. */
export const federatedName = segment(inNames, 2, 32);
export const sessionName = segment(inNames, 2, 64);
export const uniqueId = segment(capital + digits, 12, 124);
/** Of a service, as actions and ARNs have it. */
export const serviceName = segment(`${small}${digits}-`, 1, 32);
export const actionName = segment(small + capital + digits, 1, 64);
export const region = segment(`${small}${digits}-`, 0, 32);

/**
 * Keys whose values are of one format. Sources: AWS STS API reference, "AssumeRole"; AWS
 * Organizations API reference, "Organization".
 */
const formats: ReadonlyMap<string, Segment> = new Map([
  ["sts:rolesessionname", sessionName],
  ["sts:sourceidentity", sessionName],
  ["aws:sourceidentity", sessionName],
  ["sts:externalid", segment(`${inNames}:/`, 2, 1224)],
  ["aws:resourceaccount", accountId],
  ["aws:sourceaccount", accountId],
  ["aws:requestedregion", { ...region, least: 1 }],
]);

/** undefined: whatever text. */
export const formatOf = (key: string): Segment | undefined => formats.get(key);
