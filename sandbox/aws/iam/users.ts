import { deleteConflict } from "../errors";
import type { User } from "../model";
import { newUser } from "../new-identity";
import type { Call, Operations, Result } from "../operation";
import { onIdentity, onUserOrCaller } from "./actions";
import { boundaryOperations } from "./attachments";
import { describeUser } from "./descriptions";
import { devicesOf, groupsOf } from "./entities";
import {
  creation,
  identityOperations,
  keyed,
  newIdentityIn,
  refuseWithPolicies,
  removeIdentity,
  updatedIdentity,
  updateIdentity,
} from "./identities";
import { listPage } from "./paging";
import { boundaryIn } from "./policy-lookup";
import { renameSessions } from "./sessions";
import { tagOperations, tagsIn } from "./tags";

function createUser(call: Call): Result {
  const user: User = {
    ...newUser(newIdentityIn(call, "User")),
    tags: tagsIn(call),
    ...boundaryIn(call),
  };
  call.account.users.set(user.name, user);
  return { User: describeUser(call, user) };
}

function rename(user: User, name: string, call: Call): void {
  for (const device of devicesOf(call, user)) device.enabledFor = name;
  renameSessions(call, user.name, name);
}

function deleteUser(user: User, call: Call): void {
  if (user.accessKeys.size > 0) throw deleteConflict("delete access keys");
  if (user.signingCertificates.size > 0)
    throw deleteConflict("delete certificates");
  if (devicesOf(call, user).length > 0)
    throw deleteConflict("delete MFA device");
  if (user.loginProfile) throw deleteConflict("delete login profile");
  refuseWithPolicies(user);
  if (user.groups.size > 0) throw deleteConflict("remove users from group");
  if (user.sshKeys.size + user.serviceCredentials.size > 0)
    throw deleteConflict("remove referenced objects");
  removeIdentity(call, "User", user);
}

const onUser = onIdentity("User");

/** Users, and what hangs on them beside their credentials. */
export const userOperations: Operations = {
  CreateUser: creation("User", createUser),
  GetUser: onUserOrCaller((user, call) => ({ User: describeUser(call, user) })),
  UpdateUser: {
    ...onUser((user, call) => {
      updateIdentity(call, "User", user, rename);
    }),
    alsoNeeds: updatedIdentity("User"),
  },
  DeleteUser: onUser(deleteUser),
  ListGroupsForUser: onUser((user, call) => {
    const groups = groupsOf(call.account, user);
    return listPage(call, "Groups", keyed(call, "Group", groups));
  }),
  ...identityOperations("User"),
  ...boundaryOperations("User"),
  ...tagOperations("User", onUser),
};
