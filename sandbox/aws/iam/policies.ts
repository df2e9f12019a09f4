import { iamArn } from "../arn";
import { newId } from "../ids";
import type { ManagedPolicy } from "../model";
import type { Call, Operations, Result } from "../operation";
import { requestTags } from "../tags";
import { holdersOf, isUsed, policiesInUse } from "./entities";
import { AwsError, checkQuota } from "../errors";
import { pageOf } from "./paging";
import { pathIn, underPrefix } from "./paths";
import { managedDocumentIn } from "./policy-documents";
import { listEntities } from "./policy-entities";
import {
  changingPolicy,
  isAttachable,
  onPolicy,
  usageIn,
} from "./policy-lookup";
import { quotas } from "./quotas";
import { tagOperations, tagsIn } from "./tags";

/** As in a list, which leaves tags and description out. */
const listedPolicy = (call: Call, policy: ManagedPolicy): Result => ({
  PolicyName: policy.name,
  PolicyId: policy.id,
  Arn: policy.arn,
  Path: policy.path,
  DefaultVersionId: policy.defaultVersionId,
  AttachmentCount: holdersOf(call, policy.arn, "PermissionsPolicy").length,
  PermissionsBoundaryUsageCount: holdersOf(
    call,
    policy.arn,
    "PermissionsBoundary",
  ).length,
  IsAttachable: isAttachable(policy),
  CreateDate: policy.createdAt,
  UpdateDate: policy.updatedAt,
});

export const describePolicy = (call: Call, policy: ManagedPolicy): Result => ({
  ...listedPolicy(call, policy),
  Description: policy.description,
  Tags: policy.tags,
});

const newPolicyArn = ({ cloud, account, parameters }: Call): string =>
  iamArn(cloud, account.id, "policy", {
    path: pathIn(parameters),
    name: parameters.required("PolicyName"),
  });

function createPolicy(call: Call): Result {
  const { account, cloud, parameters } = call;
  const arn = newPolicyArn(call);
  const name = parameters.required("PolicyName");
  refuseTakenName(call, name);
  checkQuota("PoliciesPerAccount", account.policies.size, quotas.policies);
  const now = cloud.now();
  const policy: ManagedPolicy = {
    arn,
    name,
    id: newId("ANPA"),
    path: pathIn(parameters),
    createdAt: now,
    updatedAt: now,
    description: parameters.get("Description"),
    tags: tagsIn(call),
    versions: [
      { id: "v1", document: managedDocumentIn(parameters), createdAt: now },
    ],
    defaultVersionId: "v1",
  };
  account.policies.set(arn, policy);
  return { Policy: describePolicy(call, policy) };
}

/** A name is taken in the whole account, below whatever path and in whatever case. */
function refuseTakenName({ account }: Call, name: string): void {
  for (const other of account.policies.values()) {
    if (other.name.toLowerCase() === name.toLowerCase()) {
      throw new AwsError(
        "EntityAlreadyExists",
        `A policy called ${name} already exists. Duplicate names are not allowed.`,
      );
    }
  }
}

function deletePolicy(policy: ManagedPolicy, call: Call): void {
  if (isUsed(call, policy.arn)) {
    throw new AwsError(
      "DeleteConflict",
      "Cannot delete a policy attached to entities.",
    );
  }
  if (policy.versions.length > 1) {
    throw new AwsError(
      "DeleteConflict",
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  }
  call.account.policies.delete(policy.arn);
}

/** Which policies a list is asked for. */
function selected(call: Call): readonly ManagedPolicy[] {
  const { account, cloud, parameters } = call;
  const scope = parameters.get("Scope") ?? "All";
  const usage = usageIn(parameters);
  const attachedOnly = parameters.flag("OnlyAttached");
  const inUse = policiesInUse(call, usage);
  const all = [
    ...(scope === "AWS" ? [] : account.policies.values()),
    ...(scope === "Local" ? [] : cloud.awsPolicies.values()),
  ];
  return underPrefix(parameters, all).filter(
    ({ arn }) => (!attachedOnly && usage === "") || inUse.has(arn),
  );
}

/** Managed policies, but for their versions. */
export const policyOperations: Operations = {
  CreatePolicy: {
    resource: newPolicyArn,
    context: requestTags,
    run: createPolicy,
  },
  GetPolicy: onPolicy((policy, call) => ({
    Policy: describePolicy(call, policy),
  })),
  DeletePolicy: changingPolicy(deletePolicy),
  ListPolicies: {
    run: (call) => {
      const { items, trailer } = pageOf(
        call,
        selected(call).map((one) => [one.arn, one]),
      );
      const Policies = items.map((one) => listedPolicy(call, one));
      return { Policies, ...trailer };
    },
  },
  ListEntitiesForPolicy: onPolicy(listEntities),
  ...tagOperations("Policy", changingPolicy),
};
