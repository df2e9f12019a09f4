import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../errors";
import { longestName, removePolicies } from "../identities";
import { boundaryInput, nameInput, pathInput } from "../names";
import { flag, optionalText, text, type Properties } from "../properties";
import type { ResourceType } from "../resource";
import { readTags, tagInputs, tagsOf, toAwsTags, updateTags } from "../tags";
import { groupsOf, leave } from "./membership";
import { removeCredentials } from "./user-credentials";

/** `aws:iam/user:User` */
export const user: ResourceType = {
  inputs: {
    name: nameInput(longestName.user),
    path: pathInput,
    permissionsBoundary: boundaryInput,
    forceDestroy: { default: false },
    ...tagInputs,
  },
  outputs: ["arn", "uniqueId"],
  longestName: longestName.user,
  idIsName: true,
  fromId: (name) => ({ name }),

  create: async ({ iam: client }, inputs) => {
    const name = text(inputs, "name");
    await client.send(
      new iam.CreateUserCommand({
        UserName: name,
        Path: optionalText(inputs, "path"),
        PermissionsBoundary: optionalText(inputs, "permissionsBoundary"),
        Tags: toAwsTags(tagsOf(inputs, "tagsAll")),
      }),
    );
    return { id: name };
  },

  read: async (account, id, state) => {
    const found = await unlessMissing(
      account.iam.send(new iam.GetUserCommand({ UserName: id })),
    );
    if (!found?.User) return undefined;
    const { UserName, Arn, UserId, Path, PermissionsBoundary, Tags } =
      found.User;
    return {
      name: UserName,
      arn: Arn,
      uniqueId: UserId,
      path: Path,
      permissionsBoundary: PermissionsBoundary?.PermissionsBoundaryArn,
      ...readTags(account, state, Tags),
    };
  },

  update: async ({ iam: client }, id, olds, news) => {
    const name = text(news, "name");
    if (name !== id || olds["path"] !== news["path"]) {
      await client.send(
        new iam.UpdateUserCommand({
          UserName: id,
          NewUserName: name === id ? undefined : name,
          NewPath: optionalText(news, "path"),
        }),
      );
    }
    await updateBoundary(client, name, olds, news);
    await updateTags(olds, news, {
      tag: (Tags) =>
        client.send(new iam.TagUserCommand({ UserName: name, Tags })),
      untag: (TagKeys) =>
        client.send(new iam.UntagUserCommand({ UserName: name, TagKeys })),
    });
  },

  remove: async ({ iam: client }, id, state) => {
    // The real provider does so with and without `forceDestroy`.
    for (const group of (await groupsOf(client, id)) ?? []) {
      await leave(client, group, id);
    }
    if (flag(state, "forceDestroy")) {
      await removePolicies(client, "user", id);
      await removeCredentials(client, id);
    }
    await client.send(new iam.DeleteUserCommand({ UserName: id }));
  },
};

async function updateBoundary(
  client: iam.IAMClient,
  UserName: string,
  olds: Properties,
  news: Properties,
): Promise<void> {
  const boundary = optionalText(news, "permissionsBoundary");
  if (boundary === optionalText(olds, "permissionsBoundary")) return;
  await (boundary === undefined
    ? client.send(new iam.DeleteUserPermissionsBoundaryCommand({ UserName }))
    : client.send(
        new iam.PutUserPermissionsBoundaryCommand({
          UserName,
          PermissionsBoundary: boundary,
        }),
      ));
}
