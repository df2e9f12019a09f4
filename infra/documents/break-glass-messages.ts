/** What the mail says: text, with the places in the event that fill it. */
export interface AlarmMessage {
  readonly text: string;
  readonly paths: Record<string, string>;
}

const always = {
  event: "$.detail.eventName",
  time: "$.detail.eventTime",
  ip: "$.detail.sourceIPAddress",
  region: "$.detail.awsRegion",
  id: "$.detail.eventID",
};

const whereAndWhen =
  "<event> at <time> in <region>, from <ip>. CloudTrail event <id>.";

/** Labelled, since a call and a role switch fill different places, and EventBridge leaves out the rest. */
export const roleTakenMessage = (
  name: string,
  accountId: string,
): AlarmMessage => ({
  text: `Account ${name} (${accountId}): a break-glass role was taken. Role: <role>. Session: <session>. Identity: <identity>. ${whereAndWhen}`,
  paths: {
    ...always,
    role: "$.detail.requestParameters.roleArn",
    session: "$.detail.requestParameters.roleSessionName",
    identity: "$.detail.userIdentity.arn",
  },
});

export const rootUsedMessage = (
  name: string,
  accountId: string,
): AlarmMessage => ({
  text: `Account ${name} (${accountId}): root was used. ${whereAndWhen}`,
  paths: always,
});

const who = {
  identity: "$.detail.userIdentity.arn",
  error: "$.detail.errorCode",
  asked: "$.detail.requestParameters",
};

const whoDidWhat = "By: <identity>. Asked for: <asked>. Refused with: <error>.";

export const signInWithoutMfaMessage = (
  name: string,
  accountId: string,
): AlarmMessage => ({
  text: `Account ${name} (${accountId}): a sign-in without MFA. User: <identity>. On a first day it is expected; later it means that the user's device was taken away. ${whereAndWhen}`,
  paths: { ...always, identity: who.identity },
});

/** Words about a change, as `IAM was changed`; what was asked for is in it as JSON. */
const changeMessage =
  (what: string) =>
  (name: string, accountId: string): AlarmMessage => ({
    text: `Account ${name} (${accountId}): ${what}. ${whoDidWhat} ${whereAndWhen}`,
    paths: { ...always, ...who },
  });

export const iamChangedMessage = changeMessage(
  "IAM was changed, and not by a deployment",
);
export const lockOutMessage = changeMessage(
  "somebody who can take a break-glass role loses a way in",
);
export const tamperedMessage = changeMessage(
  "somebody changes what guards the account",
);
