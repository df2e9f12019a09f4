import { createHash, timingSafeEqual } from "node:crypto";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { AwsError } from "./errors";
import type { ReceivedRequest } from "./request";

/** What the `Authorization` header says, before any of it is believed. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly signedAt: Date;
  readonly token: string | undefined;
}

export interface SigningSecret {
  readonly secret: string;
  readonly token?: string;
}

/** Milliseconds that a client's clock may be off. */
const skew = 15 * 60_000;

const form =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/;

/** @throws AwsError when the header is missing or is not of the form of Signature Version 4. */
export function readAuthorization(request: ReceivedRequest): Authorization {
  const header = request.headers.authorization;
  if (header === undefined) {
    throw new AwsError(
      "MissingAuthenticationToken",
      "Request is missing Authentication Token",
    );
  }
  const [, accessKeyId, , region, service, signedHeaders, signature] =
    form.exec(header) ?? [];
  if (!accessKeyId || !region || !service || !signedHeaders || !signature) {
    throw new AwsError(
      "IncompleteSignature",
      "Authorization header is not of the form AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…",
    );
  }
  return {
    accessKeyId,
    region,
    service,
    signedHeaders: signedHeaders.split(";"),
    signature,
    signedAt: parseDate(single(request.headers["x-amz-date"]) ?? ""),
    token: single(request.headers["x-amz-security-token"]),
  };
}

/**
 * Signs the request again with the secret that it should have been signed with.
 *
 * @throws AwsError when the signature differs, is too old, or the body is not the signed one.
 */
export async function verifySignature(
  request: ReceivedRequest,
  authorization: Authorization,
  secret: SigningSecret,
): Promise<void> {
  if (Math.abs(Date.now() - authorization.signedAt.getTime()) > skew) {
    throw new AwsError(
      "SignatureDoesNotMatch",
      "Signature expired: the request was signed more than 15 minutes ago, or in the future",
    );
  }
  const expected = await sign(request, authorization, secret);
  const same = timingSafeEqual(
    Buffer.from(expected, "hex"),
    Buffer.from(authorization.signature, "hex"),
  );
  if (!same || !isSignedBody(request)) {
    throw new AwsError(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. " +
        "Check your AWS Secret Access Key and signing method.",
    );
  }
}

async function sign(
  request: ReceivedRequest,
  authorization: Authorization,
  { secret, token }: SigningSecret,
): Promise<string> {
  const { region, service, signedHeaders, signedAt } = authorization;
  const signer = new SignatureV4({
    service,
    region,
    sha256: Sha256,
    credentials: {
      accessKeyId: authorization.accessKeyId,
      secretAccessKey: secret,
      ...(token && { sessionToken: token }),
    },
    applyChecksum: false,
    uriEscapePath: service !== "s3",
  });
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: "http:",
      hostname: request.url.hostname,
      path: request.url.pathname,
      query: Object.fromEntries(request.url.searchParams),
      headers: Object.fromEntries(
        [...signedHeaders, "x-amz-content-sha256"].flatMap((name) => {
          const value = single(request.headers[name]);
          return value === undefined ? [] : [[name, value]];
        }),
      ),
      body: request.body,
    },
    {
      signingDate: signedAt,
      signableHeaders: new Set(signedHeaders),
      unsignableHeaders: new Set(
        ["x-amz-content-sha256", "x-amz-security-token"].filter(
          (name) => !signedHeaders.includes(name),
        ),
      ),
    },
  );
  return (signed.headers["authorization"] ?? "").slice(-64);
}

/** A client may send the body's hash; then the signature covers that, and the hash the body. */
function isSignedBody({ headers, body }: ReceivedRequest): boolean {
  const claimed = single(headers["x-amz-content-sha256"]);
  return (
    claimed === undefined ||
    claimed === "UNSIGNED-PAYLOAD" ||
    claimed === createHash("sha256").update(body).digest("hex")
  );
}

const single = (
  header: string | readonly string[] | undefined,
): string | undefined => (typeof header === "string" ? header : header?.[0]);

function parseDate(text: string): Date {
  const form = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
  const date = new Date(text.replace(form, "$1-$2-$3T$4:$5:$6Z"));
  if (form.test(text) && !Number.isNaN(date.getTime())) return date;
  throw new AwsError(
    "IncompleteSignature",
    "The request needs a header X-Amz-Date, as 20261121T120000Z",
  );
}
