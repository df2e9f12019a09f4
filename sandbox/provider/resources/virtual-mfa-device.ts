import type { IAM, VirtualMFADevice } from "@aws-sdk/client-iam";
import { unlessMissing } from "../errors";
import { allItems } from "../lists";
import { pathInput } from "../names";
import { name } from "../problems";
import { optionalText, text, timestamp } from "../properties";
import type { ResourceType } from "../resource";
import { newTags, tagInputs } from "../tags";

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

  create: async ({ iam }, inputs) => {
    const { VirtualMFADevice: made } = await iam.createVirtualMFADevice({
      VirtualMFADeviceName: text(inputs, "virtualMfaDeviceName"),
      Path: optionalText(inputs, "path"),
      Tags: newTags(inputs),
    });
    return {
      id: made?.SerialNumber ?? "",
      outputs: {
        base32StringSeed: bytesText(made?.Base32StringSeed, "utf8"),
        qrCodePng: bytesText(made?.QRCodePNG, "base64"),
      },
    };
  },

  read: async ({ iam }, id) => {
    const live = await find(iam, id);
    if (!live) return undefined;
    const { Tags } = await iam.listMFADeviceTags({ SerialNumber: id });
    const [, path, deviceName] = /:mfa(\/(?:.*\/)?)([^/]+)$/.exec(id) ?? [];
    return {
      arn: id,
      serialNumber: id,
      path,
      virtualMfaDeviceName: deviceName,
      enableDate: timestamp(live.EnableDate),
      userName: live.User?.UserName,
      tags: Tags,
    };
  },

  tags: {
    set: ({ iam }, SerialNumber, Tags) =>
      iam.tagMFADevice({ SerialNumber, Tags }),
    remove: ({ iam }, SerialNumber, TagKeys) =>
      iam.untagMFADevice({ SerialNumber, TagKeys }),
  },

  remove: async ({ iam }, SerialNumber) => {
    const UserName = (await find(iam, SerialNumber))?.User?.UserName;
    if (UserName !== undefined) {
      await unlessMissing(iam.deactivateMFADevice({ SerialNumber, UserName }));
    }
    await iam.deleteVirtualMFADevice({ SerialNumber });
  },
};

const bytesText = (
  bytes: Uint8Array | undefined,
  encoding: BufferEncoding,
): string | undefined => bytes && Buffer.from(bytes).toString(encoding);

async function find(
  iam: IAM,
  serial: string,
): Promise<VirtualMFADevice | undefined> {
  const devices = await allItems(
    iam.paginateListVirtualMFADevices({}),
    ({ VirtualMFADevices }) => VirtualMFADevices,
  );
  return devices.find(({ SerialNumber }) => SerialNumber === serial);
}
