import { newId } from "../ids";
import type { Group, User } from "../model";
import {
  type Call,
  type Operation,
  type Operations,
  type Result,
} from "../operation";
import { matching } from "../parameters";
import {
  arnOf,
  describeGroup,
  describeUser,
  groupOf,
  holderArn,
  holderOf,
  namePattern,
} from "./entities";
import { alreadyExists, deleteConflict, limitExceeded } from "./errors";
import { pageOf } from "./paging";
import { quotas } from "./quotas";

const on = (action: string, run: Operation["run"]): Operation => ({
  action: `iam:${action}`,
  resource: (call) => holderArn(call, "Group"),
  run,
});

export const membersOf = ({ account }: Call, group: Group): readonly User[] =>
  [...account.users.values()].filter(({ groups }) => groups.has(group.name));

function refuseTwin({ account }: Call, name: string, except?: string): void {
  for (const other of account.groups.keys()) {
    if (other !== except && other.toLowerCase() === name.toLowerCase()) {
      throw alreadyExists(`Group with name ${name}`);
    }
  }
}

function createGroup(call: Call): Result {
  const { account, cloud, parameters } = call;
  const name = matching(parameters, "GroupName", namePattern);
  refuseTwin(call, name);
  if (account.groups.size >= quotas.groups)
    throw limitExceeded("GroupsPerAccount", quotas.groups);
  const group: Group = {
    name,
    id: newId("AGPA"),
    path: parameters.get("Path") ?? "/",
    createdAt: cloud.now(),
    inlinePolicies: new Map(),
    attachedPolicies: new Set(),
  };
  account.groups.set(name, group);
  return { Group: describeGroup(call, group) };
}

function updateGroup(call: Call): Result {
  const { account, parameters } = call;
  const group = groupOf(call);
  if (parameters.has("NewGroupName")) {
    const name = matching(parameters, "NewGroupName", namePattern);
    refuseTwin(call, name, group.name);
    for (const { groups } of membersOf(call, group)) {
      groups.delete(group.name);
      groups.add(name);
    }
    account.groups.delete(group.name);
    account.groups.set(name, group);
    group.name = name;
  }
  group.path = parameters.get("NewPath") ?? group.path;
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
  const user = holderOf(call, "User") as User;
  if (
    !user.groups.has(group.name) &&
    user.groups.size >= quotas.groupsPerUser
  ) {
    throw limitExceeded("GroupsPerUser", quotas.groupsPerUser);
  }
  user.groups.add(group.name);
  return {};
}

/** Groups and their members. */
export const groupOperations: Operations = {
  CreateGroup: {
    ...on("CreateGroup", createGroup),
    resource: (call) =>
      arnOf(call, "Group", {
        path: call.parameters.get("Path") ?? "/",
        name: call.parameters.get("GroupName") ?? "",
      }),
  },
  GetGroup: on("GetGroup", (call) => {
    const group = groupOf(call);
    const { items, trailer } = pageOf(call.parameters, membersOf(call, group));
    return {
      Group: describeGroup(call, group),
      Users: items.map((user) => describeUser(call, user)),
      ...trailer,
    };
  }),
  UpdateGroup: on("UpdateGroup", updateGroup),
  DeleteGroup: on("DeleteGroup", deleteGroup),
  ListGroups: {
    action: "iam:ListGroups",
    run: (call) => {
      const prefix = call.parameters.get("PathPrefix") ?? "/";
      const all = [...call.account.groups.values()].filter(({ path }) =>
        path.startsWith(prefix),
      );
      const { items, trailer } = pageOf(call.parameters, all);
      return {
        Groups: items.map((group) => describeGroup(call, group)),
        ...trailer,
      };
    },
  },
  AddUserToGroup: on("AddUserToGroup", addUser),
  RemoveUserFromGroup: on("RemoveUserFromGroup", (call) => {
    const group = groupOf(call);
    (holderOf(call, "User") as User).groups.delete(group.name);
    return {};
  }),
};
