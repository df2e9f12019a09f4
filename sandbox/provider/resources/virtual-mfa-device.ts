import type { VirtualMFADevice } from "@aws-sdk/client-iam";
import { unlessMissing } from "../errors";
import { allItems } from "../lists";
import { pathInput } from "../names";
import { name } from "../problems";
import type { ResourceType, Work } from "../resource";
import { tagInputs } from "../tags";

/** `aws:iam/virtualMfaDevice:VirtualMfaDevice` */
export const virtualMfaDevice: ResourceType = {
  inputs: {
    virtualMfaDeviceName: {
      aws: "VirtualMFADeviceName",
      required: true,
      replaces: true,
      problem: name(226),
    },
    path: { ...pathInput, replaces: true },
    ...tagInputs,
  },
  outputs: {
    arn: "SerialNumber",
    serialNumber: "SerialNumber",
    base32StringSeed: null,
    qrCodePng: null,
    enableDate: "EnableDate",
    userName: null,
  },
  secrets: ["base32StringSeed", "qrCodePng"],
  id: "arn",

  create: async ({ iam, parameters }) => {
    const { VirtualMFADevice: made } =
      await iam.createVirtualMFADevice(parameters);
    return {
      SerialNumber: made?.SerialNumber,
      base32StringSeed: bytesText(made?.Base32StringSeed, "utf8"),
      qrCodePng: bytesText(made?.QRCodePNG, "base64"),
    };
  },

  find,

  details: async ({ iam, id }, { User }: VirtualMFADevice) => {
    const { Tags } = await iam.listMFADeviceTags({ SerialNumber: id });
    const [, Path, VirtualMFADeviceName] =
      /:mfa(\/(?:.*\/)?)([^/]+)$/.exec(id) ?? [];
    return { Path, VirtualMFADeviceName, userName: User?.UserName, Tags };
  },

  tags: {
    set: ({ iam, id }, Tags) => iam.tagMFADevice({ SerialNumber: id, Tags }),
    remove: ({ iam, id }, TagKeys) =>
      iam.untagMFADevice({ SerialNumber: id, TagKeys }),
  },

  clear: async (work) => {
    const UserName = (await find(work))?.User?.UserName;
    if (UserName === undefined) return;
    await unlessMissing(
      work.iam.deactivateMFADevice({ SerialNumber: work.id, UserName }),
    );
  },

  remove: ({ iam, id }) => iam.deleteVirtualMFADevice({ SerialNumber: id }),
};

const bytesText = (
  bytes: Uint8Array | undefined,
  encoding: BufferEncoding,
): string | undefined => bytes && Buffer.from(bytes).toString(encoding);

async function find({ iam, id }: Work): Promise<VirtualMFADevice | undefined> {
  const devices = await allItems(
    iam.paginateListVirtualMFADevices({}),
    ({ VirtualMFADevices }) => VirtualMFADevices,
  );
  return devices.find(({ SerialNumber }) => SerialNumber === id);
}
