import { longestName } from "../identities";
import { nameInput, pathInput } from "../names";
import { optionalText, text } from "../properties";
import type { ResourceType } from "../resource";

/** `aws:iam/group:Group` */
export const group: ResourceType = {
  inputs: { name: nameInput(longestName.group, "GroupName"), path: pathInput },
  outputs: { arn: "Arn", uniqueId: "GroupId" },
  id: "name",

  create: async ({ iam, parameters }) =>
    (await iam.createGroup(parameters)).Group,

  find: async ({ iam, id }) => (await iam.getGroup({ GroupName: id })).Group,

  update: ({ iam, id, properties }) => {
    const name = text(properties, "name");
    return iam.updateGroup({
      GroupName: id,
      NewGroupName: name === id ? undefined : name,
      NewPath: optionalText(properties, "path"),
    });
  },

  remove: ({ iam, id }) => iam.deleteGroup({ GroupName: id }),
};
