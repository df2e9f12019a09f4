import { chmodSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkout } from "../engine/paths";
import { readStackFile } from "../project";
import type { Sandbox } from "../sandbox";
import { shellLines, type ShellEnvironment } from "./environment";
import { awsFiles, type KeyHolder } from "./profiles";
import { writePulumiCommand } from "./pulumi-command";

/** The profile of the identity that deploys, in the management account. */
export const deployment = "deployment";

/** The profile of the organisation's administrator, who sets service control policies. */
const organisation = "organisation";

/** What sets a shell up, and for whom. */
export interface SetUp {
  /** undefined: for nobody but who deploys. */
  readonly user: string | undefined;
  /** To be read by a shell; on Windows there is none. */
  readonly script: string;
  readonly environment: ShellEnvironment;
}

/** Of this sandbox alone: another may run in the same checkout. */
export const shellFolder = ({ workspace }: Sandbox): string =>
  join(workspace.folder, "shell");

/** Writes what a shell is set up by: for the first user, whose files have everybody's profiles, and for each other. */
export function writeSetUps(
  sandbox: Sandbox,
  users: readonly KeyHolder[],
): readonly [SetUp, ...(readonly SetUp[])] {
  const folder = shellFolder(sandbox);
  mkdirSync(folder, { recursive: true });
  const path = pathOf(sandbox, folder);
  const [first, ...others] = users;
  return [
    writeSetUp(sandbox, path, "", users, first),
    ...others.map((user) =>
      writeSetUp(sandbox, path, `-${user.name}`, [user], user),
    ),
  ];
}

function writeSetUp(
  sandbox: Sandbox,
  path: readonly string[],
  suffix: string,
  users: readonly KeyHolder[],
  self: KeyHolder | undefined,
): SetUp {
  const { aws, workspace } = sandbox;
  const folder = shellFolder(sandbox);
  const managers = [
    { name: deployment, key: aws.deployment },
    { name: organisation, key: aws.organizationAdministrator },
  ];
  const files = {
    config: join(folder, `config${suffix}`),
    credentials: join(folder, `credentials${suffix}`),
  };
  const stackFile = readStackFile("bastion");
  const { config, credentials } = awsFiles(stackFile, managers, users, self);
  write(files.config, config);
  write(files.credentials, credentials);
  const environment = {
    path,
    variables: {
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_CONFIG_FILE: files.config,
      AWS_SHARED_CREDENTIALS_FILE: files.credentials,
      AWS_PROFILE: deployment,
      ...workspace.environment,
      ...withoutPath(workspace.engine.environment),
      // A stack without a file has the key of its secrets in the state.
      PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: "true",
    },
  };
  const script = join(folder, `environment${suffix}.sh`);
  write(script, `${shellLines(environment).join("\n")}\n`);
  return { user: self?.name, script, environment };
}

const withoutPath = (
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(variables).filter(([name]) => name !== "PATH"),
  );

/** The language host is where the CLI is. */
function pathOf(
  { workspace: { engine } }: Sandbox,
  folder: string,
): readonly string[] {
  const { cli } = engine;
  return process.platform === "win32"
    ? [dirname(cli)]
    : [
        writePulumiCommand(folder, { cli, project: realpathSync(checkout) }),
        dirname(cli),
      ];
}

function write(file: string, text: string): void {
  writeFileSync(file, text);
  chmodSync(file, 0o600);
}
