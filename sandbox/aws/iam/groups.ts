import { checkQuota, deleteConflict } from "../errors";
import type { Group, User } from "../model";
import type { Call, Operations, Result } from "../operation";
import { onIdentity } from "./actions";
import { listed } from "./descriptions";
import { identityOf } from "./entities";
import {
  creation,
  identityOperations,
  keyed,
  newIdentityIn,
  refuseWithPolicies,
  updatedIdentity,
  updateIdentity,
} from "./identities";
import { listPage } from "./paging";
import { quotas } from "./quotas";

const membersOf = ({ account }: Call, group: Group): readonly User[] =>
  [...account.users.values()].filter(({ groups }) => groups.has(group.name));

function createGroup(call: Call): Result {
  const group = newIdentityIn(call, "Group");
  call.account.groups.set(group.name, group);
  return { Group: listed(call, "Group", group) };
}

function rename(group: Group, name: string, call: Call): void {
  for (const { groups } of membersOf(call, group)) {
    groups.delete(group.name);
    groups.add(name);
  }
}

function deleteGroup(group: Group, call: Call): void {
  if (membersOf(call, group).length > 0)
    throw deleteConflict("remove users from group");
  refuseWithPolicies(group);
  call.account.groups.delete(group.name);
}

function addUser(group: Group, call: Call): void {
  const { groups } = identityOf(call, "User");
  if (groups.has(group.name)) return;
  checkQuota("GroupsPerUser", groups.size, quotas.groupsPerUser);
  groups.add(group.name);
}

const onGroup = onIdentity("Group");

/** Groups and their members. */
export const groupOperations: Operations = {
  CreateGroup: creation("Group", createGroup),
  GetGroup: onGroup((group, call) => ({
    Group: listed(call, "Group", group),
    ...listPage(call, "Users", keyed(call, "User", membersOf(call, group))),
  })),
  UpdateGroup: {
    ...onGroup((group, call) => {
      updateIdentity(call, "Group", group, rename);
    }),
    alsoNeeds: updatedIdentity("Group"),
  },
  DeleteGroup: onGroup(deleteGroup),
  AddUserToGroup: onGroup(addUser),
  RemoveUserFromGroup: onGroup((group, call) => {
    identityOf(call, "User").groups.delete(group.name);
  }),
  ...identityOperations("Group"),
};
