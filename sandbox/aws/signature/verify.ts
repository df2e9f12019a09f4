import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { ReceivedRequest } from "../request";
import type { Claim, Scope } from "./claim";
import { signatureError } from "./faults";
import { checkScope } from "./scope";
import { writeDate } from "./date";
import { checkTime } from "./time";
import { refuseUnsignedHeaders } from "./unsigned-headers";

/** What can be found wrong before the key is looked at. */
export function checkClaim(request: ReceivedRequest, claim: Claim): void {
  checkTime(claim, new Date());
  checkScope(request, claim);
  refuseUnsignedHeaders(request, claim);
}

/**
 * Signs the request again with the secret that it should have been signed with.
 *
 * @throws AwsError when the signature differs, or the body is not the signed one.
 */
export function verifySignature(
  request: ReceivedRequest,
  claim: Claim,
  secret: string,
): void {
  const { scope, service, signature, signedAt } = claim;
  const payload = payloadOf(request, claim);
  const expected = hmac(
    signingKey(secret, scope),
    [
      "AWS4-HMAC-SHA256",
      writeDate(signedAt),
      [scope.date, scope.region, scope.service, scope.terminator].join("/"),
      sha256(canonicalRequest(request, claim, payload)),
    ].join("\n"),
  );
  const given = Buffer.from(signature, "hex");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw signatureError(service, "mismatch");
  }
  if (payload !== unsignedPayload && payload !== sha256(request.body)) {
    throw signatureError(service, "mismatch");
  }
}

const unsignedPayload = "UNSIGNED-PAYLOAD";

/**
 * Of S3, a client may send the body's hash: then the signature covers that, and the hash the body, or
 * nothing does (`UNSIGNED-PAYLOAD`), as in what is presigned. Every other service hashes what it got.
 *
 * Source: Amazon S3 API Reference, "Signature Calculations for the Authorization Header".
 */
function payloadOf({ headers, url, body }: ReceivedRequest, claim: Claim) {
  if (claim.service !== "s3") return sha256(body);
  const isPresigned = claim.place === "query";
  const claimed = isPresigned
    ? url.searchParams.get("X-Amz-Content-Sha256")
    : headers["x-amz-content-sha256"];
  if (typeof claimed === "string") return claimed;
  return isPresigned ? unsignedPayload : sha256(body);
}

/** Source: IAM User Guide, "Create a signed AWS API request". */
function canonicalRequest(
  { method, url, headerValues }: ReceivedRequest,
  { service, signedHeaders }: Claim,
  payload: string,
): string {
  const lines = signedHeaders.map((name) => {
    const values = (headerValues[name] ?? []).map((value) =>
      value.trim().replace(/\s+/g, " "),
    );
    return `${name}:${values.join(",")}\n`;
  });
  return [
    method,
    // Every service but S3 has what is encoded already encoded once more.
    service === "s3" ? url.pathname : encodedPath(url.pathname),
    canonicalQuery(url),
    lines.join(""),
    signedHeaders.join(";"),
    payload,
  ].join("\n");
}

function encodedPath(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "");
  const end = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.map(encode).join("/")}${end}`;
}

/** In the order of the names and then of the values, both as they are encoded. */
const canonicalQuery = (url: URL): string =>
  [...url.searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map((pair) => pair.join("="))
    .join("&");

const compare = (a: string, b: string): number =>
  a === b ? 0 : a < b ? -1 : 1;

/** All but letters, digits and `-._~`. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const signingKey = (
  secret: string,
  { date, region, service, terminator }: Scope,
): Buffer =>
  [date, region, service, terminator].reduce<Buffer>(
    hmac,
    Buffer.from(`AWS4${secret}`),
  );

const hmac = (key: Buffer, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest();

const sha256 = (text: string): string =>
  createHash("sha256").update(text).digest("hex");
