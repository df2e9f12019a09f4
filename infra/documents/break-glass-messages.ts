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
