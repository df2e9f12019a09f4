import { sameSet } from "../equality";
import { uniqueName } from "../naming";
import { text, texts } from "../properties";
import type { ResourceType } from "../resource";
import { changeOf, groupsOf, join, leave } from "./membership";

/** `aws:iam/userGroupMembership:UserGroupMembership`: some of a user's groups, beside others. */
export const userGroupMembership: ResourceType = {
  inputs: {
    user: { required: true, replaces: true },
    groups: { required: true, same: sameSet },
  },
  fromId: (id) => {
    const [user = "", ...groups] = id.split("/");
    if (user !== "" && groups.length > 0) return { user, groups };
    throw new Error(
      `unexpected format of ID ("${id}"), expected <user-name>/<group-name1>/...`,
    );
  },

  create: async ({ iam: client }, inputs) => {
    const user = text(inputs, "user");
    for (const group of texts(inputs, "groups")) {
      await join(client, group, user);
    }
    return { id: uniqueName("terraform-") };
  },

  /** Groups that others put the user into are none of its business. */
  read: async ({ iam: client }, _id, state) => {
    const user = text(state, "user");
    const live = await groupsOf(client, user);
    return (
      live && {
        user,
        groups: texts(state, "groups").filter((group) => live.includes(group)),
      }
    );
  },

  update: async ({ iam: client }, _id, olds, news) => {
    const user = text(news, "user");
    const { added, removed } = changeOf(
      texts(olds, "groups"),
      texts(news, "groups"),
    );
    for (const group of removed) await leave(client, group, user);
    for (const group of added) await join(client, group, user);
  },

  remove: async ({ iam: client }, _id, state) => {
    for (const group of texts(state, "groups")) {
      await leave(client, group, text(state, "user"));
    }
  },
};
