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
  /**
   * The codes that show so many periods of 30 seconds from now, all of one moment: a period may end
   * between two.
   */
  readonly codes: (...periodsAhead: readonly number[]) => readonly string[];
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
    codes: (...periodsAhead) => {
      const now = aws.clock.now().getTime();
      return periodsAhead.map((periods) =>
        codeFor(seed, new Date(now + periods * 30_000)),
      );
    },
  };
}

export function enable(
  { iam }: Conversation,
  UserName: string,
  { serial, codes }: Authenticator,
): Promise<unknown> {
  const [AuthenticationCode1, AuthenticationCode2] = codes(0, 1);
  return iam.send(
    new EnableMFADeviceCommand({
      UserName,
      SerialNumber: serial,
      AuthenticationCode1,
      AuthenticationCode2,
    }),
  );
}

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
