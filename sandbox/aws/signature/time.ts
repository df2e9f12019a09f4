import { signatureError } from "./faults";
import type { Claim } from "./claim";
import { writeDate } from "./date";

/**
 * Minutes that a client's clock may be off. Services that are not named keep to what AWS documents
 * for most: a request must arrive within five minutes ("Elements of an AWS API request signature").
 * Those that are named have told their clients so, or have it in their lists of common errors.
 */
const minutes: ReadonlyMap<string, number> = new Map([
  ["dynamodb", 15],
  ["ec2", 15],
  ["iam", 15],
  ["s3", 15],
  ["sns", 15],
  ["sts", 15],
]);

/** Seven days. */
const longestExpiry = 604_800;

/**
 * By real time, as clients sign and as the answer's `Date` header says, however far a test has put the
 * sandbox's clock forward.
 *
 * @throws AwsError when the request was signed too long ago, or in the future.
 */
export function checkTime(claim: Claim, now: Date): void {
  const expires = expiryOf(claim);
  if (claim.service === "s3" && expires !== undefined) {
    checkPresignedS3(claim, now, expires);
    return;
  }
  const { service, signedAt } = claim;
  const allowed = minutes.get(service) ?? 5;
  const off = now.getTime() - signedAt.getTime();
  if (Math.abs(off) <= allowed * 60_000) return;
  if (service === "ec2") throw signatureError(service, "untimely");
  if (service === "s3") {
    throw signatureError(service, "untimely", undefined, {
      RequestTime: writeDate(signedAt),
      ServerTime: second(now),
      MaxAllowedSkewMilliseconds: String(allowed * 60_000),
    });
  }
  throw signatureError(service, "untimely", skewMessage(claim, now, allowed));
}

function skewMessage({ signedAt }: Claim, now: Date, allowed: number): string {
  const shifted = (by: number) =>
    writeDate(new Date(now.getTime() + by * 60_000));
  const [signed, here] = [writeDate(signedAt), writeDate(now)];
  return signedAt < now
    ? `Signature expired: ${signed} is now earlier than ${shifted(-allowed)} (${here} - ${allowed} min.)`
    : `Signature not yet current: ${signed} is still later than ${shifted(allowed)} (${here} + ${allowed} min.)`;
}

/** Seconds that a presigned request asks to be valid; STS and others do not look at it further. */
function expiryOf({ expires, service }: Claim): number | undefined {
  if (expires === undefined) return undefined;
  const seconds = Number(expires);
  const wrong = !Number.isInteger(seconds)
    ? "X-Amz-Expires should be a number"
    : seconds < 0
      ? "X-Amz-Expires must be non-negative"
      : seconds > longestExpiry
        ? `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${longestExpiry} seconds`
        : undefined;
  if (wrong === undefined) return seconds;
  throw signatureError(service, "incomplete query", wrong);
}

function checkPresignedS3(
  { service, signedAt }: Claim,
  now: Date,
  expires: number,
): void {
  const ends = new Date(signedAt.getTime() + expires * 1_000);
  if (signedAt.getTime() - now.getTime() > 15 * 60_000) {
    throw signatureError(service, "unsigned", "Request is not valid yet");
  }
  if (now <= ends) return;
  throw signatureError(service, "unsigned", "Request has expired", {
    "X-Amz-Expires": String(expires),
    Expires: second(ends),
    ServerTime: second(now),
  });
}

const second = (date: Date): string =>
  date.toISOString().replace(/\.\d+Z$/, "Z");
