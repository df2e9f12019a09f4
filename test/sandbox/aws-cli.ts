import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { run, type Finished } from "../../sandbox/engine/run";

/** Why the tests can't run here; `AWS_ENDPOINT_URL` came with 1.29 and 2.13. */
export function missing(): string | undefined {
  const { stdout, error } = spawnSync("aws", ["--version"], {
    encoding: "utf8",
  });
  if (error) return "no AWS CLI on this machine (Debian's or PyPI's awscli)";
  const [, major, minor] = /aws-cli\/(\d+)\.(\d+)/.exec(stdout) ?? [];
  const least = major === "1" ? 29 : 13;
  return Number(minor) >= least
    ? undefined
    : `${stdout.trim()} knows no AWS_ENDPOINT_URL`;
}

/** A person's own set-up of the AWS CLI: a home of their own, with the sandbox for AWS. */
export const cliEnvironment = (folder: string, endpoint: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_DEFAULT_REGION: "us-east-1",
  AWS_CONFIG_FILE: join(folder, "config"),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
  HOME: folder,
});

/** Runs the AWS CLI with that set-up, and answers in JSON. */
export const runAwsCli = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Finished> =>
  run("aws", [...args, "--output", "json"], {
    environment: { AWS_PROFILE: undefined, ...environment },
  });

/** What STS gave, as the CLI reads it from the environment. */
export function environmentOf({
  stdout,
}: Pick<Finished, "stdout">): Readonly<Record<string, string>> {
  const { Credentials: given } = JSON.parse(stdout) as {
    readonly Credentials: Readonly<
      Record<"AccessKeyId" | "SecretAccessKey" | "SessionToken", string>
    >;
  };
  return {
    AWS_ACCESS_KEY_ID: given.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: given.SecretAccessKey,
    AWS_SESSION_TOKEN: given.SessionToken,
  };
}
