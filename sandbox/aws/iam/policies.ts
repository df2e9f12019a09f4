import { iamArn } from "../arn";
import { parseIdentityDocument, sizeOf } from "../documents";
import { newId } from "../ids";
import type { ManagedPolicy, PolicyVersion, StoredDocument } from "../model";
import {
  AwsError,
  type Call,
  type Operation,
  type Operations,
  type Result,
} from "../operation";
import { flag, matching, required, tagList } from "../parameters";
import { describeTags, namePattern, type Holder } from "./entities";
import {
  alreadyExists,
  deleteConflict,
  limitExceeded,
  noSuchEntity,
} from "./errors";
import { pageOf } from "./paging";
import { quotas } from "./quotas";
import { tagOperations } from "./tags";

/** A managed policy, the account's own or AWS's. */
export function findPolicy(
  { cloud, account }: Call,
  arn: string,
): ManagedPolicy {
  const policy = account.policies.get(arn) ?? cloud.awsPolicies.get(arn);
  if (policy) return policy;
  if (arn.includes(":iam::aws:policy/")) {
    throw noSuchEntity(
      `Policy ${arn} (the sandbox carries the usual ones of AWS's policies)`,
    );
  }
  throw new AwsError(
    "NoSuchEntity",
    `Policy ${arn} does not exist or is not attachable.`,
    404,
  );
}

function ownPolicy({ account, parameters }: Call): ManagedPolicy {
  const arn = required(parameters, "PolicyArn");
  const policy = account.policies.get(arn);
  if (policy) return policy;
  throw noSuchEntity(`Policy ${arn}`);
}

const policyResource = ({ parameters }: Call): string =>
  parameters.get("PolicyArn") ?? "*";

const on = (action: string, run: Operation["run"]): Operation => ({
  action: `iam:${action}`,
  resource: policyResource,
  run,
});

const holdersIn = ({ account }: Call): readonly Holder[] => [
  ...account.users.values(),
  ...account.groups.values(),
  ...account.roles.values(),
];

export const attachmentsOf = (call: Call, arn: string): readonly Holder[] =>
  holdersIn(call).filter(({ attachedPolicies }) => attachedPolicies.has(arn));

const boundaryUses = ({ account }: Call, arn: string) =>
  [...account.users.values(), ...account.roles.values()].filter(
    ({ permissionsBoundary }) => permissionsBoundary === arn,
  );

export const describePolicy = (call: Call, policy: ManagedPolicy): Result => ({
  PolicyName: policy.name,
  PolicyId: policy.id,
  Arn: policy.arn,
  Path: policy.path,
  DefaultVersionId: policy.defaultVersionId,
  AttachmentCount: attachmentsOf(call, policy.arn).length,
  PermissionsBoundaryUsageCount: boundaryUses(call, policy.arn).length,
  IsAttachable: true,
  Description: policy.description,
  CreateDate: policy.createdAt,
  UpdateDate: policy.updatedAt,
  Tags: describeTags(policy.tags),
});

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

function documentOf({ parameters }: Call): StoredDocument {
  const document = parseIdentityDocument(
    required(parameters, "PolicyDocument"),
  );
  if (sizeOf(document) > quotas.managedPolicySize) {
    throw limitExceeded("PolicySize", quotas.managedPolicySize);
  }
  return document;
}

const newPolicyArn = (call: Call): string =>
  iamArn(call.cloud, call.account.id, "policy", {
    path: call.parameters.get("Path") ?? "/",
    name: call.parameters.get("PolicyName") ?? "",
  });

function createPolicy(call: Call): Result {
  const { account, cloud, parameters } = call;
  const name = matching(parameters, "PolicyName", namePattern);
  const arn = newPolicyArn(call);
  if (account.policies.has(arn)) throw alreadyExists(`A policy called ${name}`);
  if (account.policies.size >= quotas.policies)
    throw limitExceeded("PoliciesPerAccount", quotas.policies);
  const now = cloud.now();
  const description = parameters.get("Description");
  const policy: ManagedPolicy = {
    arn,
    name,
    id: newId("ANPA"),
    path: parameters.get("Path") ?? "/",
    createdAt: now,
    updatedAt: now,
    ...(description === undefined ? {} : { description }),
    tags: tagList(parameters),
    versions: [{ id: "v1", document: documentOf(call), createdAt: now }],
    defaultVersionId: "v1",
  };
  account.policies.set(arn, policy);
  return { Policy: describePolicy(call, policy) };
}

function deletePolicy(call: Call): Result {
  const policy = ownPolicy(call);
  if (
    attachmentsOf(call, policy.arn).length > 0 ||
    boundaryUses(call, policy.arn).length > 0
  ) {
    throw new AwsError(
      "DeleteConflict",
      "Cannot delete a policy attached to entities.",
      409,
    );
  }
  if (policy.versions.length > 1) {
    throw deleteConflict("delete the policy's other versions");
  }
  call.account.policies.delete(policy.arn);
  return {};
}

