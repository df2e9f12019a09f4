import { AwsError, checkQuota, existing } from "../errors";
import type { Call, ContextKeys, Operations, Result } from "../operation";
import { changing, onIdentity } from "./actions";
import { requestedBoundary } from "./condition-keys";
import { policyAt, type IdentityKind } from "./entities";
import { listPage } from "./paging";
import { underPrefix } from "./paths";
import { attachablePolicy, boundaryIn, policyArnIn } from "./policy-lookup";
import { quotas } from "./quotas";

const policyKey = ({ parameters }: Call): ContextKeys => {
  const arn = parameters.get("PolicyArn");
  return arn === undefined ? {} : { "iam:PolicyARN": arn };
};

/** Managed policies on one kind of identity: attach, detach, list. */
export const attachmentOperations = (kind: IdentityKind): Operations => ({
  [`Attach${kind}Policy`]: changing(kind)(({ attachedPolicies }, call) => {
    const { arn } = attachablePolicy(call, policyArnIn(call));
    // AWS answers with nothing, whether or not the policy was attached before.
    if (attachedPolicies.has(arn)) return;
    const { size } = attachedPolicies;
    checkQuota(`PoliciesPer${kind}`, size, quotas.attachedPolicies);
    attachedPolicies.add(arn);
  }, policyKey),
  [`Detach${kind}Policy`]: changing(kind)(({ attachedPolicies }, call) => {
    const arn = policyArnIn(call);
    if (!attachedPolicies.delete(arn))
      throw new AwsError("NoSuchEntity", `Policy ${arn} was not found.`);
  }, policyKey),
  [`ListAttached${kind}Policies`]: onIdentity(kind)(
    ({ attachedPolicies }, call) => {
      const attached = [...attachedPolicies].flatMap(
        (arn) => policyAt(call, arn) ?? [],
      );
      return listPage(
        call,
        "AttachedPolicies",
        underPrefix(call.parameters, attached).map(({ arn }) => [
          arn,
          describeAttached(arn),
        ]),
      );
    },
    policyKey,
  ),
});

export const describeAttached = (arn: string): Result => ({
  PolicyName: arn.split("/").at(-1),
  PolicyArn: arn,
});

/** Permissions boundaries of users and roles. */
export const boundaryOperations = (kind: "User" | "Role"): Operations => ({
  [`Put${kind}PermissionsBoundary`]: changing(kind)((identity, call) => {
    Object.assign(identity, boundaryIn(call, "required"));
  }, requestedBoundary),
  [`Delete${kind}PermissionsBoundary`]: changing(kind)((identity) => {
    const holder = `${kind.toLowerCase()} ${identity.name}`;
    existing(identity.permissionsBoundary, `Permissions boundary of ${holder}`);
    delete identity.permissionsBoundary;
  }),
});
