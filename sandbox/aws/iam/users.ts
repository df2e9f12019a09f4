import { newId } from "../ids";
import type { User } from "../model";
import {
  type Call,
  type Operation,
  type Operations,
  type Result,
} from "../operation";
import { matching, tagList } from "../parameters";
import {
  arnOf,
  describeGroup,
  describeUser,
  devicesOf,
  holderArn,
  holderOf,
  shortNamePattern,
  userArnOf,
  userOf,
} from "./entities";
import { alreadyExists, deleteConflict, limitExceeded } from "./errors";
import { pageOf } from "./paging";
import { findPolicy } from "./policies";
import { forgetPrincipal } from "./principals";
import { quotas } from "./quotas";
import { requestTags, tagOperations } from "./tags";

const on = (action: string, run: Operation["run"]): Operation => ({
  action: `iam:${action}`,
  resource: userArnOf,
  run,
});

function refuseTwin({ account }: Call, name: string, except?: string): void {
  for (const other of account.users.keys()) {
    if (other !== except && other.toLowerCase() === name.toLowerCase()) {
      throw alreadyExists(`User with name ${name}`);
    }
  }
}

function createUser(call: Call): Result {
  const { account, cloud, parameters } = call;
  const name = matching(parameters, "UserName", shortNamePattern);
  refuseTwin(call, name);
  if (account.users.size >= quotas.users)
    throw limitExceeded("UsersPerAccount", quotas.users);
  const boundary = parameters.get("PermissionsBoundary");
  const user: User = {
    name,
    id: newId("AIDA"),
    path: parameters.get("Path") ?? "/",
    createdAt: cloud.now(),
    inlinePolicies: new Map(),
    attachedPolicies: new Set(),
    tags: tagList(parameters),
    groups: new Set(),
    accessKeys: new Map(),
    ...(boundary === undefined
      ? {}
      : { permissionsBoundary: findPolicy(call, boundary).arn }),
  };
  account.users.set(name, user);
  return { User: describeUser(call, user) };
}

function updateUser(call: Call): Result {
  const { account, cloud, parameters } = call;
  const user = holderOf(call, "User") as User;
  const oldArn = arnOf(call, "User", user);
  const oldName = user.name;
  if (parameters.has("NewUserName")) {
    const name = matching(parameters, "NewUserName", shortNamePattern);
    refuseTwin(call, name, oldName);
    for (const device of devicesOf(call, user)) device.enabledFor = name;
    account.users.delete(oldName);
    account.users.set(name, user);
    user.name = name;
  }
  user.path = parameters.get("NewPath") ?? user.path;
  forgetPrincipal(cloud, oldArn, arnOf(call, "User", user));
  return {};
}

/** In the order in which AWS complains. */
function deleteUser(call: Call): Result {
  const user = holderOf(call, "User") as User;
  if (user.accessKeys.size > 0) throw deleteConflict("delete access keys");
  if (devicesOf(call, user).length > 0)
    throw deleteConflict("deactivate MFA devices");
  if (user.loginProfile) throw deleteConflict("delete login profile");
  if (user.inlinePolicies.size > 0) throw deleteConflict("delete policies");
  if (user.attachedPolicies.size > 0)
    throw deleteConflict("detach all policies");
  if (user.groups.size > 0) throw deleteConflict("remove users from group");
  call.account.users.delete(user.name);
  forgetPrincipal(call.cloud, arnOf(call, "User", user), user.id);
  return {};
}

const listOf =
  (field: string): Operation["run"] =>
  (call) => {
    userOf(call);
    return { [field]: [], IsTruncated: false };
  };

/** Users, and what hangs on them beside policies, keys, passwords and devices. */
export const userOperations: Operations = {
  CreateUser: {
    ...on("CreateUser", createUser),
    resource: (call) =>
      arnOf(call, "User", {
        path: call.parameters.get("Path") ?? "/",
        name: call.parameters.get("UserName") ?? "",
      }),
    context: ({ parameters }) => requestTags(tagList(parameters)),
  },
  GetUser: on("GetUser", (call) => ({
    User: describeUser(call, userOf(call)),
  })),
  UpdateUser: on("UpdateUser", updateUser),
  DeleteUser: on("DeleteUser", deleteUser),
  ListUsers: {
    action: "iam:ListUsers",
    run: (call) => {
      const prefix = call.parameters.get("PathPrefix") ?? "/";
      const all = [...call.account.users.values()].filter(({ path }) =>
        path.startsWith(prefix),
      );
      const { items, trailer } = pageOf(call.parameters, all);
      // As AWS does: a list leaves tags and boundary out.
      return {
        Users: items.map((user) => ({
          ...describeUser(call, user),
          Tags: undefined,
          PermissionsBoundary: undefined,
        })),
        ...trailer,
      };
    },
  },
  ListGroupsForUser: on("ListGroupsForUser", (call) => {
    const groups = [...userOf(call).groups].flatMap(
      (name) => call.account.groups.get(name) ?? [],
    );
    const { items, trailer } = pageOf(call.parameters, groups);
    return {
      Groups: items.map((group) => describeGroup(call, group)),
      ...trailer,
    };
  }),
  ...tagOperations(
    "User",
    (call) => holderArn(call, "User"),
    (call) => holderOf(call, "User") as User,
  ),
  // Credentials that the sandbox does not hand out; nobody has any.
  ListSigningCertificates: on(
    "ListSigningCertificates",
    listOf("Certificates"),
  ),
  ListSSHPublicKeys: on("ListSSHPublicKeys", listOf("SSHPublicKeys")),
  ListServiceSpecificCredentials: on(
    "ListServiceSpecificCredentials",
    listOf("ServiceSpecificCredentials"),
  ),
};
