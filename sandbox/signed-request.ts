import type { Credentials as StsCredentials } from "@aws-sdk/client-sts";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";

/** What signs requests. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Those that STS gives. */
export const credentialsOf = (
  given: StsCredentials | undefined,
): Credentials => ({
  accessKeyId: given?.AccessKeyId ?? "",
  secretAccessKey: given?.SecretAccessKey ?? "",
  sessionToken: given?.SessionToken ?? "",
});

export interface SignedRequest {
  readonly service: string;
  readonly region: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request that is signed as the service's SDK would: a package for a few calls is heavy. */
export async function sendSigned(
  endpoint: string,
  credentials: Credentials,
  { service, region, method, headers, body }: SignedRequest,
): Promise<{
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
}> {
  const { hostname, host, protocol } = new URL(endpoint);
  const content = body === undefined ? {} : { body };
  const signer = new SignatureV4({
    service,
    region,
    credentials,
    sha256: Sha256,
  });
  const signed = await signer.sign({
    method,
    protocol,
    hostname,
    path: "/",
    headers: { ...headers, host },
    ...content,
  });
  const response = await fetch(endpoint, {
    method,
    headers: signed.headers,
    ...content,
  });
  const { ok, status } = response;
  return { ok, status, text: await response.text() };
}
