import { devicesOf } from "./iam/entities";
import { AwsError } from "./errors";
import type { Call } from "./operation";
import { useCode } from "./totp";

/** The words of AWS for a call that brings MFA, and fails with it. */
const failures = {
  halfGiven: "must provide both MFA serial number and one time pass code.",
  noDevice:
    "unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
} as const;

const failed = (why: keyof typeof failures): AwsError =>
  new AwsError(
    "AccessDenied",
    `MultiFactorAuthentication failed, ${failures[why]}`,
  );

/**
 * Whether a call brings an MFA code, with the device that it is of.
 *
 * @throws AwsError AccessDenied for one without the other.
 */
export function bringsCode({ parameters }: Call): boolean {
  const hasSerial = Boolean(parameters.get("SerialNumber"));
  if (hasSerial !== Boolean(parameters.get("TokenCode"))) {
    throw failed("halfGiven");
  }
  return hasSerial;
}

/**
 * Checks the MFA code that comes with a call, and uses it up. Devices are users': the session of a role
 * has none.
 *
 * @throws AwsError AccessDenied, as AWS words it.
 */
export function useCodeOf(call: Call): void {
  const { caller, parameters } = call;
  const serial = parameters.required("SerialNumber");
  const code = parameters.required("TokenCode");
  const devices = caller.kind === "user" ? devicesOf(call, caller.user) : [];
  const device = devices.find((one) => one.serial === serial);
  if (!device) throw failed("noDevice");
  if (useCode(device, code, call.cloud.now())) return;
  throw new AwsError(
    "AccessDenied",
    "MultiFactorAuthentication failed with invalid MFA one time pass code.",
  );
}
