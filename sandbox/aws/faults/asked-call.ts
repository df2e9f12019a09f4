import { formOf, type ReceivedRequest } from "../request";
import { restRequest } from "../service-models/rest-request";
import {
  serviceModel,
  type ServiceName,
} from "../service-models/service-model";

/** A call as faults are decided by it: before it is read, and whatever becomes of it. */
export interface AskedCall {
  /** As in a policy: `iam`. */
  readonly service: string;
  /** As in the API: `CreateRole`. */
  readonly action: string;
  /** Whose account the caller is of; "" where nobody signed. */
  readonly accountId: string;
  /** The caller's access key; "" where nobody signed. */
  readonly accessKeyId: string;
  /** Whether it may change something; taking a role changes nothing. */
  readonly isChange: boolean;
  /** The same for a call that is tried again. */
  readonly identity: string;
}

/** Services whose requests name their operation by method and path. */
const restServices: readonly ServiceName[] = ["s3", "access-analyzer"];

/** New with every try, or with every run. */
const volatile = /^(RoleSessionName|TokenCode|WebIdentityToken|Policy)$/;

const reads = /^(Get|List|Describe|Head|Simulate|Generate|Test)/;

export function askedCall(
  service: string,
  request: ReceivedRequest,
  caller: Pick<AskedCall, "accountId" | "accessKeyId">,
): AskedCall {
  const action = actionOf(service, request);
  const parameters = [...formOf(request)]
    .filter(([name]) => !volatile.test(name))
    .map(([name, value]) => `${name}=${value}`);
  const { method, url, body } = request;
  const what = action === formOf(request).get("Action") ? parameters : [body];
  return {
    service,
    action,
    ...caller,
    isChange: service !== "sts" && !reads.test(action),
    identity: [
      caller.accountId,
      service,
      method,
      url.pathname,
      action,
      ...what,
    ].join("\n"),
  };
}

function actionOf(service: string, request: ReceivedRequest): string {
  const target = request.headers["x-amz-target"];
  if (target !== undefined) return String(target).split(".").at(-1) ?? "";
  const rest = restServices.find((name) => name === service);
  return rest === undefined
    ? (formOf(request).get("Action") ?? "")
    : (restRequest(serviceModel(rest), request)?.operation ?? "");
}
