import { regionOf } from "./arn";
import { AwsError } from "./errors";
import type { Call } from "./operation";

type Refusal = (arn: string, region: string) => AwsError;

const invalid: Refusal = (arn, region) =>
  new AwsError(
    "Validation",
    `${arn} is in ${regionOf(arn)}, and the request is for ${region}`,
  );

/** What a service calls an ARN of another region; every other has `invalid`. */
const refusals: Readonly<Record<string, Refusal>> = {
  kms: (arn) => new AwsError("NotFound", `Invalid arn ${regionOf(arn)}`),
  sns: () => new AwsError("InvalidParameter", "Invalid parameter: TopicArn"),
};

/**
 * Refuses what is in another region than the one that the request is signed for: each region's endpoint
 * knows its own. Else `aws:RequestedRegion` would guard nothing, since the request chooses its region.
 *
 * @throws AwsError in the words of the action's service.
 */
export function refuseOtherRegion(
  { region }: Call,
  action: string,
  arn: string,
): void {
  if (["", region].includes(regionOf(arn))) return;
  const [service = ""] = action.split(":");
  throw (refusals[service] ?? invalid)(arn, region);
}
