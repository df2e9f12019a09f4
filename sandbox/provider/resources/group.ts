import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../missing";
import { optionalText, text, type ResourceType } from "../resource";

/** `aws:iam/group:Group` */
export const group: ResourceType = {
  replaceOn: [],
  named: "name",
  defaults: { path: "/" },

  create: async ({ iam: client }, inputs) => {
    const name = text(inputs, "name");
    await client.send(
      new iam.CreateGroupCommand({
        GroupName: name,
        Path: optionalText(inputs, "path"),
      }),
    );
    return { id: name };
  },

  read: async ({ iam: client }, id) => {
    const found = await unlessMissing(
      client.send(new iam.GetGroupCommand({ GroupName: id })),
    );
    if (!found?.Group) return undefined;
    const { GroupName, Arn, GroupId, Path } = found.Group;
    return { name: GroupName, arn: Arn, uniqueId: GroupId, path: Path };
  },

  update: async ({ iam: client }, id, _olds, news) => {
    const name = text(news, "name");
    await client.send(
      new iam.UpdateGroupCommand({
        GroupName: id,
        NewGroupName: name === id ? undefined : name,
        NewPath: optionalText(news, "path"),
      }),
    );
  },

  remove: async ({ iam: client }, id) => {
    await client.send(new iam.DeleteGroupCommand({ GroupName: id }));
  },
};
