import { newIdentity } from "../new-identity";
import type { User } from "../model";
import type { Call, Operation, Operations, Result } from "../operation";
import { matching } from "../parameters";
import { onAccount, onIdentity, onUserOrCaller } from "./actions";
import { identityKeys, requestedBoundary, requestTags } from "./condition-keys";
import { describeGroup, describeUser, listedUser } from "./descriptions";
import {
  arnOf,
  devicesOf,
  identityArn,
  identityOf,
  newIdentityArn,
  refuseTakenName,
  shortNamePattern,
  userOf,
} from "./entities";
import { deleteConflict, limitExceeded } from "./errors";
import { listPage } from "./paging";
import { pathIn, underPrefix } from "./paths";
import { boundaryIn } from "./policy-lookup";
import { replacePrincipal } from "./principals";
import { quotas } from "./quotas";
import { endSessions, renameSessions } from "./sessions";
import { tagOperations, tagsIn } from "./tags";

function createUser(call: Call): Result {
  const { account, cloud, parameters } = call;
  const name = matching(parameters, "UserName", shortNamePattern);
  refuseTakenName(call, "User", name);
  if (account.users.size >= quotas.users)
    throw limitExceeded("UsersPerAccount", quotas.users);
  const user: User = {
    ...newIdentity(cloud, "AIDA", { name, path: pathIn(parameters) }),
    tags: tagsIn(call),
    groups: new Set(),
    accessKeys: new Map(),
    ...boundaryIn(call),
  };
  account.users.set(name, user);
  return { User: describeUser(call, user) };
}

function updateUser(call: Call): Result {
  const { account, cloud, parameters } = call;
  const user = identityOf(call, "User");
  const oldArn = arnOf(call, "User", user);
  const oldName = user.name;
  const path = pathIn(parameters, "NewPath", user.path);
  if (parameters.has("NewUserName")) {
    const name = matching(parameters, "NewUserName", shortNamePattern);
    refuseTakenName(call, "User", name, oldName);
    for (const device of devicesOf(call, user)) device.enabledFor = name;
    account.users.delete(oldName);
    account.users.set(name, user);
    user.name = name;
    renameSessions(cloud, account.id, oldName, name);
  }
  user.path = path;
  replacePrincipal(cloud, oldArn, arnOf(call, "User", user));
  return {};
}

function deleteUser(call: Call): Result {
  const { account, cloud } = call;
  const user = identityOf(call, "User");
  if (user.accessKeys.size > 0) throw deleteConflict("delete access keys");
  if (devicesOf(call, user).length > 0)
    throw deleteConflict("delete MFA device");
  if (user.loginProfile) throw deleteConflict("delete login profile");
  if (user.inlinePolicies.size > 0) throw deleteConflict("delete policies");
  if (user.attachedPolicies.size > 0)
    throw deleteConflict("detach all policies");
  if (user.groups.size > 0) throw deleteConflict("remove users from group");
  account.users.delete(user.name);
  endSessions(cloud, account.id, "user", user.name);
  replacePrincipal(cloud, arnOf(call, "User", user), user.id);
  return {};
}

/** Credentials that the sandbox does not hand out: nobody has any. */
const noneOf = (action: string, field: string): Operation =>
  onUserOrCaller(action, (call) => {
    userOf(call);
    return { [field]: [], IsTruncated: false };
  });

/** Users, and what hangs on them beside policies, keys, passwords and devices. */
export const userOperations: Operations = {
  CreateUser: {
    action: "iam:CreateUser",
    resource: (call) => newIdentityArn(call, "User"),
    context: (call) => ({ ...requestTags(call), ...requestedBoundary(call) }),
    run: createUser,
  },
  GetUser: onUserOrCaller("GetUser", (call) => ({
    User: describeUser(call, userOf(call)),
  })),
  UpdateUser: onIdentity("User", "UpdateUser", updateUser),
  DeleteUser: onIdentity("User", "DeleteUser", deleteUser),
  ListUsers: onAccount("ListUsers", (call) => {
    return listPage(
      call,
      "Users",
      underPrefix(call.parameters, call.account.users.values()),
      ({ name }) => name,
      (user) => listedUser(call, user),
    );
  }),
  ListGroupsForUser: onIdentity("User", "ListGroupsForUser", (call) => {
    const groups = [...identityOf(call, "User").groups].flatMap(
      (name) => call.account.groups.get(name) ?? [],
    );
    return listPage(
      call,
      "Groups",
      groups,
      ({ name }) => name,
      (group) => describeGroup(call, group),
    );
  }),
  ...tagOperations(
    "User",
    (call) => identityArn(call, "User"),
    (call) => identityKeys(call, "User"),
    (call) => identityOf(call, "User"),
  ),
  ListSigningCertificates: noneOf("ListSigningCertificates", "Certificates"),
  ListSSHPublicKeys: noneOf("ListSSHPublicKeys", "SSHPublicKeys"),
  ListServiceSpecificCredentials: noneOf(
    "ListServiceSpecificCredentials",
    "ServiceSpecificCredentials",
  ),
};
