import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { runClientConfig } from "../../../commands/client-config/run";
import { checkout } from "../../../sandbox/engine/paths";
import { readStackFile } from "../../../sandbox/project";
import { startSandbox, type Sandbox } from "../../../sandbox/sandbox";
import { signInFirstTime } from "../../../sandbox/tour/first-sign-in";
import {
  administratorOf,
  deploymentIn,
  type Person,
  type ClientCredentials,
} from "../../../sandbox/tour/people";
import { searchPath } from "./find";

/** The user whose clients are tried, who may take ReadOnly everywhere. */
const user = "ada";

interface ProfileForm {
  readonly mfa: boolean;
  /** As client-config's `--mfa-login` writes them. */
  readonly mfaLogin?: boolean | undefined;
}

/** In place of aws-vault: tells the key, as its keychain would, to the question in the profiles alone. */
const keychain = `#!/bin/sh
test "$*" = "export --no-session --format=json bastion" || exit 1
printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"%s"}' "$KEY_ID" "$KEY_SECRET"
`;

/** Both stacks, a user who has enrolled MFA, and a home folder with the profiles of client-config. */
export class DeployedStacks {
  private constructor(
    private readonly sandbox: Sandbox,
    private readonly ada: Person,
    private readonly key: ClientCredentials,
    readonly folder: string,
  ) {}

  static async start(): Promise<DeployedStacks> {
    const sandbox = await startSandbox({ progress: console.log });
    for (const name of ["bastion", "workload"]) {
      await (await sandbox.stack(name)).up();
    }
    const stackFile = readStackFile("bastion");
    const administrator = await administratorOf(
      sandbox.aws,
      stackFile.bastionAccountId,
    );
    const { person, withoutMfa } = (
      await signInFirstTime(sandbox.aws, stackFile, administrator, user)
    ).user;
    const folder = mkdtempSync(join(tmpdir(), "clients-"));
    const deployed = new DeployedStacks(sandbox, person, withoutMfa, folder);
    await deployed.writeProfiles();
    return deployed;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get endpoint(): string {
    return this.sandbox.aws.endpoint;
  }

  /** A code that was not used yet. */
  nextCode(): string {
    return this.ada.mfa().code;
  }

  /** As in a shell of the user, without anything that this machine is set to. */
  environment(): Record<string, string> {
    return {
      HOME: this.folder,
      PATH: [join(this.folder, "bin"), ...searchPath].join(delimiter),
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_CONFIG_FILE: join(this.folder, ".aws", "config"),
      AWS_SHARED_CREDENTIALS_FILE: join(this.folder, ".aws", "credentials"),
      AWS_PAGER: "",
      // Whatever does not go to the sandbox goes nowhere.
      HTTPS_PROXY: "http://127.0.0.1:9",
      KEY_ID: this.key.accessKeyId,
      KEY_SECRET: this.key.secretAccessKey,
    };
  }

  /** Of an administrator of an account, for programs that look at all of it. */
  async administrator(account: string): Promise<Record<string, string>> {
    const session = await deploymentIn(this.sandbox.aws, account);
    return {
      ...this.environment(),
      AWS_CONFIG_FILE: join(this.folder, "no-config"),
      AWS_SHARED_CREDENTIALS_FILE: join(this.folder, "no-credentials"),
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: session.accessKeyId,
      AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
      AWS_SESSION_TOKEN: session.sessionToken ?? "",
    };
  }

  /** The profiles as they are made, or without their device: a client then asks for no code. */
  useProfiles({ mfa, mfaLogin = false }: ProfileForm): void {
    const file = mfaLogin ? "made-for-mfa-login" : "made-config";
    const made = readFileSync(join(this.folder, file), "utf8");
    const text = mfa ? made : made.replaceAll(/^mfa_serial = .*\n/gm, "");
    writeFileSync(join(this.folder, ".aws", "config"), text);
  }

  /** Where the key lies that the profiles start from. */
  keepKeyIn(place: "keychain" | "credentials file"): void {
    const { accessKeyId, secretAccessKey } = this.key;
    const pair = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    writeFileSync(
      join(this.folder, ".aws", "credentials"),
      // aws-mfa has a name of its own for it.
      place === "keychain"
        ? ""
        : `[bastion]\n${pair}\n[bastion-long-term]\n${pair}`,
    );
  }

  /** Where clients keep sessions, so that the next one begins without. */
  forgetSessions(): void {
    for (const name of [".aws", ".awsume", ".granted"]) {
      rmSync(join(this.folder, name), { recursive: true, force: true });
      mkdirSync(join(this.folder, name));
    }
  }

  private async writeProfiles(): Promise<void> {
    const bin = join(this.folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "aws-vault"), keychain);
    chmodSync(join(bin, "aws-vault"), 0o755);
    await this.makeProfiles("made-config");
    await this.makeProfiles("made-for-mfa-login", "--mfa-login");
  }

  private async makeProfiles(
    name: string,
    ...more: readonly string[]
  ): Promise<void> {
    const file = join(this.folder, name);
    const device = `phone-of-${user}`;
    const code = await runClientConfig(
      [user, "--yes", "--file", file, "--mfa-device", device, ...more],
      {
        project: checkout,
        folder: this.folder,
        environment: {},
        say: () => undefined,
        complain: console.error,
      },
    );
    if (code !== 0) throw new Error(`client-config ended with ${code}`);
  }
}
