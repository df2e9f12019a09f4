/** `npm run bench`: what a preview of each committed stack costs, beside the plain way. */
import Table from "cli-table3";
import { measure, median, type Measurement } from "./bench/measure";
import { startSandbox } from "./sandbox";
import type { Stack } from "./stack";

/** Rounds that count; one more goes before them, to warm up. */
const rounds = 3;

interface Way {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
}

const ways: readonly [Way, Way] = [
  { name: "as committed", environment: {} },
  // Pulumi's own default: ts-node checks the types of the program and of @pulumi/aws.
  {
    name: "plain: types checked at each preview",
    environment: { PULUMI_NODEJS_TRANSPILE_ONLY: "false" },
  },
];

/** The ways take turns, so that a machine that slows down slows them all. */
async function compare(stack: Stack): Promise<readonly Measurement[][]> {
  const results: Measurement[][] = ways.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, { environment }] of ways.entries()) {
      const one = await measure(() => stack.preview(environment));
      if (round > 0) results[index]?.push(one);
    }
  }
  return results;
}

async function bench(): Promise<void> {
  const sandbox = await startSandbox({ progress: console.log });
  const table = new Table({
    head: ["stack", "preview", "seconds", "ratio", "MB, largest process"],
    style: { head: [], border: [] },
    colAligns: ["left", "left", "right", "right", "right"],
  });
  try {
    for (const name of ["bastion", "workload"]) {
      console.log(`Previewing ${name}, ${ways.length} ways, ${rounds} rounds`);
      const results = await compare(await sandbox.stack(name));
      const plain = median(results[1] ?? [], "seconds");
      for (const [index, way] of ways.entries()) {
        const own = results[index] ?? [];
        const seconds = median(own, "seconds");
        table.push([
          name,
          way.name,
          seconds.toFixed(1),
          (seconds / plain).toFixed(2),
          median(own, "megabytes").toFixed(0),
        ]);
      }
    }
  } finally {
    await sandbox.close();
  }
  console.log(table.toString());
  console.log(`Medians of ${rounds} rounds; the ratio is to the plain way.`);
}

bench().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
