import { iamArn, type AccountId, type Partition } from "../partition";
import { rulePrefix, topicArn, type AlarmPlace } from "./break-glass-access";

/** An event pattern: what an event has to look like, field by field. */
export type EventPattern = Readonly<Record<string, unknown>>;

const apiCall = "AWS API Call via CloudTrail";
const signIn = "AWS Console Sign In via CloudTrail";
const consoleAction = "AWS Console Action via CloudTrail";

/** Whoever may put events on the bus can't put such: AWS keeps the prefix for its own. */
const ofAws = [{ prefix: "aws." }];

/**
 * One of the roles was taken: by a call of STS, or by the console's role switch, which tells the
 * new session instead of the role. Refused attempts are left out.
 *
 * Source: AWS documentation, "Logging IAM and AWS STS API calls with AWS CloudTrail"; "Amazon
 * EventBridge event patterns", $or and exists.
 */
export function roleTakenPattern(
  partition: Partition,
  accountId: AccountId,
  roles: readonly string[],
): EventPattern {
  return {
    source: ["aws.sts", "aws.signin"],
    "detail-type": [apiCall, signIn],
    detail: {
      errorCode: [{ exists: false }],
      $or: [
        {
          eventSource: ["sts.amazonaws.com"],
          // The trust lets in the first alone; after a change of it, the others count as well.
          eventName: [
            "AssumeRole",
            "AssumeRoleWithSAML",
            "AssumeRoleWithWebIdentity",
          ],
          requestParameters: {
            roleArn: roles.map((role) =>
              iamArn(partition, accountId, `role/${role}`),
            ),
          },
        },
        {
          eventSource: ["signin.amazonaws.com"],
          eventName: ["SwitchRole"],
          userIdentity: {
            arn: roles.map((role) => ({
              prefix: `arn:${partition}:sts::${accountId}:assumed-role/${role}/`,
            })),
          },
        },
      ],
    },
  };
}

/**
 * The root user did anything: signed in, tried to, recovered the password, called an API. What a
 * service does in root's name (`invokedBy`) is not root's doing.
 *
 * Source: CIS AWS Foundations Benchmark v3.0.0, 4.3, "Ensure usage of the 'root' account is monitored".
 */
export const rootUsedPattern = (): EventPattern => ({
  source: ofAws,
  "detail-type": [apiCall, signIn, consoleAction],
  detail: {
    userIdentity: { type: ["Root"], invokedBy: [{ exists: false }] },
    eventType: [{ "anything-but": ["AwsServiceEvent"] }],
  },
});

/**
 * One of the roles was taken in any account, by a call of STS that a user of this one made: such a call
 * is an event here as well, out of reach of whoever has just become the other account's administrator.
 *
 * Source: AWS documentation, "Logging IAM and AWS STS API calls with AWS CloudTrail", cross-account.
 */
export const roleTakenAnywherePattern = (
  roles: readonly string[],
): EventPattern => ({
  source: ["aws.sts"],
  "detail-type": [apiCall],
  detail: {
    errorCode: [{ exists: false }],
    eventSource: ["sts.amazonaws.com"],
    eventName: ["AssumeRole"],
    requestParameters: {
      roleArn: roles.map((role) => ({ suffix: `:role/${role}` })),
    },
  },
});

/**
 * A user signed in to the console without MFA. AWS asks everybody for it who has a device, so it is
 * somebody's first day, or somebody's device was taken away: the event does not tell which.
 *
 * Source: AWS documentation, "AWS Management Console sign-in events", MFAUsed.
 */
export const signInWithoutMfaPattern = (): EventPattern => ({
  source: ["aws.signin"],
  "detail-type": [signIn],
  detail: {
    eventName: ["ConsoleLogin"],
    userIdentity: { type: ["IAMUser"] },
    responseElements: { ConsoleLogin: ["Success"] },
    additionalEventData: { MFAUsed: ["No"] },
  },
});

