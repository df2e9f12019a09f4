/**
 * Events as EventBridge delivers them from CloudTrail, in the shapes of AWS's documentation: "AWS
 * service events delivered via AWS CloudTrail", "Logging IAM and AWS STS API calls", "AWS
 * Management Console sign-in events".
 */

const account = "033333333333";

export interface DeliveredEvent {
  readonly source: string;
  readonly "detail-type": string;
  readonly detail: Readonly<Record<string, unknown>>;
}

const delivered = (
  source: string,
  detailType: string,
  detail: Readonly<Record<string, unknown>>,
): DeliveredEvent & Readonly<Record<string, unknown>> => ({
  version: "0",
  id: "6f87d04b-9f74-4f04-a780-7acf4b0a9b38",
  "detail-type": detailType,
  source,
  account,
  time: "2026-11-21T08:00:00Z",
  region: "us-east-1",
  resources: [],
  detail: {
    eventVersion: "1.11",
    eventTime: "2026-11-21T08:00:00Z",
    awsRegion: "us-east-1",
    sourceIPAddress: "198.51.100.7",
    userAgent: "aws-cli/2.31.0",
    eventID: "40b4d219-0448-436f-9420-cdd3dc654b44",
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: "Management",
    ...detail,
  },
});

const apiCall = "AWS API Call via CloudTrail";
const signIn = "AWS Console Sign In via CloudTrail";

/** A user of the bastion takes a role: what the workload account's trail says. */
export const roleTaken = (role: string, more: object = {}): DeliveredEvent =>
  delivered("aws.sts", apiCall, {
    userIdentity: {
      type: "AWSAccount",
      principalId: "AIDAJ45Q7YFFAREXAMPLE",
      accountId: "111111111111",
    },
    eventSource: "sts.amazonaws.com",
    eventName: "AssumeRole",
    eventType: "AwsApiCall",
    readOnly: true,
    requestParameters: {
      roleArn: `arn:aws:iam::${account}:role/${role}`,
      roleSessionName: "ada",
      durationSeconds: 3600,
    },
    responseElements: {
      credentials: { accessKeyId: "ASIAIOSFODNN7EXAMPLE" },
      assumedRoleUser: {
        arn: `arn:aws:sts::${account}:assumed-role/${role}/ada`,
      },
    },
    ...more,
  });

/** The same in the console. */
export const roleSwitched = (role: string): DeliveredEvent =>
  delivered("aws.signin", signIn, {
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAJBP4A5WSXVNY72RLE:ada",
      arn: `arn:aws:sts::${account}:assumed-role/${role}/ada`,
      accountId: account,
    },
    eventSource: "signin.amazonaws.com",
    eventName: "SwitchRole",
    eventType: "AwsConsoleSignIn",
    requestParameters: null,
    responseElements: { SwitchRole: "Success" },
    additionalEventData: {
      SwitchFrom: "arn:aws:iam::111111111111:user/ada",
      RedirectTo: "https://console.aws.amazon.com/console/home",
    },
  });

const root = {
  type: "Root",
  principalId: account,
  arn: `arn:aws:iam::${account}:root`,
  accountId: account,
};

export const rootSignedIn = (result: "Success" | "Failure"): DeliveredEvent =>
  delivered("aws.signin", signIn, {
    userIdentity: { ...root, accessKeyId: "" },
    eventSource: "signin.amazonaws.com",
    eventName: "ConsoleLogin",
    eventType: "AwsConsoleSignIn",
    requestParameters: null,
    responseElements: { ConsoleLogin: result },
    additionalEventData: { MFAUsed: "Yes", MobileVersion: "No" },
    ...(result === "Failure" ? { errorMessage: "Failed authentication" } : {}),
  });

export const rootCalled = (
  eventName: string,
  more: object = {},
  identity: object = {},
): DeliveredEvent =>
  delivered("aws.iam", apiCall, {
    userIdentity: { ...root, accessKeyId: "AKIAEXAMPLE", ...identity },
    eventSource: "iam.amazonaws.com",
    eventName,
    eventType: "AwsApiCall",
    ...more,
  });

export const rootRecoversPassword = (): DeliveredEvent =>
  delivered("aws.signin", "AWS Console Action via CloudTrail", {
    userIdentity: root,
    eventSource: "signin.amazonaws.com",
    eventName: "PasswordRecoveryRequested",
    eventType: "AwsConsoleSignIn",
    responseElements: { PasswordRecoveryRequested: "Success" },
  });

export const userSignedIn = (): DeliveredEvent =>
  delivered("aws.signin", signIn, {
    userIdentity: {
      type: "IAMUser",
      arn: `arn:aws:iam::${account}:user/root`,
      userName: "root",
    },
    eventSource: "signin.amazonaws.com",
    eventName: "ConsoleLogin",
    eventType: "AwsConsoleSignIn",
    responseElements: { ConsoleLogin: "Success" },
  });
