import type { ReceivedRequest } from "../request";
import { addressedService } from "./addressed";
import type { Claim } from "./claim";
import { signatureError } from "./faults";
import { writeDate } from "./date";

/** As `eu-central-1`, `us-gov-west-1`. */
const regionName = /^[a-z]{2,4}(-[a-z]+){1,3}-\d{1,2}$/;

/**
 * What the credential is scoped to must be what the request is. Every region goes, since the sandbox
 * is the address of each.
 *
 * @throws AwsError that names all that is not.
 */
export function checkScope(request: ReceivedRequest, claim: Claim): void {
  const { scope, signedHeaders, signedAt, service, place } = claim;
  if (!signedHeaders.includes("host")) {
    throw signatureError(
      service,
      "mismatch",
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
  const addressed = addressedService(request) ?? service;
  const written = writeDate(signedAt);
  const day = written.slice(0, 8);
  const wrong = [
    ...(regionName.test(scope.region)
      ? []
      : [
          `Credential should be scoped to a valid region, not '${scope.region}'. `,
        ]),
    ...(scope.service === addressed
      ? []
      : [`Credential should be scoped to correct service: '${addressed}'. `]),
    ...(scope.terminator === "aws4_request"
      ? []
      : [
          `Credential should be scoped with a valid terminator: 'aws4_request', not '${scope.terminator}'. `,
        ]),
    ...(scope.date === day
      ? []
      : [
          `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${day}', from '${written}'. `,
        ]),
  ];
  if (wrong.length === 0) return;
  const message = wrong.join("").trim();
  const s3Fault = place === "query" ? "incomplete query" : "incomplete";
  throw signatureError(
    addressed,
    addressed === "s3" ? s3Fault : "mismatch",
    message,
  );
}
