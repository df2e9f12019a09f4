import type { ManagedPolicy } from "../model";
import { AwsError, type Call, type Operation } from "../operation";
import { resourceTags } from "./condition-keys";
import { policyAt } from "./entities";
import { policyArnIn, policyOf } from "./policy-lookup";

/** An action on the managed policy that the request names. */
export const onPolicy = (action: string, run: Operation["run"]): Operation => ({
  action: `iam:${action}`,
  resource: (call) => policyArnIn(call),
  context: policyKeys,
  run,
});

/** What IAM tells a policy about the managed policy that a request names. */
export const policyKeys = (call: Call): Record<string, string | string[]> =>
  resourceTags(
    policyAt(call, call.parameters.get("PolicyArn") ?? "")?.tags ?? [],
  );

/** @throws AwsError AccessDenied for one of AWS's, which nobody may change. */
export function ownPolicyOf(call: Call): ManagedPolicy {
  const policy = policyOf(call);
  if (call.account.policies.has(policy.arn)) return policy;
  throw new AwsError(
    "AccessDenied",
    `Policy ${policy.arn} is AWS's own: it can't be changed.`,
    403,
  );
}