/** Anybody but a session of these roles: a user, root, another role. */
const notBy = (roleArns: readonly string[]) => ({
  $or: [
    { type: [{ "anything-but": ["AssumedRole"] }] },
    {
      sessionContext: {
        sessionIssuer: { arn: [{ "anything-but": roleArns }] },
      },
    },
  ],
});

/** IAM was changed, or somebody tried to, by another than these roles. */
export const iamChangedPattern = (
  deployers: readonly string[],
): EventPattern => ({
  source: ["aws.iam"],
  "detail-type": [apiCall],
  detail: { readOnly: [false], userIdentity: notBy(deployers) },
});

/**
 * One of those who can take a break-glass role loses a way in. A deployment's doing counts, too: a
 * mistake in the config locks out as well as an attacker does.
 */
export const lockOutPattern = (
  administrators: readonly string[],
): EventPattern => ({
  source: ["aws.iam"],
  "detail-type": [apiCall],
  detail: {
    errorCode: [{ exists: false }],
    eventName: [
      ...["DeleteUser", "DeleteLoginProfile", "DeactivateMFADevice"],
      ...["RemoveUserFromGroup", "PutUserPermissionsBoundary"],
      ...["PutUserPolicy", "AttachUserPolicy"],
    ],
    requestParameters: { userName: namedOrAny(administrators) },
  },
});

/** In the place of the key's ARN, which AWS makes up when it makes the key. */
export const keyOfTheAlarm = "<key of the alarm>";

/**
 * Somebody changes what guards the account, or tries to: the alarm itself, a role that people take,
 * or a trail. Who does it is asked of everybody but those who deploy.
 *
 * Source: AWS documentation, "Logging AWS KMS API calls with AWS CloudTrail", resources; "Amazon
 * EventBridge event patterns", matching in arrays.
 */
export const tamperedPattern = (
  at: AlarmPlace,
  roles: readonly string[],
  deployers: readonly string[],
): EventPattern => ({
  source: ofAws,
  "detail-type": [apiCall],
  detail: {
    readOnly: [false],
    userIdentity: notBy(deployers),
    $or: [
      {
        eventSource: ["events.amazonaws.com"],
        requestParameters: anyOf(["name", "rule"], [{ prefix: rulePrefix }]),
      },
      // A key of somebody's own, on the bus, could be taken from under the rules.
      {
        eventSource: ["events.amazonaws.com"],
        eventName: ["UpdateEventBus"],
      },
      {
        eventSource: ["sns.amazonaws.com"],
        requestParameters: anyOf(
          ["topicArn", "subscriptionArn"],
          [{ prefix: topicArn(at) }],
        ),
      },
      {
        eventSource: ["kms.amazonaws.com"],
        resources: { ARN: [keyOfTheAlarm] },
      },
      // Where nobody takes a role, each change of IAM is told anyway.
      ...(roles.length === 0
        ? []
        : [
            {
              eventSource: ["iam.amazonaws.com"],
              requestParameters: { roleName: namedOrAny(roles) },
            },
          ]),
      {
        eventSource: ["cloudtrail.amazonaws.com"],
        eventName: [
          ...["StopLogging", "DeleteTrail", "UpdateTrail"],
          "PutEventSelectors",
        ],
      },
    ],
  },
});

const anyOf = (names: readonly string[], wanted: readonly unknown[]) => ({
  $or: names.map((name) => ({ [name]: wanted })),
});

/** Source: "Amazon EventBridge quotas". */
export const patternCharacters = 2_048;
/** Characters that names may take of a pattern. */
export const namesInPatterns = 900;
/** By which the ARN of the alarm's key may be longer than what stands in its place. */
export const roomForKey = 80;

/** More names than a pattern has room for: then whoever it is. */
const namedOrAny = (names: readonly string[]): readonly unknown[] =>
  JSON.stringify(names).length > namesInPatterns ? [{ exists: true }] : names;
