import type { ManagedPolicy } from "../model";
import type { Call } from "../operation";
import type { Parameters } from "../parameters";
import { on } from "./actions";
import { policyAt, type Usage } from "./entities";
import { accessDenied, AwsError, invalidInput } from "../errors";

const policyArn =
  /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/(?:[!-~]+\/)?[\w+=,.@-]+$/;

/** The ARN in `PolicyArn`, or where else a request names a policy. */
export function policyArnIn(
  { parameters }: Call,
  parameter = "PolicyArn",
): string {
  const arn = parameters.required(parameter);
  if (policyArn.test(arn) && !arn.includes("*")) return arn;
  throw invalidInput(`ARN ${arn} is not valid.`);
}

export const usageIn = (parameters: Parameters): Usage =>
  (parameters.get("PolicyUsageFilter") ?? "") as Usage;

const isAwsOwn = (arn: string): boolean => arn.includes(":iam::aws:policy/");

/** AWS may have published one since. */
const notCarried = (arn: string): string =>
  isAwsOwn(arn)
    ? " The sandbox has AWS's managed policies of one day: see sandbox/aws/iam/aws-managed/README.md to bring newer ones."
    : "";

/** Those that AWS wrote for its services' own roles are for nobody else. */
export const isAttachable = ({ arn, path }: ManagedPolicy): boolean =>
  !(isAwsOwn(arn) && path === "/aws-service-role/");

const missing = (message: string, arn: string): AwsError =>
  new AwsError("NoSuchEntity", `${message}${notCarried(arn)}`);

/** The managed policy that `PolicyArn` names, the account's own or AWS's. */
function policyOf(call: Call): ManagedPolicy {
  const arn = policyArnIn(call);
  const policy = policyAt(call, arn);
  if (policy) return policy;
  throw missing(`Policy ${arn} was not found.`, arn);
}

/** @throws AwsError AccessDenied for one of AWS's, which nobody may change. */
function ownPolicyOf(call: Call): ManagedPolicy {
  const policy = policyOf(call);
  if (call.account.policies.has(policy.arn)) return policy;
  throw accessDenied(`Policy ${policy.arn} is AWS's own: it can't be changed.`);
}

const onPolicyFoundBy = (find: (call: Call) => ManagedPolicy) =>
  on((call) => policyArnIn(call), find);

/** Actions on the managed policy that the request names. */
export const onPolicy = onPolicyFoundBy(policyOf);

/** Actions that change one of the account's own. */
export const changingPolicy = onPolicyFoundBy(ownPolicyOf);

/** @throws AwsError NoSuchEntity, PolicyNotAttachable. */
export function attachablePolicy(call: Call, arn: string): ManagedPolicy {
  const policy = policyAt(call, arn);
  if (policy && isAttachable(policy)) return policy;
  if (policy) {
    throw new AwsError(
      "PolicyNotAttachable",
      "Cannot attach a Service Role Policy to a Customer Role.",
    );
  }
  throw missing(`Policy ${arn} does not exist or is not attachable.`, arn);
}

/** The boundary that a request sets, as a field of the identity; nothing where it sets none. */
export function boundaryIn(
  call: Call,
  need: "optional" | "required" = "optional",
): { readonly permissionsBoundary?: string } {
  const given = call.parameters.has("PermissionsBoundary");
  if (!given && need === "optional") return {};
  const arn = policyArnIn(call, "PermissionsBoundary");
  const policy = policyAt(call, arn);
  if (policy && isAttachable(policy)) return { permissionsBoundary: arn };
  throw missing(`Scope ARN: ${arn} does not exist or is not attachable.`, arn);
}
