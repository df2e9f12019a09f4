import {
  AwsError,
  type Call,
  type Operation,
  type Operations,
} from "../operation";
import { required } from "../parameters";
import { holderArn, holderOf, type Kind } from "./entities";
import { limitExceeded, noSuchEntity } from "./errors";
import { pageOf } from "./paging";
import { findPolicy } from "./policies";
import { quotas } from "./quotas";

/** Managed policies on one kind of identity: attach, detach, list. */
export function attachmentOperations(kind: Kind): Operations {
  const on = (verb: string, run: Operation["run"]): Operation => ({
    action: `iam:${verb}`,
    resource: (call) => holderArn(call, kind),
    context: ({ parameters }): Record<string, string> => {
      const arn = parameters.get("PolicyArn");
      return arn === undefined ? {} : { "iam:PolicyARN": arn };
    },
    run,
  });
  return {
    [`Attach${kind}Policy`]: on(`Attach${kind}Policy`, (call) =>
      attach(call, kind),
    ),
    [`Detach${kind}Policy`]: on(`Detach${kind}Policy`, (call) => {
      const holder = holderOf(call, kind);
      const arn = required(call.parameters, "PolicyArn");
      if (!holder.attachedPolicies.delete(arn)) {
        throw noSuchEntity(
          `Policy ${arn} on ${kind.toLowerCase()} ${holder.name}`,
        );
      }
      return {};
    }),
    [`ListAttached${kind}Policies`]: on(
      `ListAttached${kind}Policies`,
      (call) => {
        const { items, trailer } = pageOf(call.parameters, [
          ...holderOf(call, kind).attachedPolicies,
        ]);
        return { AttachedPolicies: items.map(describeAttached), ...trailer };
      },
    ),
  };
}

export const describeAttached = (arn: string) => ({
  PolicyName: arn.split("/").at(-1),
  PolicyArn: arn,
});

function attach(call: Call, kind: Kind): Record<string, never> {
  const holder = holderOf(call, kind);
  const { arn } = findPolicy(call, required(call.parameters, "PolicyArn"));
  if (
    !holder.attachedPolicies.has(arn) &&
    holder.attachedPolicies.size >= quotas.attachedPolicies
  ) {
    throw limitExceeded(`PoliciesPer${kind}`, quotas.attachedPolicies);
  }
  holder.attachedPolicies.add(arn);
  return {};
}

/** Permissions boundaries of users and roles. */
export function boundaryOperations(kind: "User" | "Role"): Operations {
  const resource = (call: Call) => holderArn(call, kind);
  return {
    [`Put${kind}PermissionsBoundary`]: {
      action: `iam:Put${kind}PermissionsBoundary`,
      resource,
      run: (call) => {
        const { arn } = findPolicy(
          call,
          required(call.parameters, "PermissionsBoundary"),
        );
        Object.assign(holderOf(call, kind), { permissionsBoundary: arn });
        return {};
      },
    },
    [`Delete${kind}PermissionsBoundary`]: {
      action: `iam:Delete${kind}PermissionsBoundary`,
      resource,
      run: (call) => {
        const holder = holderOf(call, kind);
        if (!("permissionsBoundary" in holder)) {
          throw new AwsError(
            "NoSuchEntity",
            `${holder.name} has no permissions boundary.`,
            404,
          );
        }
        delete holder.permissionsBoundary;
        return {};
      },
    },
  };
}
