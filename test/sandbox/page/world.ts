import {
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
} from "@aws-sdk/client-iam";
import { codeFor } from "../../../sandbox/aws/totp";
import { startAws, type SandboxAws } from "../../../sandbox/aws";
import { Journal } from "../../../sandbox/page/journal";
import { startPage, type SandboxPage } from "../../../sandbox/page/server";
import { administratorOf, bastionId, devId } from "../aws/clients";

/** Text that a page must show and never take for its own. */
export const markup = `<img src=x onerror="document.title='taken'">&amp;`;

/** An AWS with a user who has an authenticator, and the page that shows it. */
export interface PageWorld {
  readonly aws: SandboxAws;
  readonly page: SandboxPage;
  readonly journal: Journal;
  readonly seed: string;
}

export async function startWorld(): Promise<PageWorld> {
  const journal = new Journal();
  const aws = await startAws({
    accounts: [
      { id: bastionId, name: "bastion" },
      { id: devId, name: markup },
    ],
    onDecided: journal.add,
  });
  const serial = `arn:aws:iam::${bastionId}:mfa/ada`;
  const seedOf = (serial: string) =>
    aws.cloud.accounts.get(bastionId)?.mfaDevices.get(serial)?.seed ?? "";
  await aws.clock.inThePast(600, async () => {
    const iam = await administratorOf(aws, bastionId);
    await iam.send(new CreateUserCommand({ UserName: "ada" }));
    await iam.send(
      new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "ada" }),
    );
    const code = (seconds: number) =>
      codeFor(
        seedOf(serial),
        new Date(aws.clock.now().getTime() + seconds * 1_000),
      );
    await iam.send(
      new EnableMFADeviceCommand({
        UserName: "ada",
        SerialNumber: serial,
        AuthenticationCode1: code(0),
        AuthenticationCode2: code(30),
      }),
    );
  });
  journal.clear();
  const page = await startPage(aws.cloud, journal);
  return { aws, page, journal, seed: seedOf(serial) };
}

export async function closeWorld({ aws, page }: PageWorld): Promise<void> {
  await page.close();
  await aws.close();
}
