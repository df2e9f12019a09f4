/**
 * `npm run bench:scale [-- <stacks> <previews>]`: what a stack takes where the config has 1 to 1,000
 * accounts, and what the bastion's preview takes with 10 to 5,000 users.
 */
import type { Measurement } from "./bench/measure";
import { accountsReport, usersReport } from "./bench/scale/report";
import { measureAccounts, measureUsers } from "./bench/scale/runs";
import { accountCounts, accountsOfSize } from "./bench/scale/sizes";
import { outliveReaders } from "./outlive-readers";
import { startSandbox } from "./sandbox";

const [stacks = 5, previews = 3] = process.argv.slice(2).map(Number);

async function bench(): Promise<void> {
  const furtherAccounts = accountCounts.flatMap(accountsOfSize);
  const sandbox = await startSandbox({
    progress: console.log,
    furtherAccounts,
  });
  try {
    const warm = await sandbox.stack("workload-dev", "config: {}\n");
    await warm.preview();
    console.log(`Deploying ${stacks} stacks of each number of accounts`);
    const ofAccounts = await measureAccounts(sandbox, stacks, tell);
    console.log("Previewing the bastion");
    const ofUsers = await measureUsers(sandbox, previews, tell);
    console.log(`\n${accountsReport(ofAccounts)}`);
    console.log(`\n${usersReport(ofUsers)}`);
    console.log("\nMedians; the numbers took turns.");
  } finally {
    await sandbox.close();
  }
}

const tell = (what: string, { seconds, megabytes }: Measurement): void => {
  console.log(`  ${what}: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`);
};

outliveReaders();
bench().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
