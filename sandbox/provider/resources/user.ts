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
import { newTags, tagInputs } from "../tags";
import { groupsOf } from "./membership";
import { removeCredentials } from "./user-credentials";

/** `aws:iam/user:User` */
export const user: ResourceType = {
  inputs: {
    name: nameInput(longestName.user),
    path: pathInput,
    permissionsBoundary: boundaryInput("user"),
    forceDestroy: { default: false },
    ...tagInputs,
  },
  outputs: ["arn", "uniqueId"],
  idIsName: true,
  fromId: (name) => ({ name }),

  create: async ({ iam }, inputs) => {
    const name = text(inputs, "name");
    await iam.createUser({
      UserName: name,
      Path: optionalText(inputs, "path"),
      PermissionsBoundary: optionalText(inputs, "permissionsBoundary"),
      Tags: newTags(inputs),
    });
    return name;
  },

  read: async ({ iam }, id) => {
    const { User: live } = await iam.getUser({ UserName: id });
    return (
      live && {
        name: live.UserName,
        arn: live.Arn,
        uniqueId: live.UserId,
        path: live.Path,
        permissionsBoundary: live.PermissionsBoundary?.PermissionsBoundaryArn,
        tags: live.Tags,
      }
    );
  },

  update: async ({ iam }, id, news, olds) => {
    const name = text(news, "name");
    // What else changes, like `forceDestroy`, is none of IAM's business.
    if (name === id && olds["path"] === news["path"]) return;
    await iam.updateUser({
      UserName: id,
      NewUserName: name === id ? undefined : name,
      NewPath: optionalText(news, "path"),
    });
  },

  tags: {
    set: ({ iam }, UserName, Tags) => iam.tagUser({ UserName, Tags }),
    remove: ({ iam }, UserName, TagKeys) =>
      iam.untagUser({ UserName, TagKeys }),
  },

  remove: async ({ iam }, id, state) => {
    // The real provider does so with and without `forceDestroy`.
    for (const GroupName of await groupsOf(iam, id)) {
      await unlessMissing(iam.removeUserFromGroup({ GroupName, UserName: id }));
    }
    if (flag(state, "forceDestroy")) {
      const policies = policiesOf(iam, "user", id);
      await detachAll(policies);
      await removeInline(policies);
      await removeCredentials(iam, id);
    }
    await iam.deleteUser({ UserName: id });
  },
};
