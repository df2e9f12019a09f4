import { iamArn, nameIn, rootArn } from "../arn";
import type { Account, MfaDevice, User } from "../model";
import type { Call, Operations, Result } from "../operation";
import { newSeed, useConsecutiveCodes } from "../totp";
import { on, onIdentity, onUserOrCaller } from "./actions";
import { requestTags } from "../tags";
import { listed } from "./descriptions";
import { arnOf, devicesOf, userArnOf, userOf } from "./entities";
import {
  AwsError,
  checkQuota,
  deleteConflict,
  existing,
  invalidParameter,
} from "../errors";
import { listPage } from "./paging";
import { pathIn } from "./paths";
import { qrCodePng } from "./qr-code";
import { quotas } from "./quotas";
import { tagOperations, tagsIn } from "./tags";

const serialIn = ({ parameters }: Call): string =>
  parameters.required("SerialNumber");

function newSerial({ cloud, account, parameters }: Call): string {
  const name = parameters.required("VirtualMFADeviceName");
  // The model has no longest one. Source: AWS documentation, "IAM and AWS STS quotas".
  if (name.length > 226) {
    throw invalidParameter(
      "VirtualMFADeviceName",
      `'${name}'`,
      "have length less than or equal to 226",
    );
  }
  return iamArn(cloud, account.id, "mfa", { path: pathIn(parameters), name });
}

function deviceOf(call: Call): MfaDevice {
  const serial = serialIn(call);
  const device = call.account.mfaDevices.get(serial);
  // A hardware token has a number of its own; the sandbox knows the seed of none.
  const kind = serial.startsWith("arn:") ? "VirtualMFADevice" : "MFADevice";
  return existing(device, `${kind} with serial number ${serial}`);
}

const onDevice = on(serialIn, deviceOf);

/** The device, which must be the user's. */
function ownDevice({ name }: User, call: Call): MfaDevice {
  const device = deviceOf(call);
  return existing(
    device.enabledFor === name ? device : undefined,
    `MFA Device with serial number ${device.serial} of user ${name}`,
  );
}

function createDevice(call: Call): Result {
  const { account, cloud } = call;
  const serial = newSerial(call);
  if (account.mfaDevices.has(serial)) {
    throw new AwsError(
      "EntityAlreadyExists",
      "MFADevice entity at the same path and name already exists.",
    );
  }
  const device: MfaDevice = {
    serial,
    seed: newSeed(),
    tags: tagsIn(call),
    createdAt: cloud.now(),
  };
  account.mfaDevices.set(serial, device);
  return {
    VirtualMFADevice: {
      SerialNumber: serial,
      // Base64 of the Base32 text, as AWS sends it.
      Base32StringSeed: Buffer.from(device.seed).toString("base64"),
      QRCodePNG: qrCodePng(otpAuthUri(account, device)).toString("base64"),
      Tags: device.tags,
    },
  };
}

/** What an authenticator reads. Source: AWS documentation, "VirtualMFADevice". */
export function otpAuthUri(
  account: Pick<Account, "alias" | "id">,
  { serial, seed }: MfaDevice,
): string {
  const label = `${nameIn(serial)}@${account.alias ?? account.id}`;
  return `otpauth://totp/${encodeURIComponent(label)}?secret=${seed}`;
}

/** @throws AwsError InvalidAuthenticationCode. */
function checkCodes(call: Call, device: MfaDevice): void {
  const one = call.parameters.required("AuthenticationCode1");
  const two = call.parameters.required("AuthenticationCode2");
  if (useConsecutiveCodes(device, one, two, call.cloud.now())) return;
  throw new AwsError(
    "InvalidAuthenticationCode",
    "Authentication code for device is not valid: it takes two codes that follow each other, neither of them used before.",
  );
}

