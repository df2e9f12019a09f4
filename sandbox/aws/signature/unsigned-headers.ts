import { AwsError } from "../errors";
import type { ReceivedRequest } from "../request";
import type { Claim } from "./claim";
import { signatureError } from "./faults";

/**
 * These two are held to what they should be by themselves. Of the token, AWS says that some services
 * take it unsigned; S3 takes the hash so, which is part of what is signed anyway.
 */
const held: readonly string[] = [
  "x-amz-security-token",
  "x-amz-content-sha256",
];

/**
 * Whoever gets hold of a signed request could make it another one by a header that the signature does not
 * cover, as `X-Amz-Target`. Source: IAM User Guide, "Create a signed AWS API request", of the canonical
 * headers. S3's refusal is as its users quote it; of the other services none is known, so that theirs has
 * the words that they have for an unsigned host.
 *
 * @throws AwsError for a header of AWS's own that is not signed.
 */
export function refuseUnsignedHeaders(
  { headers }: ReceivedRequest,
  { service, signedHeaders }: Claim,
): void {
  const unsigned = Object.keys(headers).filter(
    (name) =>
      name.startsWith("x-amz-") &&
      !held.includes(name) &&
      !signedHeaders.includes(name),
  );
  const [first] = unsigned;
  if (first === undefined) return;
  if (service === "s3") {
    throw new AwsError(
      "AccessDenied",
      "There were headers present in the request which were not signed",
      { details: { HeadersNotSigned: unsigned.join(", ") } },
    );
  }
  throw signatureError(
    service,
    "mismatch",
    `'${first}' must be a 'SignedHeader' in the AWS Authorization.`,
  );
}
