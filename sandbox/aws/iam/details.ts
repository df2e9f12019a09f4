import { describeAttached } from "./attachments";
import type { Account } from "../model";
import type { Call, Operations, Result } from "../operation";
import { list } from "../parameters";
import {
  describeGroup,
  describeRole,
  describeUser,
  type Holder,
} from "./entities";
import { pageOf } from "./paging";
import { attachmentsOf, describePolicy, describeVersion } from "./policies";

const describePolicies = (holder: Holder, kind: string): Result => ({
  [`${kind}PolicyList`]: [...holder.inlinePolicies].map(([name, document]) => ({
    PolicyName: name,
    PolicyDocument: encodeURIComponent(document.text),
  })),
  AttachedManagedPolicies: [...holder.attachedPolicies].map(describeAttached),
});

type Filter =
  "User" | "Group" | "Role" | "LocalManagedPolicy" | "AWSManagedPolicy";

interface Detail {
  readonly kind: Filter;
  readonly detail: Result;
}

function everything(call: Call): readonly Detail[] {
  const account: Account = call.account;
  const awsPolicies = [...call.cloud.awsPolicies.values()].filter(
    ({ arn }) => attachmentsOf(call, arn).length > 0,
  );
  const policyDetail = (kind: Filter, policies: typeof awsPolicies): Detail[] =>
    policies.map((policy) => ({
      kind,
      detail: {
        ...describePolicy(call, policy),
        PolicyVersionList: policy.versions.map((version) =>
          describeVersion(policy, version, true),
        ),
      },
    }));
  return [
    ...[...account.users.values()].map((user): Detail => ({
      kind: "User",
      detail: {
        ...describeUser(call, user),
        GroupList: [...user.groups],
        ...describePolicies(user, "User"),
      },
    })),
    ...[...account.groups.values()].map((group): Detail => ({
      kind: "Group",
      detail: {
        ...describeGroup(call, group),
        ...describePolicies(group, "Group"),
      },
    })),
    ...[...account.roles.values()].map((role): Detail => ({
      kind: "Role",
      detail: {
        ...describeRole(call, role),
        InstanceProfileList: [],
        ...describePolicies(role, "Role"),
      },
    })),
    ...policyDetail("LocalManagedPolicy", [...account.policies.values()]),
    ...policyDetail("AWSManagedPolicy", awsPolicies),
  ];
}

function details(call: Call): Result {
  const filter = list(call.parameters, "Filter");
  const wanted = everything(call).filter(
    ({ kind }) => filter.length === 0 || filter.includes(kind),
  );
  const { items, trailer } = pageOf(call.parameters, wanted);
  const of = (...kinds: readonly Filter[]) =>
    items
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ detail }) => detail);
  return {
    UserDetailList: of("User"),
    GroupDetailList: of("Group"),
    RoleDetailList: of("Role"),
    Policies: of("LocalManagedPolicy", "AWSManagedPolicy"),
    ...trailer,
  };
}

/** Everything in the account in one (paged) answer. */
export const detailOperations: Operations = {
  GetAccountAuthorizationDetails: {
    action: "iam:GetAccountAuthorizationDetails",
    run: details,
  },
};
