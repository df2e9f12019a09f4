import { iamArn, type AccountId, type Partition } from "../partition";
import {
  policyDocument,
  type ResourcePolicy,
  type ResourceStatement,
} from "./policy-document";

/** One region of one account: the alarm's topic and rules are known before they are made. */
export interface AccountRegion {
  readonly partition: Partition;
  readonly accountId: AccountId;
  readonly region: string;
}

export const alarmTopic = "break-glass";
export const alarmKeyAlias = "alias/break-glass";
/** Every rule of the alarm begins with it, so that policies name them all, whichever there are. */
const rulePrefix = "break-glass-";
export const roleTakenRule = `${rulePrefix}role-taken`;
export const rootUsedRule = `${rulePrefix}root-used`;
/** On the alarm's key, so that a policy can name it among other keys. */
export const alarmKeyTag = { key: "alarm", value: "break-glass" } as const;

const eventBridge = { Service: ["events.amazonaws.com"] };

export const topicArn = ({
  partition,
  accountId,
  region,
}: AccountRegion): string =>
  `arn:${partition}:sns:${region}:${accountId}:${alarmTopic}`;

export const ruleArn = (
  { partition, accountId, region }: AccountRegion,
  rule: string,
): string => `arn:${partition}:events:${region}:${accountId}:rule/${rule}`;

/** The alarm's resources in an account, whatever the region. */
export function alarmResourceArns(partition: Partition, accountId: AccountId) {
  const at = { partition, accountId, region: "*" };
  const topic = topicArn(at);
  const kms = (resource: string) =>
    `arn:${partition}:kms:*:${accountId}:${resource}`;
  return {
    rules: [ruleArn(at, `${rulePrefix}*`)],
    // A subscription's ARN is the topic's, with an id behind it.
    topic: [topic, `${topic}:*`],
    alias: [kms(alarmKeyAlias)],
    /** All of the account: those of the alarm are told by their tag. */
    keys: [kms("key/*")],
  };
}

/**
 * EventBridge publishes for the alarm's rules, nobody over plain HTTP. It takes the place of
 * SNS's own policy; identities of the account keep what their own policies give them.
 *
 * Source: AWS documentation, "Using resource-based policies for Amazon EventBridge", Amazon SNS
 * permissions; "Amazon SNS security best practices", enforce encryption of data in transit.
 */
export const topicPolicy = (at: AccountRegion): ResourcePolicy =>
  policyDocument<ResourceStatement>(
    {
      Sid: "EventBridgePublishes",
      Effect: "Allow",
      Principal: eventBridge,
      Action: ["sns:Publish"],
      Resource: [topicArn(at)],
      Condition: {
        StringEquals: { "aws:SourceAccount": at.accountId },
        ArnLike: {
          "aws:SourceArn": [ruleArn(at, `${rulePrefix}*`)],
        },
      },
    },
    {
      Sid: "NothingWithoutTls",
      Effect: "Deny",
      Principal: "*",
      Action: ["sns:Publish", "sns:Subscribe"],
      Resource: [topicArn(at)],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  );

/**
 * The account's administrators keep the key; EventBridge encrypts with it, for the alarm's topic
 * alone. `aws:SourceArn` is not asked for: AWS does not say that SNS hands it on to KMS, and an
 * alarm that fails for it fails without a word.
 *
 * Source: AWS documentation, "Enable compatibility between event sources from AWS services and
 * encrypted topics"; "Default key policy"; for the encryption context, "Key management" of SNS.
 */
export const keyPolicy = (at: AccountRegion): ResourcePolicy =>
  policyDocument<ResourceStatement>(
    {
      Sid: "AccountAdministersKey",
      Effect: "Allow",
      Principal: { AWS: [iamArn(at.partition, at.accountId, "root")] },
      Action: ["kms:*"],
      Resource: ["*"],
    },
    {
      Sid: "EventBridgeEncrypts",
      Effect: "Allow",
      Principal: eventBridge,
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: ["*"],
      Condition: {
        StringEquals: {
          "kms:EncryptionContext:aws:sns:topicArn": topicArn(at),
        },
      },
    },
  );
