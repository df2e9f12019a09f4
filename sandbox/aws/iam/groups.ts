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
  updateIdentity,
} from "./identities";
import { listPage } from "./paging";
import { quotas } from "./quotas";

const groupOf = (call: Call): Group => identityOf(call, "Group");

const membersOf = ({ account }: Call, group: Group): readonly User[] =>
  [...account.users.values()].filter(({ groups }) => groups.has(group.name));

function createGroup(call: Call): Result {
  const group = newIdentityIn(call, "Group");
  call.account.groups.set(group.name, group);
  return { Group: listed(call, "Group", group) };
}

function updateGroup(call: Call): void {
  updateIdentity(call, "Group", (group, name) => {
    for (const { groups } of membersOf(call, group)) {
      groups.delete(group.name);
      groups.add(name);
    }
  });
}

function deleteGroup(call: Call): void {
  const group = groupOf(call);
  if (membersOf(call, group).length > 0)
    throw deleteConflict("remove users from group");
  refuseWithPolicies(group);
  call.account.groups.delete(group.name);
}

function addUser(call: Call): void {
  const group = groupOf(call);
  const { groups } = identityOf(call, "User");
  if (groups.has(group.name)) return;
  checkQuota("GroupsPerUser", groups.size, quotas.groupsPerUser);
  groups.add(group.name);
}

const onGroup = onIdentity("Group");

/** Groups and their members. */
export const groupOperations: Operations = {
  CreateGroup: creation("Group", createGroup),
  GetGroup: onGroup((call) => {
    const group = groupOf(call);
    return {
      Group: listed(call, "Group", group),
      ...listPage(call, "Users", keyed(call, "User", membersOf(call, group))),
    };
  }),
  UpdateGroup: onGroup(updateGroup),
  DeleteGroup: onGroup(deleteGroup),
  AddUserToGroup: onGroup(addUser),
  RemoveUserFromGroup: onGroup((call) => {
    const group = groupOf(call);
    identityOf(call, "User").groups.delete(group.name);
  }),
  ...identityOperations("Group"),
};
