import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../missing";
import {
  flag,
  optionalText,
  text,
  type ConnectedAccount,
  type ResourceType,
} from "../resource";
import { readTags, tagChanges, toAwsTags } from "../tags";

/** `aws:iam/user:User` */
export const user: ResourceType = {
  replaceOn: [],
  named: "name",
  tagged: true,
  optional: ["permissionsBoundary", "tags"],
  defaults: { path: "/", forceDestroy: false },

  create: async ({ iam: client }, inputs) => {
    const name = text(inputs, "name");
    await client.send(
      new iam.CreateUserCommand({
        UserName: name,
        Path: optionalText(inputs, "path"),
        PermissionsBoundary: optionalText(inputs, "permissionsBoundary"),
        Tags: toAwsTags(tagsAll(inputs)),
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
    const boundary = optionalText(news, "permissionsBoundary");
    if (boundary !== optionalText(olds, "permissionsBoundary")) {
      await (boundary === undefined
        ? client.send(
            new iam.DeleteUserPermissionsBoundaryCommand({ UserName: name }),
          )
        : client.send(
            new iam.PutUserPermissionsBoundaryCommand({
              UserName: name,
              PermissionsBoundary: boundary,
            }),
          ));
    }
    const { set, remove } = tagChanges(olds, news);
    if (set.length > 0) {
      await client.send(new iam.TagUserCommand({ UserName: name, Tags: set }));
    }
    if (remove.length > 0) {
      await client.send(
        new iam.UntagUserCommand({ UserName: name, TagKeys: remove }),
      );
    }
  },

  remove: async (account, id, state) => {
    await leaveGroups(account, id);
    if (flag(state, "forceDestroy")) await removeOwnThings(account, id);
    await account.iam.send(new iam.DeleteUserCommand({ UserName: id }));
  },
};

const tagsAll = (inputs: Readonly<Record<string, unknown>>) =>
  (inputs["tagsAll"] ?? {}) as Readonly<Record<string, string>>;

/** The real provider does so with and without `forceDestroy`. */
async function leaveGroups(
  { iam: client }: ConnectedAccount,
  name: string,
): Promise<void> {
  const pages = iam.paginateListGroupsForUser({ client }, { UserName: name });
  for await (const { Groups = [] } of pages) {
    for (const { GroupName } of Groups) {
      await client.send(
        new iam.RemoveUserFromGroupCommand({ UserName: name, GroupName }),
      );
    }
  }
}

/** What users make for themselves: keys, devices, a password. */
async function removeOwnThings(
  { iam: client }: ConnectedAccount,
  name: string,
): Promise<void> {
  const UserName = name;
  const { AccessKeyMetadata = [] } = await client.send(
    new iam.ListAccessKeysCommand({ UserName }),
  );
  for (const { AccessKeyId } of AccessKeyMetadata) {
    await client.send(
      new iam.DeleteAccessKeyCommand({ UserName, AccessKeyId }),
    );
  }
  const { MFADevices = [] } = await client.send(
    new iam.ListMFADevicesCommand({ UserName }),
  );
  for (const { SerialNumber } of MFADevices) {
    await client.send(
      new iam.DeactivateMFADeviceCommand({ UserName, SerialNumber }),
    );
    await client.send(new iam.DeleteVirtualMFADeviceCommand({ SerialNumber }));
  }
  await unlessMissing(
    client.send(new iam.DeleteLoginProfileCommand({ UserName })),
  );
}
