import type { IAM } from "@aws-sdk/client-iam";
import { sameSet } from "../equality";
import { unlessMissing } from "../errors";
import { allItems, changeOf, inOrderOf } from "../lists";
import { uniqueName } from "../naming";
import { text, texts, type Properties } from "../properties";
import type { ResourceType, Work } from "../resource";

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
    { iam, properties }: Work,
    before: Properties,
    after: Properties,
  ) => {
    const name = text(properties, one);
    const pair = (other: string) =>
      one === "group"
        ? { GroupName: name, UserName: other }
        : { GroupName: other, UserName: name };
    const { added, removed } = changeOf(
      texts(before, list),
      texts(after, list),
    );
    for (const other of removed) {
      // The user or the group may be gone already, and with it the membership.
      await unlessMissing(iam.removeUserFromGroup(pair(other)));
    }
    for (const other of added) await iam.addUserToGroup(pair(other));
    return { id: uniqueName("terraform-") };
  };
  return {
    inputs: {
      [one]: { required: true, replaces: true },
      [list]: { required: true, same: sameSet },
    },
    create: (work) => change(work, {}, work.properties),
    update: (work) => change(work, work.before, work.properties),
    remove: (work) => change(work, work.properties, {}),
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
  id: "name",
  fromId: "never",

  find: async ({ iam, properties }) => {
    const users = await membersOf(iam, text(properties, "group"));
    return { users: inOrderOf(texts(properties, "users"), users) };
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
  find: async ({ iam, properties }) => {
    const live = await groupsOf(iam, text(properties, "user"));
    const known = texts(properties, "groups");
    return { groups: known.filter((group) => live.includes(group)) };
  },
};
