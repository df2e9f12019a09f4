import type { ReceivedRequest } from "../request";

/** By what stands before the dot in `X-Amz-Target`. */
const byTarget: ReadonlyMap<string, string> = new Map([
  ["DynamoDB_20120810", "dynamodb"],
  ["AWSEvents", "events"],
  ["TrentService", "kms"],
]);

/** By the `Version` of the query protocol. */
const byVersion: ReadonlyMap<string, string> = new Map([
  ["2010-05-08", "iam"],
  ["2011-06-15", "sts"],
  ["2010-03-31", "sns"],
  ["2016-11-15", "ec2"],
]);

/**
 * The service that a request is meant for by its content, as with AWS by its host: there is one
 * address for all of them here. Where the content does not say, it is the one it is signed for.
 */
export function addressedService(request: ReceivedRequest): string | undefined {
  const target = String(request.headers["x-amz-target"] ?? "").split(".")[0];
  const version =
    request.url.searchParams.get("Version") ??
    new URLSearchParams(request.body).get("Version");
  return (
    byTarget.get(target ?? "") ??
    byVersion.get(version ?? "") ??
    signedService(request)
  );
}

/** The service in the credential's scope: enough to answer in its protocol. */
function signedService({ headers, url }: ReceivedRequest): string | undefined {
  const credential =
    /Credential=([^,\s]+)/.exec(headers.authorization ?? "")?.[1] ??
    url.searchParams.get("X-Amz-Credential");
  return credential?.split("/")[3];
}
