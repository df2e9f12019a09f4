import { accessDenied } from "../errors";
import type { ManagedPolicy } from "../model";
import type { Call } from "../operation";
import { on } from "./actions";
import { resourceTags } from "./condition-keys";
import { policyAt } from "./entities";
import { policyArnIn, policyOf } from "./policy-lookup";

/** Actions on the managed policy that the request names. */
export const onPolicy = on(
  (call) => policyArnIn(call),
  (call) =>
    resourceTags(
      policyAt(call, call.parameters.get("PolicyArn") ?? "")?.tags ?? [],
    ),
);

/** @throws AwsError AccessDenied for one of AWS's, which nobody may change. */
export function ownPolicyOf(call: Call): ManagedPolicy {
  const policy = policyOf(call);
  if (call.account.policies.has(policy.arn)) return policy;
  throw accessDenied(`Policy ${policy.arn} is AWS's own: it can't be changed.`);
}
