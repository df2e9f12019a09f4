/**
 * `npm run bench`: what a preview of the committed bastion costs, and what the policy pack costs on a
 * large stack, beside other ways to have the same.
 */
import { join } from "node:path";
import { measurePacks, resourceCounts } from "./bench/packs";
import { measurePreviews, previewWays } from "./bench/previews";
import { packReport, previewReport } from "./bench/report";
import { rounds } from "./bench/rounds";
import { outliveReaders } from "./outlive-readers";
import { startSandbox } from "./sandbox";

async function bench(): Promise<void> {
  const sandbox = await startSandbox({ progress: console.log });
  try {
    console.log("Previewing the bastion");
    const ways = await previewWays(sandbox);
    console.log(previewReport(ways, await measurePreviews(ways)));
    const folder = join(sandbox.workspace.folder, "packs");
    for (const count of resourceCounts) {
      console.log(`\nAsking policy packs about a stack of ${count} resources`);
      console.log(packReport(count, await measurePacks(folder, count)));
    }
  } finally {
    await sandbox.close();
  }
  console.log(`\nMedians of ${rounds} rounds, in which all took turns.`);
}

outliveReaders();
bench().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
