import { AwsError } from "../errors";
import type { ReceivedRequest } from "../request";
import { queryRefusal } from "../xml";
import { jsonRefusal } from "./json";
import type { Service } from "./service";

/** Of the services that name their operation in the address alone, those that answer in XML. */
const xmlServices = ["cloudfront", "route53"];

/** JSON where the request is of a service that speaks it, so that a client can read the refusal. */
function speaksJson(name: string, { headers, url, body }: ReceivedRequest) {
  if (headers["x-amz-target"] !== undefined) return true;
  const isQuery = [url.search, body].some((form) =>
    new URLSearchParams(form).has("Action"),
  );
  return !isQuery && !xmlServices.includes(name);
}

/** A service that AWS has and the sandbox lacks; `there` are those that it has. */
export const absentService = (
  name: string,
  there: readonly string[],
  request: ReceivedRequest,
): Pick<Service, "respond" | "refuse"> => ({
  respond: () =>
    Promise.reject(
      new AwsError(
        "NotImplemented",
        `The sandbox, not AWS, lacks the service ${name}: it has ${there.join(", ")}`,
      ),
    ),
  refuse: (error) =>
    speaksJson(name, request) ? jsonRefusal(error) : queryRefusal("sts", error),
});
