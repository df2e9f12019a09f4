import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../errors";

/** The members of a group; undefined when there is no such group. */
export const membersOf = (
  client: iam.IAMClient,
  GroupName: string,
): Promise<string[] | undefined> =>
  unlessMissing(
    (async () => {
      const names: string[] = [];
      for await (const { Users = [] } of iam.paginateGetGroup(
        { client },
        { GroupName },
      )) {
        names.push(...Users.map(({ UserName }) => UserName ?? ""));
      }
      return names;
    })(),
  );

/** The groups of a user; undefined when there is no such user. */
export const groupsOf = (
  client: iam.IAMClient,
  UserName: string,
): Promise<string[] | undefined> =>
  unlessMissing(
    (async () => {
      const names: string[] = [];
      for await (const { Groups = [] } of iam.paginateListGroupsForUser(
        { client },
        { UserName },
      )) {
        names.push(...Groups.map(({ GroupName }) => GroupName ?? ""));
      }
      return names;
    })(),
  );

export const join = (
  client: iam.IAMClient,
  GroupName: string,
  UserName: string,
): Promise<unknown> =>
  client.send(new iam.AddUserToGroupCommand({ GroupName, UserName }));

/** The user or the group may be gone already, and with it the membership. */
export const leave = (
  client: iam.IAMClient,
  GroupName: string,
  UserName: string,
): Promise<unknown> =>
  unlessMissing(
    client.send(new iam.RemoveUserFromGroupCommand({ GroupName, UserName })),
  );

/** What to take away from a list and what to add to it. */
export const changeOf = (
  before: readonly string[],
  after: readonly string[],
) => ({
  added: after.filter((one) => !before.includes(one)),
  removed: before.filter((one) => !after.includes(one)),
});

/** A list whose order means nothing keeps the order in which the program wrote it. */
export const inOrderOf = (
  known: readonly string[],
  live: readonly string[],
): readonly string[] => [
  ...known.filter((one) => live.includes(one)),
  ...live.filter((one) => !known.includes(one)).sort(),
];
