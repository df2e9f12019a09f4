import { newIdentity } from "../new-identity";
import type { Group, User } from "../model";
import type { Call, Operations, Result } from "../operation";
import { matching } from "../parameters";
import { onAccount, onIdentity } from "./actions";
import { describeGroup, listedUser } from "./descriptions";
import {
  groupOf,
  identityOf,
  namePattern,
  newIdentityArn,
  refuseTakenName,
} from "./entities";
import { deleteConflict, limitExceeded } from "./errors";
import { listPage } from "./paging";
import { pathIn, underPrefix } from "./paths";
import { quotas } from "./quotas";

const membersOf = ({ account }: Call, group: Group): readonly User[] =>
  [...account.users.values()].filter(({ groups }) => groups.has(group.name));

function createGroup(call: Call): Result {
  const { account, cloud, parameters } = call;
  const name = matching(parameters, "GroupName", namePattern);
  refuseTakenName(call, "Group", name);
  if (account.groups.size >= quotas.groups)
    throw limitExceeded("GroupsPerAccount", quotas.groups);
  const group = newIdentity(cloud, "AGPA", { name, path: pathIn(parameters) });
  account.groups.set(name, group);
  return { Group: describeGroup(call, group) };
}

function updateGroup(call: Call): Result {
  const { account, parameters } = call;
  const group = groupOf(call);
  const path = pathIn(parameters, "NewPath", group.path);
  if (parameters.has("NewGroupName")) {
    const name = matching(parameters, "NewGroupName", namePattern);
    refuseTakenName(call, "Group", name, group.name);
    for (const { groups } of membersOf(call, group)) {
      groups.delete(group.name);
      groups.add(name);
    }
    account.groups.delete(group.name);
    account.groups.set(name, group);
    group.name = name;
  }
  group.path = path;
  return {};
}

function deleteGroup(call: Call): Result {
  const group = groupOf(call);
  if (membersOf(call, group).length > 0)
    throw deleteConflict("remove users from group");
  if (group.inlinePolicies.size > 0) throw deleteConflict("delete policies");
  if (group.attachedPolicies.size > 0)
    throw deleteConflict("detach all policies");
  call.account.groups.delete(group.name);
  return {};
}

function addUser(call: Call): Result {
  const group = groupOf(call);
  const { groups } = identityOf(call, "User");
  if (!groups.has(group.name) && groups.size >= quotas.groupsPerUser)
    throw limitExceeded("GroupsPerUser", quotas.groupsPerUser);
  groups.add(group.name);
  return {};
}

/** Groups and their members. */
export const groupOperations: Operations = {
  CreateGroup: {
    action: "iam:CreateGroup",
    resource: (call) => newIdentityArn(call, "Group"),
    run: createGroup,
  },
  GetGroup: onIdentity("Group", "GetGroup", (call) => {
    const group = groupOf(call);
    return {
      Group: describeGroup(call, group),
      ...listPage(
        call,
        "Users",
        membersOf(call, group),
        ({ name }) => name,
        (user) => listedUser(call, user),
      ),
    };
  }),
  UpdateGroup: onIdentity("Group", "UpdateGroup", updateGroup),
  DeleteGroup: onIdentity("Group", "DeleteGroup", deleteGroup),
  ListGroups: onAccount("ListGroups", (call) => {
    return listPage(
      call,
      "Groups",
      underPrefix(call.parameters, call.account.groups.values()),
      ({ name }) => name,
      (group) => describeGroup(call, group),
    );
  }),
  AddUserToGroup: onIdentity("Group", "AddUserToGroup", addUser),
  RemoveUserFromGroup: onIdentity("Group", "RemoveUserFromGroup", (call) => {
    const group = groupOf(call);
    identityOf(call, "User").groups.delete(group.name);
    return {};
  }),
};
