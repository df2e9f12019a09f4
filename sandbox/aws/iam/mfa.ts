import { iamArn } from "../arn";
import type { MfaDevice } from "../model";
import {
  AwsError,
  type Call,
  type Operation,
  type Operations,
  type Result,
} from "../operation";
import { matching, required, tagList } from "../parameters";
import { newSeed, useConsecutiveCodes } from "../totp";
import {
  describeTags,
  devicesOf,
  describeUser,
  userArnOf,
  userOf,
} from "./entities";
import { alreadyExists, limitExceeded, noSuchEntity } from "./errors";
import { pageOf } from "./paging";
import { quotas } from "./quotas";
import { requestTags, tagOperations } from "./tags";

const onUser = (action: string, run: Operation["run"]): Operation => ({
  action: `iam:${action}`,
  resource: userArnOf,
  run,
});

const serialOf = ({ parameters }: Call): string =>
  parameters.get("SerialNumber") ?? "*";

const newSerial = (call: Call): string =>
  iamArn(call.cloud, call.account.id, "mfa", {
    path: call.parameters.get("Path") ?? "/",
    name: call.parameters.get("VirtualMFADeviceName") ?? "",
  });

function deviceOf(call: Call): MfaDevice {
  const serial = required(call.parameters, "SerialNumber");
  const device = call.account.mfaDevices.get(serial);
  if (device) return device;
  throw noSuchEntity(`VirtualMFADevice with serial number ${serial}`);
}

function ownDevice(call: Call): MfaDevice {
  const device = deviceOf(call);
  const { name } = userOf(call);
  if (device.enabledFor === name) return device;
  throw noSuchEntity(
    `MFA Device with serial number ${device.serial} of user ${name}`,
  );
}

function createDevice(call: Call): Result {
  const { account, cloud, parameters } = call;
  matching(parameters, "VirtualMFADeviceName", /^[\w+=,.@-]{1,226}$/);
  const serial = newSerial(call);
  if (account.mfaDevices.has(serial)) {
    throw alreadyExists(`MFADevice entity at the same path and name`);
  }
  const device: MfaDevice = {
    serial,
    seed: newSeed(),
    tags: tagList(parameters),
    createdAt: cloud.now(),
  };
  account.mfaDevices.set(serial, device);
  return {
    VirtualMFADevice: {
      SerialNumber: serial,
      // Base64 of the Base32 text, as AWS sends it. The QR code is left to the client.
      Base32StringSeed: Buffer.from(device.seed).toString("base64"),
      Tags: describeTags(device.tags),
    },
  };
}

function checkCodes(call: Call, device: MfaDevice): void {
  const one = matching(call.parameters, "AuthenticationCode1", /^\d{6}$/);
  const two = matching(call.parameters, "AuthenticationCode2", /^\d{6}$/);
  if (useConsecutiveCodes(device, one, two, call.cloud.now())) return;
  throw new AwsError(
    "InvalidAuthenticationCode",
    `Authentication code for device is not valid: it takes two codes that follow each other.`,
    403,
  );
}

function enableDevice(call: Call): Result {
  const user = userOf(call);
  const device = deviceOf(call);
  if (device.enabledFor !== undefined) {
    throw alreadyExists(`MFA Device ${device.serial} in use: it`);
  }
  if (devicesOf(call, user).length >= quotas.devicesPerUser) {
    throw limitExceeded("MFADevicesPerUser", quotas.devicesPerUser);
  }
  checkCodes(call, device);
  device.enabledFor = user.name;
  device.enabledAt = call.cloud.now();
  return {};
}

function deactivateDevice(call: Call): Result {
  const device = ownDevice(call);
  delete device.enabledFor;
  delete device.enabledAt;
  return {};
}

function deleteDevice(call: Call): Result {
  const device = deviceOf(call);
  if (device.enabledFor !== undefined) {
    throw new AwsError(
      "DeleteConflict",
      "Cannot delete entity, must deactivate MFA device first.",
      409,
    );
  }
  call.account.mfaDevices.delete(device.serial);
  return {};
}

function listVirtual(call: Call): Result {
  const status = call.parameters.get("AssignmentStatus") ?? "Any";
  const all = [...call.account.mfaDevices.values()].filter(
    ({ enabledFor }) =>
      status === "Any" ||
      (status === "Assigned") === (enabledFor !== undefined),
  );
  const { items, trailer } = pageOf(call.parameters, all);
  return {
    VirtualMFADevices: items.map(({ serial, enabledFor, enabledAt }) => {
      const user =
        enabledFor === undefined
          ? undefined
          : call.account.users.get(enabledFor);
      return {
        SerialNumber: serial,
        User: user && describeUser(call, user),
        EnableDate: enabledAt,
      };
    }),
    ...trailer,
  };
}

/** Virtual MFA devices: up to eight a user, under any name. */
export const mfaOperations: Operations = {
  CreateVirtualMFADevice: {
    action: "iam:CreateVirtualMFADevice",
    resource: newSerial,
    context: ({ parameters }) => requestTags(tagList(parameters)),
    run: createDevice,
  },
  DeleteVirtualMFADevice: {
    action: "iam:DeleteVirtualMFADevice",
    resource: serialOf,
    run: deleteDevice,
  },
  EnableMFADevice: onUser("EnableMFADevice", enableDevice),
  DeactivateMFADevice: onUser("DeactivateMFADevice", deactivateDevice),
  ResyncMFADevice: onUser("ResyncMFADevice", (call) => {
    checkCodes(call, ownDevice(call));
    return {};
  }),
  ListMFADevices: onUser("ListMFADevices", (call) => {
    const user = userOf(call);
    const { items, trailer } = pageOf(call.parameters, devicesOf(call, user));
    return {
      MFADevices: items.map(({ serial, enabledAt }) => ({
        UserName: user.name,
        SerialNumber: serial,
        EnableDate: enabledAt,
      })),
      ...trailer,
    };
  }),
  GetMFADevice: onUser("GetMFADevice", (call) => {
    const { serial, enabledFor, enabledAt } = deviceOf(call);
    return {
      UserName: enabledFor,
      SerialNumber: serial,
      EnableDate: enabledAt,
    };
  }),
  ListVirtualMFADevices: {
    action: "iam:ListVirtualMFADevices",
    run: listVirtual,
  },
  ...tagOperations("MFADevice", serialOf, deviceOf),
};
