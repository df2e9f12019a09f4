import {
  AwsError,
  type Call,
  type Operation,
  type Operations,
  type Result,
} from "../operation";
import { onIdentity } from "./actions";
import { requestedBoundary } from "./condition-keys";
import {
  changeableIdentity,
  identityOf,
  policyAt,
  type IdentityKind,
} from "./entities";
import { limitExceeded, noSuchEntity } from "./errors";
import { listPage } from "./paging";
import { underPrefix } from "./paths";
import { attachablePolicy, boundaryIn, policyArnIn } from "./policy-lookup";
import { quotas } from "./quotas";

const policyKey = ({ parameters }: Call): Record<string, string> => {
  const arn = parameters.get("PolicyArn");
  return arn === undefined ? {} : { "iam:PolicyARN": arn };
};

/** Managed policies on one kind of identity: attach, detach, list. */
export function attachmentOperations(kind: IdentityKind): Operations {
  const on = (
    action: string,
    run: Operation["run"],
  ): Record<string, Operation> => ({
    [action]: onIdentity(kind, action, run, policyKey),
  });
  return {
    ...on(`Attach${kind}Policy`, (call) => attach(call, kind)),
    ...on(`Detach${kind}Policy`, (call) => {
      const identity = changeableIdentity(call, kind);
      const arn = policyArnIn(call);
      if (identity.attachedPolicies.delete(arn)) return {};
      throw new AwsError("NoSuchEntity", `Policy ${arn} was not found.`, 404);
    }),
    ...on(`ListAttached${kind}Policies`, (call) => {
      const attached = [...identityOf(call, kind).attachedPolicies].flatMap(
        (arn) => policyAt(call, arn) ?? [],
      );
      return listPage(
        call,
        "AttachedPolicies",
        underPrefix(call.parameters, attached),
        ({ arn }) => arn,
        ({ arn }) => describeAttached(arn),
      );
    }),
  };
}

export const describeAttached = (arn: string): Result => ({
  PolicyName: arn.split("/").at(-1),
  PolicyArn: arn,
});

function attach(call: Call, kind: IdentityKind): Result {
  const { attachedPolicies } = changeableIdentity(call, kind);
  const { arn } = attachablePolicy(call, policyArnIn(call));
  if (
    !attachedPolicies.has(arn) &&
    attachedPolicies.size >= quotas.attachedPolicies
  ) {
    throw limitExceeded(`PoliciesPer${kind}`, quotas.attachedPolicies);
  }
  // AWS answers with nothing, whether or not it was attached before.
  attachedPolicies.add(arn);
  return {};
}

/** Permissions boundaries of users and roles. */
export function boundaryOperations(kind: "User" | "Role"): Operations {
  const put = `Put${kind}PermissionsBoundary`;
  const remove = `Delete${kind}PermissionsBoundary`;
  return {
    [put]: onIdentity(
      kind,
      put,
      (call) => {
        const identity = changeableIdentity(call, kind);
        Object.assign(identity, boundaryIn(call, "required"));
        return {};
      },
      requestedBoundary,
    ),
    [remove]: onIdentity(kind, remove, (call) => {
      const identity = changeableIdentity(call, kind);
      if (identity.permissionsBoundary === undefined) {
        throw noSuchEntity(
          `Permissions boundary of ${kind.toLowerCase()} ${identity.name}`,
        );
      }
      delete identity.permissionsBoundary;
      return {};
    }),
  };
}
