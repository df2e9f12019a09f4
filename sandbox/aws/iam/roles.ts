import { parseTrustDocument, sizeOf } from "../documents";
import { newId } from "../ids";
import type { Role, StoredDocument } from "../model";
import {
  type Call,
  type Operation,
  type Operations,
  type Result,
} from "../operation";
import { matching, required, tagList, wholeNumber } from "../parameters";
import {
  arnOf,
  describeRole,
  holderArn,
  roleOf,
  shortNamePattern,
} from "./entities";
import {
  alreadyExists,
  deleteConflict,
  invalidInput,
  limitExceeded,
} from "./errors";
import { pageOf } from "./paging";
import { findPolicy } from "./policies";
import { checkPrincipals, forgetPrincipal } from "./principals";
import { quotas } from "./quotas";
import { requestTags, tagOperations } from "./tags";

/** Seconds. */
const sessionBounds = { least: 3_600, most: 43_200 };

const on = (action: string, run: Operation["run"]): Operation => ({
  action: `iam:${action}`,
  resource: (call) => holderArn(call, "Role"),
  run,
});

function trustOf({ cloud }: Call, text: string): StoredDocument {
  const document = parseTrustDocument(text);
  if (sizeOf(document) > quotas.trustPolicySize) {
    throw limitExceeded("ACLSizePerRole", quotas.trustPolicySize);
  }
  checkPrincipals(cloud, document);
  return document;
}

function refuseTwin({ account }: Call, name: string): void {
  for (const other of account.roles.keys()) {
    if (other.toLowerCase() === name.toLowerCase())
      throw alreadyExists(`Role with name ${name}`);
  }
}

function createRole(call: Call): Result {
  const { account, cloud, parameters } = call;
  const name = matching(parameters, "RoleName", shortNamePattern);
  refuseTwin(call, name);
  if (account.roles.size >= quotas.roles)
    throw limitExceeded("RolesPerAccount", quotas.roles);
  const path = parameters.get("Path") ?? "/";
  if (path.startsWith("/aws-service-role/")) {
    throw invalidInput(
      "Roles below /aws-service-role/ are created by CreateServiceLinkedRole.",
    );
  }
  const boundary = parameters.get("PermissionsBoundary");
  const description = parameters.get("Description");
  const role: Role = {
    name,
    id: newId("AROA"),
    path,
    createdAt: cloud.now(),
    inlinePolicies: new Map(),
    attachedPolicies: new Set(),
    tags: tagList(parameters),
    trustPolicy: trustOf(
      call,
      required(parameters, "AssumeRolePolicyDocument"),
    ),
    maxSessionDuration: wholeNumber(
      parameters,
      "MaxSessionDuration",
      sessionBounds,
      3_600,
    ),
    ...(description === undefined ? {} : { description }),
    ...(boundary === undefined
      ? {}
      : { permissionsBoundary: findPolicy(call, boundary).arn }),
  };
  account.roles.set(name, role);
  return { Role: describeRole(call, role) };
}

/** Service-linked roles have a path and a trust of their own. */
function createServiceLinkedRole(call: Call): Result {
  const service = required(call.parameters, "AWSServiceName");
  const short = service.split(".")[0] ?? service;
  const name = `AWSServiceRoleFor${short.charAt(0).toUpperCase()}${short.slice(1)}`;
  if (call.account.roles.has(name)) {
    throw invalidInput(
      `Service role name ${name} has been taken in this account, please try a different suffix.`,
    );
  }
  const text = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
      },
    ],
  });
  const role: Role = {
    name,
    id: newId("AROA"),
    path: `/aws-service-role/${service}/`,
    createdAt: call.cloud.now(),
    inlinePolicies: new Map(),
    attachedPolicies: new Set(),
    tags: [],
    trustPolicy: parseTrustDocument(text),
    maxSessionDuration: 3_600,
  };
  call.account.roles.set(name, role);
  return { Role: describeRole(call, role) };
}

function updateRole(call: Call): Result {
  const role = roleOf(call);
  role.maxSessionDuration = wholeNumber(
    call.parameters,
    "MaxSessionDuration",
    sessionBounds,
    role.maxSessionDuration,
  );
  const description = call.parameters.get("Description");
  if (description !== undefined) role.description = description;
  return {};
}

function deleteRole(call: Call): Result {
  const role = roleOf(call);
  if (role.inlinePolicies.size > 0) throw deleteConflict("delete policies");
  if (role.attachedPolicies.size > 0)
    throw deleteConflict("detach all policies");
  call.account.roles.delete(role.name);
  forgetPrincipal(call.cloud, arnOf(call, "Role", role), role.id);
  return {};
}

/** Roles. */
export const roleOperations: Operations = {
  CreateRole: {
    ...on("CreateRole", createRole),
    resource: (call) =>
      arnOf(call, "Role", {
        path: call.parameters.get("Path") ?? "/",
        name: call.parameters.get("RoleName") ?? "",
      }),
    context: ({ parameters }) => {
      const boundary = parameters.get("PermissionsBoundary");
      return {
        ...requestTags(tagList(parameters)),
        ...(boundary === undefined
          ? {}
          : { "iam:PermissionsBoundary": boundary }),
      };
    },
  },
  CreateServiceLinkedRole: {
    action: "iam:CreateServiceLinkedRole",
    resource: (call) => {
      const service = call.parameters.get("AWSServiceName") ?? "";
      return arnOf(call, "Role", {
        path: `/aws-service-role/${service}/`,
        name: "AWSServiceRole",
      });
    },
    context: ({ parameters }) => ({
      "iam:AWSServiceName": parameters.get("AWSServiceName") ?? "",
    }),
    run: createServiceLinkedRole,
  },
  GetRole: on("GetRole", (call) => ({
    Role: describeRole(call, roleOf(call)),
  })),
  UpdateRole: on("UpdateRole", updateRole),
  UpdateRoleDescription: on("UpdateRoleDescription", (call) => {
    const role = roleOf(call);
    role.description = required(call.parameters, "Description");
    return { Role: describeRole(call, role) };
  }),
  UpdateAssumeRolePolicy: on("UpdateAssumeRolePolicy", (call) => {
    const role = roleOf(call);
    role.trustPolicy = trustOf(
      call,
      required(call.parameters, "PolicyDocument"),
    );
    return {};
  }),
  DeleteRole: on("DeleteRole", deleteRole),
  ListRoles: {
    action: "iam:ListRoles",
    run: (call) => {
      const prefix = call.parameters.get("PathPrefix") ?? "/";
      const all = [...call.account.roles.values()].filter(({ path }) =>
        path.startsWith(prefix),
      );
      const { items, trailer } = pageOf(call.parameters, all);
      return {
        Roles: items.map((role) => ({
          ...describeRole(call, role),
          Tags: undefined,
          PermissionsBoundary: undefined,
        })),
        ...trailer,
      };
    },
  },
  ListInstanceProfilesForRole: on("ListInstanceProfilesForRole", (call) => {
    roleOf(call);
    return { InstanceProfiles: [], IsTruncated: false };
  }),
  ...tagOperations("Role", (call) => holderArn(call, "Role"), roleOf),
};
