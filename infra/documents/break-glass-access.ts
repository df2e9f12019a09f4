import { iamArn, type AccountId, type Partition } from "../partition";
import {
  policyDocument,
  type ResourcePolicy,
  type ResourceStatement,
} from "./policy-document";

/** Every name of an alarm begins with it, so that policies name all of them, whichever there are. */
const prefix = "break-glass";

/** What alarms are called. An account that is bastion and workload account at once has both. */
export const alarmNames = {
  workload: prefix,
  bastion: `${prefix}-bastion`,
} as const;

export type AlarmName = (typeof alarmNames)[keyof typeof alarmNames];

/** One alarm in one region of one account: its topic and rules are known before they are made. */
export interface AlarmPlace {
  readonly partition: Partition;
  readonly accountId: AccountId;
  readonly region: string;
  readonly alarm: AlarmName;
}

export const keyAlias = (alarm: AlarmName): string => `alias/${alarm}`;

/** The name of a rule, as `break-glass-role-taken`. */
export const ruleName = (alarm: AlarmName, tells: string): string =>
  `${alarm}-${tells}`;
/** What the names of all rules begin with. */
export const rulePrefix = `${prefix}-`;
/** On the alarm's key, so that a policy can name it among other keys. */
export const alarmKeyTag = { key: "alarm", value: "break-glass" } as const;

const eventBridge = { Service: ["events.amazonaws.com"] };

export const topicArn = ({
  partition,
  accountId,
  region,
  alarm,
}: AlarmPlace): string =>
  `arn:${partition}:sns:${region}:${accountId}:${alarm}`;

export const ruleArn = (
  { partition, accountId, region }: Omit<AlarmPlace, "alarm">,
  rule: string,
): string => `arn:${partition}:events:${region}:${accountId}:rule/${rule}`;

/** The resources of an account's alarms, whatever the region. */
export function alarmResourceArns(partition: Partition, accountId: AccountId) {
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:*:${accountId}:${resource}`;
  return {
    rules: [arn("events", `rule/${rulePrefix}*`)],
    /** The bus that AWS puts its events on: with a key of its own, that key decides over the rules. */
    bus: [arn("events", "event-bus/default")],
    // A subscription's ARN is the topic's, with an id behind it.
    topic: [arn("sns", `${prefix}*`)],
    alias: [arn("kms", `alias/${prefix}*`)],
    /** All of the account: those of the alarm are told by their tag. */
    keys: [arn("kms", "key/*")],
  };
}

/**
 * EventBridge publishes for the alarm's rules, nobody over plain HTTP. It takes the place of
 * SNS's own policy; identities of the account keep what their own policies give them.
 *
 * Source: AWS documentation, "Using resource-based policies for Amazon EventBridge", Amazon SNS
 * permissions; "Amazon SNS security best practices", enforce encryption of data in transit.
 */
export const topicPolicy = (at: AlarmPlace): ResourcePolicy =>
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
export const keyPolicy = (at: AlarmPlace): ResourcePolicy =>
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
