import { AwsError } from "./errors";
import type { ReceivedRequest } from "./request";

/** The names of this machine, which no other address can be given. */
const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Lets no web page send what is not signed: a browser asks first before it sends JSON to another
 * origin, and gets no leave here; a page whose name was led to this machine shows in `Host`.
 *
 * @throws AwsError UnsupportedMediaType, AccessDenied.
 */
export function checkOrigin({ headers }: ReceivedRequest): void {
  const { host = "", origin } = headers;
  if (!loopback.test(host)) {
    throw new AwsError(
      "AccessDenied",
      `Host: expected 127.0.0.1 or localhost, found ${JSON.stringify(host)}`,
    );
  }
  if (origin !== undefined) {
    throw new AwsError(
      "AccessDenied",
      "Origin: web pages may not ask for this",
    );
  }
  const type = headers["content-type"]?.split(";", 1)[0]?.trim();
  if (type?.toLowerCase() !== "application/json") {
    throw new AwsError(
      "UnsupportedMediaType",
      `Content-Type: expected application/json, found ${JSON.stringify(type ?? "")}`,
    );
  }
}
