/** `npm run verify`: reads the accounts, tells what is there, and ends with 0, 1 or 2. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import type { Progress } from "../accounts/live-account";
import { explained } from "../accounts/explained";
import { readOrganisation } from "../accounts/organisation";
import { parseExpected, type ExpectedAccess } from "./expected";
import { readOptions, usage, UsageError, type Options } from "./options";
import { exitCode, verify, type Report } from "./report";
import { toJson } from "./formats/json";
import { toPage } from "./formats/page";
import { toSarif } from "./formats/sarif";
import { toTerminal } from "./formats/terminal";

/** The exit code for whatever kept the accounts from being read. */
const notRead = 2;

const progress: Progress = (line) => {
  process.stderr.write(`${line}\n`);
};

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === "help") {
    process.stdout.write(usage);
    return 0;
  }
  const expected = parseExpected(expectedText(options));
  const organisation = await readOrganisation(
    {
      partition: expected.partition,
      region: expected.region,
      deploymentRole: expected.deploymentRole ?? undefined,
      sessionName: "bastion-account-verify",
    },
    accountsOf(expected),
    { progress, accountsAtOnce: options.accountsAtOnce },
  );
  const report = verify(
    organisation,
    expected,
    options.limits,
    new Date(),
    progress,
  );
  if (options.htmlFile !== undefined) {
    writeFileSync(options.htmlFile, toPage(report));
    progress(`wrote ${options.htmlFile}`);
  }
  process.stdout.write(`${told(report, options)}\n`);
  return exitCode(report);
}

const accountsOf = ({ bastion, accounts }: ExpectedAccess) => [
  bastion,
  ...accounts,
];

function told(report: Report, { form, stack }: Options): string {
  switch (form) {
    case "json":
      return toJson(report);
    case "sarif":
      return toSarif(report, `Pulumi.${stack}.yaml`);
    case "table":
      return toTerminal(
        report,
        process.stdout.isTTY && process.env["NO_COLOR"] === undefined,
      );
  }
}

function expectedText({ expected, stack }: Options): string {
  if (expected.kind === "file") {
    return readFileSync(expected.file === "-" ? 0 : expected.file, "utf8");
  }
  const [program = "", ...args] = expected.command.split(" ");
  const { status, stdout, error } = spawnSync(program, [...args, stack], {
    encoding: "utf8",
    maxBuffer: Infinity,
    // What it has to complain about is for whoever typed the command.
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error("the config could not be read");
  return stdout;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const message = explained(error);
    progress(error instanceof UsageError ? `${message}\n\n${usage}` : message);
    process.exitCode = notRead;
  },
);
