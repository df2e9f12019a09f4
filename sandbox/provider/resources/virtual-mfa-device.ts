import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../errors";
import { pathInput } from "../names";
import { name } from "../problems";
import { optionalText, text, timestamp } from "../properties";
import type { ResourceType } from "../resource";
import { readTags, tagInputs, tagsOf, toAwsTags, updateTags } from "../tags";

/** `aws:iam/virtualMfaDevice:VirtualMfaDevice` */
export const virtualMfaDevice: ResourceType = {
  inputs: {
    virtualMfaDeviceName: {
      required: true,
      replaces: true,
      problem: name(226),
    },
    path: { ...pathInput, replaces: true },
    ...tagInputs,
  },
  outputs: [
    "arn",
    "serialNumber",
    "base32StringSeed",
    "qrCodePng",
    "enableDate",
    "userName",
  ],
  secrets: ["base32StringSeed", "qrCodePng"],
  fromId: (arn) => ({ arn }),

  create: async ({ iam: client }, inputs) => {
    const { VirtualMFADevice: made } = await client.send(
      new iam.CreateVirtualMFADeviceCommand({
        VirtualMFADeviceName: text(inputs, "virtualMfaDeviceName"),
        Path: optionalText(inputs, "path"),
        Tags: toAwsTags(tagsOf(inputs, "tagsAll")),
      }),
    );
    const { SerialNumber = "", Base32StringSeed, QRCodePNG } = made ?? {};
    return {
      id: SerialNumber,
      once: {
        base32StringSeed: bytesText(Base32StringSeed, "utf8"),
        qrCodePng: bytesText(QRCodePNG, "base64"),
      },
    };
  },

  read: async (account, id, state) => {
    const { iam: client } = account;
    const live = await find(client, id);
    if (!live) return undefined;
    const { Tags } = await client.send(
      new iam.ListMFADeviceTagsCommand({ SerialNumber: id }),
    );
    const [, path, deviceName] = /:mfa(\/(?:.*\/)?)([^/]+)$/.exec(id) ?? [];
    return {
      arn: id,
      serialNumber: id,
      path,
      virtualMfaDeviceName: deviceName,
      enableDate: timestamp(live.EnableDate),
      userName: live.User?.UserName,
      ...readTags(account, state, Tags),
    };
  },

  update: async ({ iam: client }, id, olds, news) => {
    await updateTags(olds, news, {
      tag: (Tags) =>
        client.send(new iam.TagMFADeviceCommand({ SerialNumber: id, Tags })),
      untag: (TagKeys) =>
        client.send(
          new iam.UntagMFADeviceCommand({ SerialNumber: id, TagKeys }),
        ),
    });
  },

  remove: async ({ iam: client }, id) => {
    const UserName = (await find(client, id))?.User?.UserName;
    if (UserName !== undefined) {
      await unlessMissing(
        client.send(
          new iam.DeactivateMFADeviceCommand({ SerialNumber: id, UserName }),
        ),
      );
    }
    await client.send(
      new iam.DeleteVirtualMFADeviceCommand({ SerialNumber: id }),
    );
  },
};

const bytesText = (
  bytes: Uint8Array | undefined,
  encoding: BufferEncoding,
): string | undefined => bytes && Buffer.from(bytes).toString(encoding);

async function find(
  client: iam.IAMClient,
  serial: string,
): Promise<iam.VirtualMFADevice | undefined> {
  for await (const {
    VirtualMFADevices = [],
  } of iam.paginateListVirtualMFADevices({ client }, {})) {
    const found = VirtualMFADevices.find(
      ({ SerialNumber }) => SerialNumber === serial,
    );
    if (found) return found;
  }
  return undefined;
}
