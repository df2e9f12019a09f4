import { accountOf } from "../arn";
import { AwsError } from "../errors";
import type { StoredDocument, Tag } from "../model";
import type { Call, Result } from "../operation";
import { perAccount } from "../per-account";
import { isOfTopic } from "./topic-policies";

export interface Subscription {
  readonly arn: string;
  /** The account that asked for it, which may be another than the topic's. */
  readonly owner: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Whether its owner has followed the link in the first mail; nothing else is sent before. */
  isConfirmed: boolean;
}

export interface Topic {
  readonly arn: string;
  readonly attributes: Map<string, string>;
  policy: StoredDocument;
  tags: Tag[];
  readonly subscriptions: Map<string, Subscription>;
}

/** By ARN: a topic is one region's. */
export const topicsOf = perAccount(() => new Map<string, Topic>());

export const invalid = (message: string): AwsError =>
  new AwsError("InvalidParameter", `Invalid parameter: ${message}`);

export function found<T>(thing: T | undefined, what: string): T {
  if (thing !== undefined) return thing;
  throw new AwsError("NotFound", `${what} does not exist`);
}

/**
 * The topic of that ARN: of any account, where its policy may open the operation to others, and else
 * of the caller's own.
 */
export function topicAt(
  { account, cloud, operation = "" }: Call,
  arn: string,
): Topic | undefined {
  const owner = isOfTopic(operation)
    ? cloud.accounts.get(accountOf(arn))
    : account;
  return owner && topicsOf(owner).get(arn);
}

/** The topic that a request names. */
export const topicOf = (call: Call, member: string): Topic =>
  found(topicAt(call, call.parameters.required(member)), "Topic");

/** A subscription's ARN is that of its topic, with an id behind it. */
export const topicArnOf = (subscription: string): string =>
  subscription.split(":").slice(0, 6).join(":");

export const pairs = (
  values: Readonly<Record<string, string>>,
): readonly Result[] =>
  Object.entries(values)
    .filter(([, value]) => value !== "")
    .map(([key, value]) => ({ key, value }));
