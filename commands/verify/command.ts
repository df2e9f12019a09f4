/** `npm run verify`: reads the accounts, says what is there, and ends with 0, 1 or 2. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackFileName } from "../../infra/config/from-files";
import { asUser } from "../accounts/as-user";
import type { WayIn } from "../accounts/clients";
import { accountIn } from "../accounts/arn";
import {
  noneRead,
  readOrganisation,
  type AccountToRead,
} from "../accounts/organisation";
import { readBastionConfig, readWorkloadConfigs } from "../bastion-config";
import { refuseUnknownNames } from "../command-line/names";
import { explained } from "../command-line/explained";
import { runCommand } from "../command-line/run";
import { hasColours, progress, widthOfOutput } from "../command-line/terminal";
import { visibleLines } from "../formats/visible";
import { placesInConfig } from "./config-lines";
import {
  accountsToRead,
  expectedAccess,
  parseExpected,
  type ExpectedAccess,
} from "./expected";
import { toPage } from "./formats/page";
import { toSarif, type Tool } from "./formats/sarif";
import { toTerminal } from "./formats/terminal";
import { verdictOf } from "./formats/words";
import { readOptions, usage, type Options } from "./options";
import { exitCode, verify, type Report } from "./report";

/** Of the project. */
const folder = join(__dirname, "../..");

async function run(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === "help") {
    process.stdout.write(usage);
    return 0;
  }
  const expected = expectedBy(options);
  if (options.form === "print-expected") {
    process.stdout.write(`${JSON.stringify(expected, undefined, 2)}\n`);
    return 0;
  }
  refuseRolesElsewhere(options, accountsToRead(expected));
  const report = await reportOn(expected, options);
  if (options.htmlFile !== undefined) {
    writeFileSync(options.htmlFile, toPage(report));
    progress(`wrote ${options.htmlFile}`);
  }
  process.stdout.write(`${formatted[options.form](report, options)}\n`);
  return exitCode(report);
}

/** @throws UsageError: of an account that is not read nobody would learn that the role is not there. */
const refuseRolesElsewhere = (
  { settings }: Options,
  accounts: readonly AccountToRead[],
): void => {
  refuseUnknownNames({
    option: "known-role",
    names: settings.knownRoles.map(accountIn),
    what: "account of the config",
    known: accounts.map(({ id }) => id),
  });
};

async function reportOn(
  expected: ExpectedAccess,
  options: Options,
): Promise<Report> {
  const accounts = accountsToRead(expected);
  const { settings, accountsAtOnce, form } = options;
  try {
    const way = await wayIn(expected, options);
    const read = await readOrganisation(
      way,
      accounts,
      progress,
      accountsAtOnce,
    );
    return verify(read, expected, settings, new Date(), progress);
  } catch (error) {
    // Who uploads a document has one that says so; a person is told at the terminal.
    if (form === "json" || form === "sarif") {
      const nothing = noneRead(accounts, explained(error));
      const report = verify(nothing, expected, settings, new Date());
      process.stdout.write(`${formatted[form](report, options)}\n`);
    }
    throw error;
  }
}

/** By the deployment role, or by one that reads and is taken as people and workflows take it. */
async function wayIn(
  { partition, region, deploymentRole }: ExpectedAccess,
  { role, tokenFile }: Options,
): Promise<WayIn> {
  const way = {
    partition,
    region,
    role: role ?? deploymentRole ?? undefined,
    sessionName: "bastion-account-verify",
    tokenFile,
  };
  return role === undefined || tokenFile !== undefined ? way : asUser(way);
}

function expectedBy({ expectedFile, stack }: Options): ExpectedAccess {
  if (expectedFile !== undefined) {
    return parseExpected(
      readFileSync(expectedFile === "-" ? 0 : expectedFile, "utf8"),
    );
  }
  const project = { folder, stack };
  const config = readBastionConfig(project);
  return expectedAccess(config, readWorkloadConfigs(project, config));
}

/** Of the JSON: a change that breaks readers counts it up. */
const formatVersion = 2;

/** By its own package.json; in a workflow of GitHub's, the repository that it runs in. */
function tool(): Tool {
  const text = readFileSync(join(folder, "package.json"), "utf8");
  const { version, homepage } = JSON.parse(text) as Package;
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } =
    process.env;
  const hosted = server && repository ? `${server}/${repository}` : undefined;
  return { version, address: homepage ?? hosted };
}

interface Package {
  readonly version: string;
  readonly homepage?: string;
}

const formatted = {
  json: (report: Report) =>
    visibleLines(
      JSON.stringify(
        { formatVersion, verdict: verdictOf(report), ...report },
        undefined,
        2,
      ),
    ),
  sarif: (report: Report, { stack, expectedFile }: Options) =>
    toSarif(
      report,
      tool(),
      expectedFile === undefined
        ? placesInConfig(folder, stack)
        : () => ({ file: stackFileName(stack), line: 1 }),
    ),
  table: (report: Report) =>
    toTerminal(report, {
      width: widthOfOutput(),
      hasColours: hasColours(process.env),
    }),
};

runCommand(usage, run);
