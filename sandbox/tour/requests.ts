import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import type { SandboxAws } from "../aws";
import type { ClientCredentials } from "./people";

interface Request {
  readonly service: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * A signed request to a service whose whole SDK would be a heavy dependency for one call.
 *
 * @throws Error named by AWS's error code.
 */
async function send(
  { endpoint }: SandboxAws,
  credentials: ClientCredentials,
  { service, method, headers, body }: Request,
): Promise<void> {
  const url = new URL(endpoint);
  const signer = new SignatureV4({
    service,
    region: "us-east-1",
    sha256: Sha256,
    credentials,
  });
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: "/",
    headers: { ...headers, host: url.host },
    ...(body === undefined ? {} : { body }),
  });
  const response = await fetch(url, {
    method,
    headers: signed.headers,
    ...(body === undefined ? {} : { body }),
  });
  if (response.ok) return;
  const answer = await response.text();
  const code = /<Code>(\w+)<|"__type":"(\w+)"/.exec(answer);
  const error = new Error(answer);
  error.name = code?.[1] ?? code?.[2] ?? `HTTP ${response.status}`;
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
): Promise<void> =>
  send(aws, credentials, {
    service: "dynamodb",
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.CreateTable",
    },
    body: JSON.stringify({ TableName: "made-on-tour" }),
  });
