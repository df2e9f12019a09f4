import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { sendSigned, type Credentials } from "../../../sandbox/signed-request";
import { policyText, type Conversation } from "./iam/conversation";

export type Statement = Readonly<Record<string, unknown>>;

/** What a service answered: `ok`, or the error's code. */
export interface ServiceAnswer {
  readonly code: string;
  readonly text: string;
}

/** The code of a request that may not be made, which SNS has a word of its own for. */
export const denial =
  /^(AccessDenied|AccessDeniedException|AuthorizationError)$/;

const targets = {
  events: "AWSEvents",
  kms: "TrentService",
} as const;

type JsonName = keyof typeof targets;

const answerOf = (ok: boolean, text: string): ServiceAnswer => {
  const found =
    /<Code>([^<]*)/.exec(text)?.[1] ?? /"__type":"([^"]*)"/.exec(text)?.[1];
  return { code: ok ? "ok" : (found ?? text), text };
};

/** Asks EventBridge or KMS; where no region is named, of us-east-1. */
export async function askJson(
  { aws }: Pick<Conversation, "aws">,
  credentials: Credentials,
  service: JsonName,
  action: string,
  fields: Statement = {},
  region = "us-east-1",
): Promise<ServiceAnswer> {
  const { ok, text } = await sendSigned(aws.endpoint, credentials, {
    service,
    region,
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `${targets[service]}.${action}`,
    },
    body: JSON.stringify(fields),
  });
  return answerOf(ok, text);
}

/** Asks SNS, with a form's fields. */
export async function askSns(
  { aws }: Pick<Conversation, "aws">,
  credentials: Credentials,
  Action: string,
  fields: Readonly<Record<string, string>> = {},
  region = "us-east-1",
): Promise<ServiceAnswer> {
  const { ok, text } = await sendSigned(aws.endpoint, credentials, {
    service: "sns",
    region,
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      Action,
      Version: "2010-03-31",
      ...fields,
    }).toString(),
  });
  return answerOf(ok, text);
}

/** A user with these statements, and an access key. */
export async function userUnder(
  { iam }: Pick<Conversation, "iam">,
  UserName: string,
  ...statements: readonly Statement[]
): Promise<Credentials> {
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(
    new PutUserPolicyCommand({
      UserName,
      PolicyName: "own",
      PolicyDocument: policyText(...statements),
    }),
  );
  const { AccessKey } = await iam.send(
    new CreateAccessKeyCommand({ UserName }),
  );
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  };
}
