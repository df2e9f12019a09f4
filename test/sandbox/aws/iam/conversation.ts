import { strict as assert } from "node:assert";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import type { SandboxAws } from "../../../../sandbox/aws";
import type { ClientCredentials } from "../../../../sandbox/tour/people";
import {
  administratorOf,
  bastionId,
  iamOf,
  startTwoAccounts,
} from "../clients";

export { administratorOf, bastionId, devId } from "../clients";

export const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";

/** An empty account, its administrator's client, and AWS behind it. */
export interface Conversation {
  readonly aws: SandboxAws;
  readonly iam: IAMClient;
}

/** Starts an empty organisation of two accounts. */
export async function converse(): Promise<Conversation> {
  const aws = await startTwoAccounts();
  return { aws, iam: await administratorOf(aws, bastionId) };
}

/** A conversation that begins anew before each test of the group that asks for it. */
export function conversationForEach(): Conversation & {
  /** Sends as the administrator of the conversation that is on when it is called. */
  readonly send: IAMClient["send"];
} {
  const conversation = {} as Conversation;
  beforeEach(async () => {
    Object.assign(conversation, await converse());
  });
  afterEach(() => conversation.aws.close());
  const send = ((command: never) =>
    conversation.iam.send(command)) as IAMClient["send"];
  return Object.assign(conversation, { send });
}

/** Asserts AWS's error code, and that the message says the rest. */
export async function refused(
  answer: Promise<unknown>,
  code: string,
  message: RegExp | string = "",
): Promise<void> {
  await assert.rejects(answer, (error: unknown) => {
    assert(error instanceof Error);
    const told = `${error.name}: ${error.message}`;
    assert.equal(error.name.replace(/Exception$/, ""), code, told);
    if (message instanceof RegExp) assert.match(error.message, message);
    else assert(error.message.includes(message), told);
    return true;
  });
}

export const policyText = (
  ...statements: readonly Readonly<Record<string, unknown>>[]
): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });

export const allow = (
  Action: string,
  Resource = "*",
): Readonly<Record<string, unknown>> => ({ Effect: "Allow", Action, Resource });

/** A document of exactly so many characters, white space left out. */
export function documentOfSize(size: number): string {
  const empty = policyText(allow("s3:GetObject", "arn:aws:s3:::"));
  return policyText(
    allow("s3:GetObject", `arn:aws:s3:::${"a".repeat(size - empty.length)}`),
  );
}

export const trustText = (
  principal: string | readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): string =>
  policyText({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { AWS: principal },
    ...more,
  });

/** A new user's access key. */
export async function newUserKey(
  { iam }: Conversation,
  UserName: string,
): Promise<ClientCredentials> {
  await iam.send(new CreateUserCommand({ UserName }));
  const { AccessKey } = await iam.send(
    new CreateAccessKeyCommand({ UserName }),
  );
  assert(AccessKey?.AccessKeyId && AccessKey.SecretAccessKey);
  return {
    accessKeyId: AccessKey.AccessKeyId,
    secretAccessKey: AccessKey.SecretAccessKey,
  };
}

/** A user with an access key, and a client that signs with it. */
export const userWithKey = async (
  conversation: Conversation,
  UserName: string,
): Promise<IAMClient> =>
  iamOf(conversation.aws, await newUserKey(conversation, UserName));

/** The document that AWS sends URL-encoded. */
export const decoded = (document: string | undefined): unknown =>
  JSON.parse(decodeURIComponent(document ?? ""));
