import { sameSet } from "../equality";
import { text, texts } from "../properties";
import type { ResourceType } from "../resource";
import { changeOf, inOrderOf, join, leave, membersOf } from "./membership";

/** `aws:iam/groupMembership:GroupMembership`: the whole list of a group's members. */
export const groupMembership: ResourceType = {
  inputs: {
    name: { computed: true, replaces: true },
    group: { required: true, replaces: true },
    users: { required: true, same: sameSet },
  },
  longestName: 255,

  create: async ({ iam: client }, inputs) => {
    for (const user of texts(inputs, "users")) {
      await join(client, text(inputs, "group"), user);
    }
    return { id: text(inputs, "name") };
  },

  read: async ({ iam: client }, _id, state) => {
    const users = await membersOf(client, text(state, "group"));
    return users && { users: inOrderOf(texts(state, "users"), users) };
  },

  update: async ({ iam: client }, _id, olds, news) => {
    const group = text(news, "group");
    const { added, removed } = changeOf(
      texts(olds, "users"),
      texts(news, "users"),
    );
    for (const user of removed) await leave(client, group, user);
    for (const user of added) await join(client, group, user);
  },

  remove: async ({ iam: client }, _id, state) => {
    for (const user of texts(state, "users")) {
      await leave(client, text(state, "group"), user);
    }
  },
};