function createVersion(call: Call): Result {
  const policy = ownPolicy(call);
  if (policy.versions.length >= quotas.policyVersions) {
    throw limitExceeded("PolicyVersionsPerPolicy", quotas.policyVersions);
  }
  const newest = Math.max(
    ...policy.versions.map(({ id }) => Number(id.slice(1))),
  );
  const version = {
    id: `v${newest + 1}`,
    document: documentOf(call),
    createdAt: call.cloud.now(),
  };
  policy.versions.push(version);
  policy.updatedAt = version.createdAt;
  if (flag(call.parameters, "SetAsDefault"))
    policy.defaultVersionId = version.id;
  return { PolicyVersion: describeVersion(policy, version, false) };
}

function versionOf(call: Call, policy: ManagedPolicy): PolicyVersion {
  const id = required(call.parameters, "VersionId");
  const version = policy.versions.find((one) => one.id === id);
  if (version) return version;
  throw noSuchEntity(`Policy ${policy.arn} version ${id}`);
}

function deleteVersion(call: Call): Result {
  const policy = ownPolicy(call);
  const version = versionOf(call, policy);
  if (version.id === policy.defaultVersionId) {
    throw new AwsError(
      "DeleteConflict",
      "Cannot delete the default version of a policy.",
      409,
    );
  }
  policy.versions = policy.versions.filter(({ id }) => id !== version.id);
  return {};
}

function listPolicies(call: Call): Result {
  const { account, cloud, parameters } = call;
  const scope = parameters.get("Scope") ?? "All";
  const prefix = parameters.get("PathPrefix") ?? "/";
  const all = [
    ...(scope === "AWS" ? [] : account.policies.values()),
    ...(scope === "Local" ? [] : cloud.awsPolicies.values()),
  ]
    .filter(({ path }) => path.startsWith(prefix))
    .filter(
      ({ arn }) =>
        !flag(parameters, "OnlyAttached") ||
        attachmentsOf(call, arn).length > 0,
    );
  const { items, trailer } = pageOf(parameters, all);
  return {
    Policies: items.map((policy) => describePolicy(call, policy)),
    ...trailer,
  };
}

function listEntities(call: Call): Result {
  const { arn } = findPolicy(call, required(call.parameters, "PolicyArn"));
  const { account } = call;
  const having = <T extends Holder>(holders: Iterable<T>) =>
    [...holders].filter(({ attachedPolicies }) => attachedPolicies.has(arn));
  return {
    PolicyUsers: having(account.users.values()).map(({ name, id }) => ({
      UserName: name,
      UserId: id,
    })),
    PolicyGroups: having(account.groups.values()).map(({ name, id }) => ({
      GroupName: name,
      GroupId: id,
    })),
    PolicyRoles: having(account.roles.values()).map(({ name, id }) => ({
      RoleName: name,
      RoleId: id,
    })),
    IsTruncated: false,
  };
}

const wanted = (call: Call): ManagedPolicy =>
  findPolicy(call, required(call.parameters, "PolicyArn"));

/** Managed policies and their versions. */
export const policyOperations: Operations = {
  CreatePolicy: { ...on("CreatePolicy", createPolicy), resource: newPolicyArn },
  GetPolicy: on("GetPolicy", (call) => ({
    Policy: describePolicy(call, wanted(call)),
  })),
  DeletePolicy: on("DeletePolicy", deletePolicy),
  ListPolicies: { action: "iam:ListPolicies", run: listPolicies },
  ListEntitiesForPolicy: on("ListEntitiesForPolicy", listEntities),
  CreatePolicyVersion: on("CreatePolicyVersion", createVersion),
  GetPolicyVersion: on("GetPolicyVersion", (call) => {
    const policy = wanted(call);
    return {
      PolicyVersion: describeVersion(policy, versionOf(call, policy), true),
    };
  }),
  ListPolicyVersions: on("ListPolicyVersions", (call) => {
    const policy = wanted(call);
    const newestFirst = [...policy.versions].reverse();
    const { items, trailer } = pageOf(call.parameters, newestFirst);
    return {
      Versions: items.map((one) => describeVersion(policy, one, false)),
      ...trailer,
    };
  }),
  DeletePolicyVersion: on("DeletePolicyVersion", deleteVersion),
  SetDefaultPolicyVersion: on("SetDefaultPolicyVersion", (call) => {
    const policy = ownPolicy(call);
    policy.defaultVersionId = versionOf(call, policy).id;
    policy.updatedAt = call.cloud.now();
    return {};
  }),
  ...tagOperations("Policy", policyResource, ownPolicy),
};