function enableDevice(user: User, call: Call): void {
  const device = deviceOf(call);
  if (device.enabledFor !== undefined) {
    throw new AwsError("EntityAlreadyExists", "MFA device is already in use.");
  }
  const { length } = devicesOf(call, user);
  checkQuota("MFADevicesPerUser", length, quotas.devicesPerUser);
  checkCodes(call, device);
  device.enabledFor = user.name;
  device.enabledAt = call.cloud.now();
}

function deactivateDevice(user: User, call: Call): void {
  const device = ownDevice(user, call);
  delete device.enabledFor;
  delete device.enabledAt;
}

function deleteDevice(device: MfaDevice, call: Call): void {
  if (device.enabledFor !== undefined)
    throw deleteConflict("deactivate MFA device");
  call.account.mfaDevices.delete(device.serial);
}

function listVirtual(call: Call): Result {
  const status = call.parameters.get("AssignmentStatus") ?? "Any";
  const all = [...call.account.mfaDevices.values()].filter(
    ({ enabledFor }) =>
      status === "Any" ||
      (status === "Assigned") === (enabledFor !== undefined),
  );
  const ofRoot = status === "Unassigned" ? [] : rootDevice(call);
  return listPage(call, "VirtualMFADevices", [
    ...ofRoot,
    ...all.map((device): readonly [string, Result] => {
      const user = call.account.users.get(device.enabledFor ?? "");
      const owner = { User: user && listed(call, "User", user) };
      return [device.serial, { ...describe(device), ...owner }];
    }),
  ]);
}

/** AWS lists root's app among those of users. */
function rootDevice({
  account,
  cloud,
}: Call): readonly (readonly [string, Result])[] {
  if (!account.root.hasMfa || !account.root.hasVirtualMfa) return [];
  const serial = `arn:${cloud.partition}:iam::${account.id}:mfa/root-account-mfa-device`;
  const User = { UserId: account.id, Arn: rootArn(cloud, account.id) };
  return [[serial, { SerialNumber: serial, User }]];
}

/** The user to decide on: the one named, or else whose device it is, or else the caller. */
function deviceUserArn(call: Call): string {
  const { account, parameters } = call;
  const owner = account.mfaDevices.get(serialIn(call))?.enabledFor;
  const user = account.users.get(owner ?? "");
  return parameters.get("UserName") || !user
    ? userArnOf(call)
    : arnOf(call, "User", user);
}

function getDevice(call: Call): Result {
  const device = call.parameters.get("UserName")
    ? ownDevice(userOf(call), call)
    : deviceOf(call);
  return { ...ownerName(device), ...describe(device) };
}

/** A list of devices; `owner` is what it tells of whom each is enabled for. */
const listDevices = (
  call: Call,
  field: string,
  devices: readonly MfaDevice[],
  owner: (device: MfaDevice) => Result,
): Result =>
  listPage(
    call,
    field,
    devices.map((device) => [
      device.serial,
      { ...describe(device), ...owner(device) },
    ]),
  );

const describe = ({ serial, enabledAt }: MfaDevice): Result => ({
  SerialNumber: serial,
  EnableDate: enabledAt,
});

const ownerName = ({ enabledFor }: MfaDevice): Result => ({
  UserName: enabledFor,
});

/** Virtual MFA devices: up to eight a user, under any name. */
export const mfaOperations: Operations = {
  CreateVirtualMFADevice: {
    resource: newSerial,
    context: requestTags,
    run: createDevice,
  },
  DeleteVirtualMFADevice: onDevice(deleteDevice),
  EnableMFADevice: onIdentity("User")(enableDevice),
  DeactivateMFADevice: onUserOrCaller(deactivateDevice),
  ResyncMFADevice: onIdentity("User")((user, call) => {
    checkCodes(call, ownDevice(user, call));
  }),
  ListMFADevices: onUserOrCaller((user, call) =>
    listDevices(call, "MFADevices", devicesOf(call, user), ownerName),
  ),
  GetMFADevice: { resource: deviceUserArn, run: getDevice },
  ListVirtualMFADevices: { run: listVirtual },
  ...tagOperations("MFADevice", onDevice),
};
