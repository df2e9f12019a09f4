import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IAM, type AccessKey } from "@aws-sdk/client-iam";
import { checkout } from "../../sandbox/engine/paths";
import { readStackFile, type StackFile } from "../../sandbox/project";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import type { Stack } from "../../sandbox/stack";
import {
  administratorOf,
  clientConfig,
  type ClientCredentials,
} from "../../sandbox/tour/people";

/** The account of the example. */
export const accountId = "111111111111";

export const administratorAccess =
  "arn:aws:iam::aws:policy/AdministratorAccess";

export const example = join(checkout, "examples/single-account");

/** What has Pulumi judge a stack by the policy pack, with the example's config of it. */
const underRules: readonly string[] = [
  "--policy-pack",
  join(checkout, "policy-pack"),
  "--policy-pack-config",
  join(example, "rules.json"),
];

/** The example, deployed as its README says by the account's first administrator. */
export interface SingleAccount {
  readonly sandbox: Sandbox;
  readonly stackFile: StackFile;
  readonly stacks: readonly Stack[];
  /** Pulumi.yaml with the example's stack files beside it. */
  readonly folder: string;
  /** The administrator's key. */
  readonly founder: ClientCredentials;
  /** A stack file of the example. */
  readonly textOf: (stack: string) => string;
  readonly close: () => Promise<void>;
}

const textOf = (stack: string): string =>
  readFileSync(join(example, `Pulumi.${stack}.yaml`), "utf8");

export async function deploySingleAccount(): Promise<SingleAccount> {
  const folder = mkdtempSync(join(tmpdir(), "single account "));
  copyFileSync(join(checkout, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  const sandbox = await startSandbox({ progress: console.log });
  const founder = await makeFounder(sandbox, "founder");
  sandbox.deployAs(founder);
  const stacks: Stack[] = [];
  for (const name of ["bastion", "workload"]) {
    const file = `Pulumi.${name}.yaml`;
    copyFileSync(join(example, file), join(folder, file));
    const stack = await sandbox.stack(name, textOf(name));
    await stack.up(...underRules);
    stacks.push(stack);
  }
  return {
    sandbox,
    stackFile: readStackFile("bastion", folder),
    stacks,
    folder,
    founder,
    textOf,
    close: async () => {
      rmSync(folder, { recursive: true });
      await sandbox.close();
    },
  };
}

/**
 * As most accounts begin, outside any organisation: a user who is administrator, with a key and
 * perhaps a password.
 */
export async function makeFounder(
  { aws }: Sandbox,
  UserName: string,
  Password?: string,
): Promise<ClientCredentials> {
  const iam = await administratorOf(aws, accountId);
  await iam.createUser({ UserName });
  await iam.attachUserPolicy({ UserName, PolicyArn: administratorAccess });
  if (Password !== undefined) {
    await iam.createLoginProfile({ UserName, Password });
  }
  const { AccessKey: key } = await iam.createAccessKey({ UserName });
  const RoleName = "OrganizationAccountAccessRole";
  await iam.detachRolePolicy({ RoleName, PolicyArn: administratorAccess });
  const founder = new IAM(clientConfig(aws, credentialsOf(key)));
  await founder.deleteRole({ RoleName });
  return credentialsOf(key);
}

/** The founder is needed no longer, once somebody may take OpsSudo. */
export async function removeFounder(
  opsSudo: IAM,
  { accessKeyId: AccessKeyId }: ClientCredentials,
): Promise<void> {
  const UserName = "founder";
  const PolicyArn = administratorAccess;
  await opsSudo.detachUserPolicy({ UserName, PolicyArn });
  await opsSudo.deleteAccessKey({ UserName, AccessKeyId });
  await opsSudo.deleteUser({ UserName });
}

const credentialsOf = (key: AccessKey | undefined): ClientCredentials => ({
  accessKeyId: key?.AccessKeyId ?? "",
  secretAccessKey: key?.SecretAccessKey ?? "",
});
