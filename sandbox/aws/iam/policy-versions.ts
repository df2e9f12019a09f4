import type { ManagedPolicy, PolicyVersion } from "../model";
import { AwsError } from "../errors";
import type { Call, Operations, Result } from "../operation";
import { listPage } from "./paging";
import { managedDocumentIn } from "./policy-documents";
import { changingPolicy, onPolicy } from "./policy-lookup";
import { quotas } from "./quotas";

const numberOf = ({ id }: PolicyVersion): number => Number(id.slice(1));

export const describeVersion = (
  policy: ManagedPolicy,
  version: PolicyVersion,
  withDocument: boolean,
): Result => ({
  Document: withDocument
    ? encodeURIComponent(version.document.text)
    : undefined,
  VersionId: version.id,
  IsDefaultVersion: version.id === policy.defaultVersionId,
  CreateDate: version.createdAt,
});

function createVersion(policy: ManagedPolicy, call: Call): Result {
  const document = managedDocumentIn(call.parameters);
  if (policy.versions.length >= quotas.policyVersions) {
    throw new AwsError(
      "LimitExceeded",
      `A managed policy can have up to ${quotas.policyVersions} versions. Before you create a new version, you must delete an existing version.`,
    );
  }
  const version = {
    id: `v${newestOf(policy) + 1}`,
    document,
    createdAt: call.cloud.now(),
  };
  policy.versions.push(version);
  highest.set(policy, numberOf(version));
  policy.updatedAt = version.createdAt;
  if (call.parameters.flag("SetAsDefault"))
    policy.defaultVersionId = version.id;
  return { PolicyVersion: describeVersion(policy, version, false) };
}

/** The number of a deleted version does not come back. */
const highest = new WeakMap<ManagedPolicy, number>();

const newestOf = (policy: ManagedPolicy): number =>
  Math.max(highest.get(policy) ?? 0, ...policy.versions.map(numberOf));

function versionOf(policy: ManagedPolicy, call: Call): PolicyVersion {
  const id = call.parameters.required("VersionId");
  const version = policy.versions.find((one) => one.id === id);
  if (version) return version;
  const wasThere =
    policy.arn.includes(":iam::aws:") &&
    Number(id.slice(1)) < Number(policy.defaultVersionId.slice(1));
  throw new AwsError(
    "NoSuchEntity",
    `Policy ${policy.arn} version ${id} does not exist or is not attachable.` +
      (wasThere
        ? " The sandbox has the newest version of AWS's managed policies alone."
        : ""),
  );
}

function deleteVersion(policy: ManagedPolicy, call: Call): void {
  const version = versionOf(policy, call);
  if (version.id === policy.defaultVersionId) {
    throw new AwsError(
      "DeleteConflict",
      "Cannot delete the default version of a policy.",
    );
  }
  policy.versions = policy.versions.filter(({ id }) => id !== version.id);
}

/** The versions of managed policies: up to five, one of which counts. */
export const policyVersionOperations: Operations = {
  CreatePolicyVersion: changingPolicy(createVersion),
  GetPolicyVersion: onPolicy((policy, call) => {
    const version = versionOf(policy, call);
    return { PolicyVersion: describeVersion(policy, version, true) };
  }),
  ListPolicyVersions: onPolicy((policy, call) =>
    listPage(
      call,
      "Versions",
      policy.versions.map((version) => [
        // The newest comes first.
        String(1_000_000 - numberOf(version)),
        describeVersion(policy, version, false),
      ]),
    ),
  ),
  DeletePolicyVersion: changingPolicy(deleteVersion),
  SetDefaultPolicyVersion: changingPolicy((policy, call) => {
    policy.defaultVersionId = versionOf(policy, call).id;
    policy.updatedAt = call.cloud.now();
  }),
};
