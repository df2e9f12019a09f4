/**
 * The AWS partitions that this program knows: each has its own ARNs, sign-in hosts and home region.
 *
 * Sources: AWS documentation, "Amazon Resource Names (ARNs)"; "AWS GovCloud (US) Endpoints";
 * "Sign in to the AWS Management Console as an IAM user"; "Switch from a user to an IAM role
 * (console)".
 */
export const partitions = ["aws", "aws-us-gov", "aws-cn"] as const;

export type Partition = (typeof partitions)[number];

/** Twelve digits; a string, since an id may begin with 0. */
export type AccountId = string;

export const accountIdPattern = /^\d{12}$/;

/** The partition that a region is of, by its name; undefined: one that this program does not know. */
export function partitionOfRegion(region: string): Partition | undefined {
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("cn-")) return "aws-cn";
  return /^[a-z]{2}-iso/.test(region) ? undefined : "aws";
}

interface Console {
  /** Where people sign in and switch roles; an IAM user's address has the account before it. */
  readonly signInHost: string;
  readonly homeRegion: string;
}

const consoles: Readonly<Record<Partition, Console>> = {
  aws: {
    signInHost: "signin.aws.amazon.com",
    homeRegion: "us-east-1",
  },
  "aws-us-gov": {
    signInHost: "signin.amazonaws-us-gov.com",
    homeRegion: "us-gov-west-1",
  },
  "aws-cn": {
    signInHost: "signin.amazonaws.cn",
    homeRegion: "cn-north-1",
  },
};

/** The region in which the partition keeps IAM: where a provider goes when config names none. */
export const homeRegion = (partition: Partition): string =>
  consoles[partition].homeRegion;

/** An ARN of IAM, e.g. `iamArn("aws", "111111111111", "role/ReadOnly")`. */
export const iamArn = (
  partition: Partition,
  accountId: AccountId,
  resource: string,
): string => `arn:${partition}:iam::${accountId}:${resource}`;

/** The ARN of a policy that AWS manages, e.g. `job-function/ViewOnlyAccess`. */
export const awsManagedPolicyArn = (
  partition: Partition,
  name: string,
): string => iamArn(partition, "aws", `policy/${name}`);

/** Where the account's IAM users sign in to the console. */
export const signInUrl = (
  partition: Partition,
  accountIdOrAlias: string,
): string =>
  `https://${accountIdOrAlias}.${consoles[partition].signInHost}/console`;

/** A link that takes a signed-in user into a role; the console then shows the names of both. */
export function switchRoleUrl(
  partition: Partition,
  account: { readonly name: string; readonly id: AccountId },
  role: string,
): string {
  const query = [
    `account=${account.id}`,
    `roleName=${encodeURIComponent(role)}`,
    `displayName=${encodeURIComponent(`${account.name} ${role}`)}`,
  ].join("&");
  return `https://${consoles[partition].signInHost}/switchrole?${query}`;
}
