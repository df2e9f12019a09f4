import { AwsError, checkQuota, existing } from "../errors";
import type { Call, ContextKeys, Operations, Result } from "../operation";
import { onIdentity } from "./actions";
import { requestedBoundary } from "./condition-keys";
import {
  changeableIdentity,
  identityOf,
  policyAt,
  type IdentityKind,
} from "./entities";
import { listPage } from "./paging";
import { underPrefix } from "./paths";
import { attachablePolicy, boundaryIn, policyArnIn } from "./policy-lookup";
import { quotas } from "./quotas";

const policyKey = ({ parameters }: Call): ContextKeys => {
  const arn = parameters.get("PolicyArn");
  return arn === undefined ? {} : { "iam:PolicyARN": arn };
};

/** Managed policies on one kind of identity: attach, detach, list. */
export function attachmentOperations(kind: IdentityKind): Operations {
  const on = onIdentity(kind);
  return {
    [`Attach${kind}Policy`]: on((call) => {
      const { attachedPolicies } = changeableIdentity(call, kind);
      const { arn } = attachablePolicy(call, policyArnIn(call));
      // AWS answers with nothing, whether or not the policy was attached before.
      if (attachedPolicies.has(arn)) return;
      const { size } = attachedPolicies;
      checkQuota(`PoliciesPer${kind}`, size, quotas.attachedPolicies);
      attachedPolicies.add(arn);
    }, policyKey),
    [`Detach${kind}Policy`]: on((call) => {
      const identity = changeableIdentity(call, kind);
      const arn = policyArnIn(call);
      if (!identity.attachedPolicies.delete(arn))
        throw new AwsError("NoSuchEntity", `Policy ${arn} was not found.`);
    }, policyKey),
    [`ListAttached${kind}Policies`]: on((call) => {
      const attached = [...identityOf(call, kind).attachedPolicies].flatMap(
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
    }, policyKey),
  };
}

export const describeAttached = (arn: string): Result => ({
  PolicyName: arn.split("/").at(-1),
  PolicyArn: arn,
});

/** Permissions boundaries of users and roles. */
export const boundaryOperations = (kind: "User" | "Role"): Operations => ({
  [`Put${kind}PermissionsBoundary`]: onIdentity(kind)((call) => {
    const identity = changeableIdentity(call, kind);
    Object.assign(identity, boundaryIn(call, "required"));
  }, requestedBoundary),
  [`Delete${kind}PermissionsBoundary`]: onIdentity(kind)((call) => {
    const identity = changeableIdentity(call, kind);
    const holder = `${kind.toLowerCase()} ${identity.name}`;
    existing(identity.permissionsBoundary, `Permissions boundary of ${holder}`);
    delete identity.permissionsBoundary;
  }),
});
