/** `npm run revoke`: closes the running sessions of a user, in every account. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BastionConfig } from "../../infra/config";
import { readBastionConfig, readWorkloadConfigs } from "../bastion-config";
import { nearest } from "../command-line/names";
import { fromCaller, parseOptions, UsageError } from "../command-line/options";
import { runCommand } from "../command-line/run";
import { forReading, tell } from "../command-line/terminal";
import { visible } from "../formats/visible";
import { closeSessions } from "./close";
import { policiesToPut } from "./policies";
import { revokedText } from "./report";
import { withRevoked } from "./say-in-project";

const usage = `Usage: npm run revoke -- <user> [options]

Closes the sessions of a user that run now: of roles, in every account, and the
user's own in the bastion. A session that is opened a minute later works: take
keys, password or the user away as well, where that is meant. Writes into
Pulumi.yaml that it was done, so that a deployment keeps the sessions closed as
long as one of them may still run, and takes the policies out when none does.

  --stack <name>       the bastion's stack (default: bastion)
  --project <folder>   where Pulumi.yaml is (default: here)
  --gone               the user is no longer in the stack file
  --help               this text

Exit code: 0 all are closed, 1 some are not, 2 it could not be found out.
`;

const readOptions = (args: readonly string[]) =>
  parseOptions({
    args: [...args],
    allowPositionals: true,
    options: {
      stack: { type: "string", default: "bastion" },
      project: { type: "string", default: "." },
      gone: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });

type Options = ReturnType<typeof readOptions>;

async function revoke({ values, positionals }: Options): Promise<number> {
  const folder = fromCaller(values.project);
  const project = { folder, stack: values.stack };
  const user = oneUser(positionals, readBastionConfig(project), values.gone);
  const began = new Date();
  const openedBefore = toTheSecond(began);
  const config = sayRevoked(project, user, openedBefore);
  const accounts = policiesToPut(config, readWorkloadConfigs(project, config));
  const { partition, region, deploymentRole: role } = config.organisation;
  const sessionName = "bastion-account-revoke";
  const way = { partition, region, role, sessionName };
  const closed = await closeSessions(way, accounts, user, tell);
  const text = revokedText(closed, {
    user,
    file: join(folder, "Pulumi.yaml"),
    openedBefore,
    isUser: config.users.some(({ name }) => name === user),
    seconds: (Date.now() - began.getTime()) / 1_000,
  });
  process.stdout.write(forReading(text));
  return closed.every(({ failed }) => failed === undefined) ? 0 : 1;
}

/** @throws UsageError for a name that nobody has: the sessions of nobody would be closed. */
function oneUser(
  [user, ...more]: readonly string[],
  { users }: BastionConfig,
  isGone: boolean,
): string {
  if (user === undefined || more.length > 0) {
    throw new UsageError("one user is to be named");
  }
  const known = users.map(({ name }) => name);
  if (isGone || known.includes(user)) return user;
  throw new UsageError(
    `${JSON.stringify(visible(user))} is no user of the stack file${nearest(user, known)}; give --gone as well for one who is no longer in it`,
  );
}

/**
 * Seconds from now, as long as the policies may take to be everywhere: until then a stolen session opens
 * others, and those are closed with it.
 */
const headStart = 60;

const toTheSecond = (now: Date): string =>
  new Date(Math.ceil(now.getTime() / 1_000 + headStart) * 1_000)
    .toISOString()
    .replace(/\.\d+Z$/, "Z");

/**
 * @returns the config as it is with that
 * @throws Error when a stack file has its say instead; Pulumi.yaml is left as it was then
 */
function sayRevoked(
  project: { readonly folder: string; readonly stack: string },
  user: string,
  openedBefore: string,
): BastionConfig {
  const file = join(project.folder, "Pulumi.yaml");
  const before = readFileSync(file, "utf8");
  writeFileSync(file, withRevoked(before, user, openedBefore));
  try {
    const config = readBastionConfig(project);
    const all = [config, ...readWorkloadConfigs(project, config)];
    const isSaid = all.every(({ organisation: { revokedSessions } }) =>
      revokedSessions.some(
        (one) => one.user === user && one.openedBefore === openedBefore,
      ),
    );
    if (isSaid) return config;
    throw new Error(
      "a stack file has revokedSessions of its own, which stand in the place of those in Pulumi.yaml. Fix: move them there, and run this again.",
    );
  } catch (error) {
    writeFileSync(file, before);
    throw error;
  }
}

runCommand(usage, async (args) => {
  const options = readOptions(args);
  if (!options.values.help) return revoke(options);
  process.stdout.write(usage);
  return 0;
});
