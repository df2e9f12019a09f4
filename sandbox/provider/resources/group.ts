import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../errors";
import { longestName } from "../identities";
import { nameInput, pathInput } from "../names";
import { optionalText, text } from "../properties";
import type { ResourceType } from "../resource";

/** `aws:iam/group:Group` */
export const group: ResourceType = {
  inputs: { name: nameInput(longestName.group), path: pathInput },
  outputs: ["arn", "uniqueId"],
  longestName: longestName.group,
  idIsName: true,
  fromId: (name) => ({ name }),

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
