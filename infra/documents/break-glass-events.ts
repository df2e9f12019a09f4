import { iamArn, type AccountId, type Partition } from "../partition";

/** An event pattern: what an event has to look like, field by field. */
export type EventPattern = Readonly<Record<string, unknown>>;

const apiCall = "AWS API Call via CloudTrail";
const signIn = "AWS Console Sign In via CloudTrail";
const consoleAction = "AWS Console Action via CloudTrail";

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
  "detail-type": [apiCall, signIn, consoleAction],
  detail: {
    userIdentity: { type: ["Root"], invokedBy: [{ exists: false }] },
    eventType: [{ "anything-but": ["AwsServiceEvent"] }],
  },
});
