/**
 * `npm run pictures`: makes those of the README anew, of the tour and of verify's page, in the sandbox.
 * Look at them before you commit them.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout } from "../../../sandbox/engine/paths";
import { run } from "../../../sandbox/engine/run";
import { readStackFile, workloadStacks } from "../../../sandbox/project";
import { startSandbox } from "../../../sandbox/sandbox";
import { signInFirstTime } from "../../../sandbox/tour/first-sign-in";
import { administratorOf } from "../../../sandbox/tour/people";
import { picture, shownTable } from "./terminal";

const docs = join(checkout, "docs");

async function terminal(): Promise<void> {
  const { code, stdout } = await run("npm", ["start"], {
    cwd: checkout,
    environment: { NO_COLOR: "1" },
  });
  const verdict = stdout
    .split("\n")
    .find((line) => line.startsWith("All "))
    ?.replace(/, in \d+ s/, "");
  if (code !== 0 || verdict === undefined) throw new Error(stdout);
  const lines = ["$ npm start", "…", ...shownTable(), "", verdict];
  writeFileSync(join(docs, "terminal.svg"), picture(lines));
}

async function verifyPage(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "pictures-"));
  const sandbox = await startSandbox({ progress: console.log });
  try {
    for (const name of ["bastion", ...workloadStacks()]) {
      await (await sandbox.stack(name)).up();
    }
    const file = readStackFile("bastion");
    const iam = await administratorOf(sandbox.aws, file.bastionAccountId);
    for (const user of Object.keys(file.users)) {
      await signInFirstTime(sandbox.aws, file, iam, user);
    }
    const page = join(folder, "report.html");
    await must("npm", ["run", "verify", "--", "--html", page], {
      AWS_ENDPOINT_URL: sandbox.aws.endpoint,
      AWS_ACCESS_KEY_ID: sandbox.aws.deployment.accessKeyId,
      AWS_SECRET_ACCESS_KEY: sandbox.aws.deployment.secretAccessKey,
    });
    await must("chromium", [
      ...["--headless", "--no-sandbox", "--hide-scrollbars"],
      `--user-data-dir=${join(folder, "chromium")}`,
      "--window-size=860,1640",
      "--force-device-scale-factor=0.7",
      `--screenshot=${join(docs, "verify.png")}`,
      `file://${page}`,
    ]);
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function must(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const finished = await run(command, args, { cwd: checkout, environment });
  if (finished.code !== 0) throw new Error(finished.stdout + finished.stderr);
}

async function main(): Promise<void> {
  await terminal();
  await verifyPage();
}

void main();
