import type { SandboxAws } from "../aws";
import { sendSigned, type SignedRequest } from "../signed-request";
import type { ClientCredentials } from "./people";

/** @throws Error named by AWS's error code. */
async function send(
  { endpoint }: SandboxAws,
  credentials: ClientCredentials,
  request: Omit<SignedRequest, "region">,
): Promise<void> {
  const { ok, status, text } = await sendSigned(endpoint, credentials, {
    ...request,
    region: "us-east-1",
  });
  if (ok) return;
  const code = /<Code>(\w+)<|"__type":"(\w+)"/.exec(text);
  const error = new Error(text);
  error.name = code?.[1] ?? code?.[2] ?? `HTTP ${status}`;
  throw error;
}

/** `aws s3 ls` */
export const listBuckets = (
  aws: SandboxAws,
  credentials: ClientCredentials,
): Promise<void> =>
  send(aws, credentials, { service: "s3", method: "GET", headers: {} });

/** `aws dynamodb create-table` */
export const createTable = (
  aws: SandboxAws,
  credentials: ClientCredentials,
  TableName: string,
): Promise<void> =>
  send(aws, credentials, {
    service: "dynamodb",
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.CreateTable",
    },
    body: JSON.stringify({ TableName }),
  });
