import type { IAM } from "@aws-sdk/client-iam";
import { sameSet } from "../equality";
import { unlessMissing } from "../errors";
import { allItems, changeOf, inOrderOf } from "../lists";
import { uniqueName } from "../naming";
import { text, texts, type Properties } from "../properties";
import type { Clients } from "../account";
import type { ResourceType } from "../resource";

const membersOf = (iam: IAM, GroupName: string) =>
  allItems(iam.paginateGetGroup({ GroupName }), ({ Users }) =>
    Users?.map(({ UserName = "" }) => UserName),
  );

export const groupsOf = (iam: IAM, UserName: string) =>
  allItems(iam.paginateListGroupsForUser({ UserName }), ({ Groups }) =>
    Groups?.map(({ GroupName = "" }) => GroupName),
  );

/** Keeps to a list: the users of one group, or the groups of one user. */
function membership(one: "group" | "user", list: "users" | "groups") {
  const change = async (
    { iam }: Clients,
    news: Properties,
    olds: Properties,
  ): Promise<void> => {
    const pair = (other: string) =>
      one === "group"
        ? { GroupName: text(news, one), UserName: other }
        : { GroupName: other, UserName: text(news, one) };
    const { added, removed } = changeOf(texts(olds, list), texts(news, list));
    for (const other of removed) {
      // The user or the group may be gone already, and with it the membership.
      await unlessMissing(iam.removeUserFromGroup(pair(other)));
    }
    for (const other of added) await iam.addUserToGroup(pair(other));
  };
  return {
    inputs: {
      [one]: { required: true, replaces: true },
      [list]: { required: true, same: sameSet },
    },
    create: (clients, inputs) =>
      change(clients, inputs, {}).then(() => uniqueName("terraform-")),
    update: (clients, _id, news, olds) => change(clients, news, olds),
    remove: (clients, _id, state) =>
      change(clients, { ...state, [list]: [] }, state),
  } satisfies Partial<ResourceType>;
}

const wholeGroup = membership("group", "users");

/** `aws:iam/groupMembership:GroupMembership`: the whole list of a group's members. */
export const groupMembership: ResourceType = {
  ...wholeGroup,
  inputs: {
    name: { computed: true, replaces: true, longest: 255 },
    ...wholeGroup.inputs,
  },

  create: async (clients, inputs) => {
    await wholeGroup.create(clients, inputs);
    return text(inputs, "name");
  },

  read: async ({ iam }, _id, state) => {
    const users = await membersOf(iam, text(state, "group"));
    return { users: inOrderOf(texts(state, "users"), users) };
  },
};

/** `aws:iam/userGroupMembership:UserGroupMembership`: some of a user's groups, beside others. */
export const userGroupMembership: ResourceType = {
  ...membership("user", "groups"),
  fromId: (id) => {
    const [user = "", ...groups] = id.split("/");
    if (user !== "" && groups.length > 0) return { user, groups };
    throw new Error(
      `unexpected format of ID ("${id}"), expected <user-name>/<group-name1>/...`,
    );
  },

  /** Groups that others put the user into are none of its business. */
  read: async ({ iam }, _id, state) => {
    const live = await groupsOf(iam, text(state, "user"));
    return {
      groups: texts(state, "groups").filter((group) => live.includes(group)),
    };
  },
};
