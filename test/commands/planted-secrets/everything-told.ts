import assert from "node:assert/strict";
import type { SandboxAws } from "../../../sandbox/aws";
import { confirmMails, readMails } from "../../../sandbox/aws/mail-client";
import type { Credentials } from "../../../sandbox/signed-request";
import { deploymentIn } from "../../../sandbox/tour/people";
import { askJson, askSns } from "../../sandbox/aws/service-calls";
import type { Planted, Told } from "./forms";

const address = "everything@example.org";

/** Has every event of an account's trail sent by mail, whole. */
export async function watchAccount(
  aws: SandboxAws,
  accountId: string,
): Promise<void> {
  const credentials = await deploymentIn(aws, accountId);
  const topic = `arn:aws:sns:us-east-1:${accountId}:everything`;
  const statement = {
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sns:Publish",
    Resource: topic,
  };
  await sns(aws, credentials, "CreateTopic", { Name: "everything" });
  await sns(aws, credentials, "SetTopicAttributes", {
    TopicArn: topic,
    AttributeName: "Policy",
    AttributeValue: JSON.stringify({
      Version: "2012-10-17",
      Statement: [statement],
    }),
  });
  await sns(aws, credentials, "Subscribe", {
    TopicArn: topic,
    Protocol: "email",
    Endpoint: address,
  });
  await events(aws, credentials, "PutRule", {
    Name: "everything",
    State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    EventPattern: JSON.stringify({
      source: ["aws.iam", "aws.signin", "aws.sts"],
    }),
  });
  await events(aws, credentials, "PutTargets", {
    Rule: "everything",
    Targets: [{ Id: "mail", Arn: topic }],
  });
  await confirmMails(aws.endpoint, address);
}

async function sns(
  aws: SandboxAws,
  credentials: Credentials,
  action: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const { code, text } = await askSns({ aws }, credentials, action, fields);
  assert.equal(code, "ok", text);
}

async function events(
  aws: SandboxAws,
  credentials: Credentials,
  action: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  const asked = await askJson({ aws }, credentials, "events", action, fields);
  assert.equal(asked.code, "ok", asked.text);
}

/** The mails that came, there and for those on call. */
export async function mails(
  aws: SandboxAws,
  onCall: string,
): Promise<readonly Told[]> {
  const received = [
    ...(await readMails(aws.endpoint, address)),
    ...(await readMails(aws.endpoint, onCall)),
  ];
  return received.map(({ subject, text }) => ({
    where: `a mail: ${subject}: ${text.slice(0, 60)}`,
    bytes: Buffer.from(text),
  }));
}

/** All that lets somebody in, in every account: of each session that there ever was, too. */
export const secretsIn = ({ cloud }: SandboxAws): readonly Planted[] => [
  ...[...cloud.sessions.values()].flatMap(({ secret, token }) => [
    { what: "a session's secret key", secret },
    { what: "a session's token", secret: token },
  ]),
  ...[...cloud.accounts.values()].flatMap(({ users, mfaDevices }) => [
    ...[...mfaDevices.values()].map(({ seed }) => ({
      what: "the seed of a device",
      secret: seed,
    })),
    ...[...users.values()].flatMap(({ name, accessKeys, loginProfile }) => [
      ...[...accessKeys.values()].map(({ secret }) => ({
        what: `a secret key of ${name}`,
        secret,
      })),
      ...(loginProfile === undefined
        ? []
        : [{ what: `the password of ${name}`, secret: loginProfile.password }]),
    ]),
  ]),
];
