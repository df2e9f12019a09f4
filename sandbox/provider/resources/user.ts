import { unlessMissing } from "../errors";
import {
  boundaryInput,
  detachAll,
  longestName,
  policiesOf,
  removeInline,
} from "../identities";
import { nameInput, pathInput } from "../names";
import { flag, optionalText, text } from "../properties";
import type { ResourceType } from "../resource";
import { tagInputs } from "../tags";
import { groupsOf } from "./membership";
import { removeCredentials } from "./user-credentials";

/** `aws:iam/user:User` */
export const user: ResourceType = {
  inputs: {
    name: nameInput(longestName.user, "UserName"),
    path: pathInput,
    permissionsBoundary: boundaryInput("user"),
    forceDestroy: { default: false },
    ...tagInputs,
  },
  outputs: { arn: "Arn", uniqueId: "UserId" },
  id: "name",

  create: async ({ iam, parameters }) =>
    (await iam.createUser(parameters)).User,

  find: async ({ iam, id }) => (await iam.getUser({ UserName: id })).User,

  update: async ({ iam, id, properties, before }) => {
    const name = text(properties, "name");
    // What else changes, like `forceDestroy`, is none of IAM's business.
    if (name === id && before["path"] === properties["path"]) return;
    await iam.updateUser({
      UserName: id,
      NewUserName: name === id ? undefined : name,
      NewPath: optionalText(properties, "path"),
    });
  },

  tags: {
    set: ({ iam, id }, Tags) => iam.tagUser({ UserName: id, Tags }),
    remove: ({ iam, id }, TagKeys) => iam.untagUser({ UserName: id, TagKeys }),
  },

  clear: async ({ iam, id, properties }) => {
    // The real provider does so with and without `forceDestroy`.
    for (const GroupName of await groupsOf(iam, id)) {
      await unlessMissing(iam.removeUserFromGroup({ GroupName, UserName: id }));
    }
    if (!flag(properties, "forceDestroy")) return;
    const policies = policiesOf(iam, "user", id);
    await detachAll(policies);
    await removeInline(policies);
    await removeCredentials(iam, id);
  },

  remove: ({ iam, id }) => iam.deleteUser({ UserName: id }),
};
