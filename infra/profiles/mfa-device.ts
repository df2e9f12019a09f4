import type { BastionConfig } from "../config";
import { iamArn } from "../partition";
import { SetUpError } from "./set-up-error";

/** A device that shows codes. */
export interface MfaDevice {
  /** An authenticator app, or a token that has no screen but for its codes. */
  readonly kind: "virtual" | "hardware";
  /** As the console shows it: a virtual device's name, a token's serial number. */
  readonly name: string;
  /** As AWS takes it: a virtual device's ARN, a token's serial number as it is. */
  readonly serial: string;
}

/** How a person names their device; both left out: a virtual one that is called as the user. */
export interface DeviceChoice {
  /** A virtual device's name or ARN, or the serial number of a token, where it looks like one. */
  readonly mfaDevice?: string | undefined;
  /** The serial number of a token, whatever it looks like. */
  readonly hardwareToken?: string | undefined;
}

/** IAM's alphabet for the name of a device. */
const deviceName = /^[\w+=,.@-]{1,226}$/;

/** IAM's alphabet and lengths for a serial number, without those of an ARN. */
const tokenSerial = /^[\w+=,.@-]{9,256}$/;

/** As the tokens have it that AWS sells: GAHT12345678. Source: IAM user guide, "EnableMFADevice". */
const usualTokenSerial = /^[A-Z]{4}\d{8}$/;

/** @throws SetUpError when it is no device of the bastion that shows codes. */
export function mfaDeviceOf(
  config: BastionConfig,
  user: string,
  { mfaDevice = user, hardwareToken }: DeviceChoice,
): MfaDevice {
  if (hardwareToken !== undefined) return tokenOf(hardwareToken);
  // A user is as free to be called like a token, but then the device has the user's name.
  const isToken = mfaDevice !== user && usualTokenSerial.test(mfaDevice);
  return isToken ? tokenOf(mfaDevice) : virtualDevice(config, mfaDevice);
}

function tokenOf(serial: string): MfaDevice {
  if (tokenSerial.test(serial))
    return { kind: "hardware", name: serial, serial };
  throw new SetUpError(
    `${JSON.stringify(serial)} is no serial number of a hardware token: give what is printed on its back, ` +
      "9 characters or more, as GAHT12345678. A virtual device is named with --mfa-device.",
  );
}

function virtualDevice(config: BastionConfig, device: string): MfaDevice {
  const { organisation, accountId } = config;
  const prefix = iamArn(organisation.partition, accountId, "mfa/");
  const name = device.startsWith(prefix) ? device.slice(prefix.length) : device;
  if (deviceName.test(name))
    return { kind: "virtual", name, serial: prefix + name };
  throw new SetUpError(
    `${JSON.stringify(device)} is no MFA device of the bastion: give its name, as shown under Security ` +
      `credentials, or its ARN, ${prefix}<name>, or the serial number of a hardware token. The AWS CLI takes ` +
      "codes of an authenticator app or a token; it can't use a passkey or security key.",
  );
}
