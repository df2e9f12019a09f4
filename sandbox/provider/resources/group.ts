import { longestName } from "../identities";
import { nameInput, pathInput } from "../names";
import { optionalText, text } from "../properties";
import type { ResourceType } from "../resource";

/** `aws:iam/group:Group` */
export const group: ResourceType = {
  inputs: { name: nameInput(longestName.group), path: pathInput },
  outputs: ["arn", "uniqueId"],
  idIsName: true,
  fromId: (name) => ({ name }),

  create: async ({ iam }, inputs) => {
    const name = text(inputs, "name");
    await iam.createGroup({
      GroupName: name,
      Path: optionalText(inputs, "path"),
    });
    return name;
  },

  read: async ({ iam }, id) => {
    const { Group: live } = await iam.getGroup({ GroupName: id });
    return (
      live && {
        name: live.GroupName,
        arn: live.Arn,
        uniqueId: live.GroupId,
        path: live.Path,
      }
    );
  },

  update: ({ iam }, id, news) => {
    const name = text(news, "name");
    return iam.updateGroup({
      GroupName: id,
      NewGroupName: name === id ? undefined : name,
      NewPath: optionalText(news, "path"),
    });
  },

  remove: ({ iam }, id) => iam.deleteGroup({ GroupName: id }),
};
