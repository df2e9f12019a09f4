import { strict as assert } from "node:assert";
import {
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
} from "@aws-sdk/client-iam";
import type { Conversation } from "./conversation";
import { codeFor } from "../../../../sandbox/aws/totp";

/** A virtual device as an authenticator holds it. */
export interface Authenticator {
  readonly serial: string;
  /** The code that shows so many periods of 30 seconds from now. */
  readonly code: (periodsAhead?: number) => string;
}

/** Creates a device, without enabling it for anybody. */
export async function newDevice(
  { aws, iam }: Conversation,
  VirtualMFADeviceName: string,
): Promise<Authenticator> {
  const { VirtualMFADevice } = await iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName }),
  );
  const { SerialNumber, Base32StringSeed } = VirtualMFADevice ?? {};
  assert(SerialNumber && Base32StringSeed);
  const seed = Buffer.from(Base32StringSeed).toString();
  return {
    serial: SerialNumber,
    code: (periodsAhead = 0) =>
      codeFor(
        seed,
        new Date(aws.clock.now().getTime() + periodsAhead * 30_000),
      ),
  };
}

export const enable = (
  { iam }: Conversation,
  UserName: string,
  { serial, code }: Authenticator,
): Promise<unknown> =>
  iam.send(
    new EnableMFADeviceCommand({
      UserName,
      SerialNumber: serial,
      AuthenticationCode1: code(),
      AuthenticationCode2: code(1),
    }),
  );

/** Creates a device and enables it; gives its serial number. */
export async function enrol(
  conversation: Conversation,
  userName: string,
  deviceName: string,
): Promise<string> {
  const device = await newDevice(conversation, deviceName);
  await enable(conversation, userName, device);
  return device.serial;
}
