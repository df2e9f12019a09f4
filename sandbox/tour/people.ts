import {
  CreateLoginProfileCommand,
  IAM,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import type { SandboxAws } from "../aws";
import { signIn, type ConsoleCredentials } from "../aws/console-client";
import { homeRegionOf } from "../aws/trail/home-region";
import { codeFor } from "../aws/totp";
import { credentialsOf, type Credentials } from "../signed-request";

/** Credentials as the SDK's clients take them. */
export type ClientCredentials = Credentials;

/** Seconds after which an authenticator shows the next code. */
const nextCode = 30;

export const clientConfig = (
  { endpoint, cloud }: SandboxAws,
  credentials: ClientCredentials,
) => ({ endpoint, region: homeRegionOf(cloud), credentials });

/** Takes the organisation's role in an account, as a deployment does. */
export async function deploymentIn(
  aws: SandboxAws,
  accountId: string,
): Promise<ClientCredentials> {
  const sts = new STS(clientConfig(aws, aws.deployment));
  const { Credentials: given } = await sts.assumeRole({
    RoleArn: `arn:${aws.cloud.partition}:iam::${accountId}:role/OrganizationAccountAccessRole`,
    RoleSessionName: "administrator",
  });
  return credentialsOf(given);
}

export const administratorOf = async (
  aws: SandboxAws,
  accountId: string,
): Promise<IAM> =>
  new IAM(clientConfig(aws, await deploymentIn(aws, accountId)));

/**
 * A user of the bastion, acting as a person would: by the console's sign-in page, an authenticator
 * and the SDK. Nothing here knows how the sandbox decides.
 */
export class Person {
  private seed = "";
  private serial = "";

  constructor(
    private readonly aws: SandboxAws,
    private readonly account: string,
    readonly name: string,
    private password = "",
  ) {}

  /** What an administrator does for a newcomer: a first password, to be changed at once. */
  async receivePassword(administrator: IAMClient): Promise<void> {
    this.password = `First-password-of-${this.name}-1!`;
    await administrator.send(
      new CreateLoginProfileCommand({
        UserName: this.name,
        Password: this.password,
        PasswordResetRequired: true,
      }),
    );
  }

  /** The first sign-in: changes the password; there is no MFA yet. */
  async signInFirst(): Promise<ConsoleCredentials> {
    const newPassword = `Own-password-of-${this.name}-2?`;
    const session = await this.signIn({ newPassword });
    this.password = newPassword;
    return session;
  }

  /** Registers an authenticator, under a name of the person's choice. */
  async enrolMfa(
    session: ClientCredentials,
    device = `phone-of-${this.name}`,
  ): Promise<void> {
    const iam = new IAM(clientConfig(this.aws, session));
    const { VirtualMFADevice: made } = await iam.createVirtualMFADevice({
      VirtualMFADeviceName: device,
    });
    this.serial = made?.SerialNumber ?? "";
    this.seed = Buffer.from(made?.Base32StringSeed ?? []).toString();
    const now = this.aws.clock.now();
    await iam.enableMFADevice({
      UserName: this.name,
      SerialNumber: this.serial,
      AuthenticationCode1: codeFor(this.seed, now),
      AuthenticationCode2: codeFor(
        this.seed,
        new Date(now.getTime() + nextCode * 1_000),
      ),
    });
  }

  /** Waits for a code that was not used yet: each works once. */
  mfa(): { readonly serial: string; readonly code: string } {
    this.aws.clock.advance(2 * nextCode);
    return {
      serial: this.serial,
      code: codeFor(this.seed, this.aws.clock.now()),
    };
  }

  async signInWithMfa(): Promise<ConsoleCredentials> {
    return this.signIn({ mfaCode: this.mfa().code });
  }

  async makeAccessKey(session: ClientCredentials): Promise<ClientCredentials> {
    const iam = new IAM(clientConfig(this.aws, session));
    const { AccessKey: key } = await iam.createAccessKey({
      UserName: this.name,
    });
    return {
      accessKeyId: key?.AccessKeyId ?? "",
      secretAccessKey: key?.SecretAccessKey ?? "",
    };
  }

  /**
   * `aws sts get-session-token --serial-number … --token-code …`
   *
   * @param seconds how long the session lasts; left out: 12 hours
   */
  async openSession(
    key: ClientCredentials,
    seconds?: number,
  ): Promise<ClientCredentials> {
    const { serial, code } = this.mfa();
    const sts = new STS(clientConfig(this.aws, key));
    const { Credentials: given } = await sts.getSessionToken({
      SerialNumber: serial,
      TokenCode: code,
      DurationSeconds: seconds,
    });
    return credentialsOf(given);
  }

  async takeRole(
    credentials: ClientCredentials,
    accountId: string,
    role: string,
    sessionName = this.name,
  ): Promise<ClientCredentials> {
    const sts = new STS(clientConfig(this.aws, credentials));
    const { Credentials: given } = await sts.assumeRole({
      RoleArn: `arn:${this.aws.cloud.partition}:iam::${accountId}:role/${role}`,
      RoleSessionName: sessionName,
    });
    return credentialsOf(given);
  }

  private signIn(
    more: { readonly mfaCode: string } | { readonly newPassword: string },
  ): Promise<ConsoleCredentials> {
    return signIn(this.aws.endpoint, {
      account: this.account,
      userName: this.name,
      password: this.password,
      ...more,
    });
  }
}
