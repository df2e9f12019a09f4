import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../missing";
import {
  text,
  texts,
  type ConnectedAccount,
  type Properties,
  type ResourceType,
} from "../resource";

/** `aws:iam/groupMembership:GroupMembership`: the whole list of a group's members. */
export const groupMembership: ResourceType = {
  replaceOn: ["group", "name"],
  sets: ["users"],
  named: "name",

  create: async (account, inputs) => {
    await change(account, inputs, [], texts(inputs, "users"));
    return { id: text(inputs, "name") };
  },

  read: async ({ iam: client }, _id, state) => {
    const users: string[] = [];
    const pages = iam.paginateGetGroup(
      { client },
      { GroupName: text(state, "group") },
    );
    const read = (async () => {
      for await (const { Users = [] } of pages) {
        users.push(...Users.map(({ UserName }) => UserName ?? ""));
      }
      return { users: inOrderOf(texts(state, "users"), users) };
    })();
    return unlessMissing(read);
  },

  update: async (account, _id, olds, news) => {
    await change(account, news, texts(olds, "users"), texts(news, "users"));
  },

  remove: async (account, _id, state) => {
    await change(account, state, texts(state, "users"), []);
  },
};

/** A list whose order means nothing keeps the order in which the program wrote it. */
const inOrderOf = (
  known: readonly string[],
  live: readonly string[],
): readonly string[] => [
  ...known.filter((name) => live.includes(name)),
  ...live.filter((name) => !known.includes(name)).sort(),
];

async function change(
  { iam: client }: ConnectedAccount,
  properties: Properties,
  before: readonly string[],
  after: readonly string[],
): Promise<void> {
  const GroupName = text(properties, "group");
  for (const UserName of after.filter((name) => !before.includes(name))) {
    await client.send(new iam.AddUserToGroupCommand({ GroupName, UserName }));
  }
  for (const UserName of before.filter((name) => !after.includes(name))) {
    // The user may be gone already, and with it the membership.
    await unlessMissing(
      client.send(new iam.RemoveUserFromGroupCommand({ GroupName, UserName })),
    );
  }
}
