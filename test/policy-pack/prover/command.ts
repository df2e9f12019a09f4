import { sample } from "./random/asked";
import { compare } from "./compare";
import { Prover } from "./prover";
import { shrink } from "./shrink";
import { effort, startEngine } from "./smt/engine";

/**
 * Compares the policy pack with the prover over many documents, and shows where they contradict
 * each other, made as small as they get. Seed and number of documents come from the command line.
 */
async function run(seed: number, count: number): Promise<void> {
  const engine = await startEngine(effort);
  try {
    const prover = new Prover(engine);
    const { counts, disagreements } = await compare(
      prover,
      sample(seed, count),
    );
    console.log(`Seed ${seed}, ${count} documents:`);
    for (const [name, times] of [...counts].sort()) {
      console.log(`${String(times).padStart(6)}  ${name}`);
    }
    for (const one of disagreements) {
      console.log(JSON.stringify(await shrink(prover, one)));
    }
    if (disagreements.length > 0) {
      console.error(
        `${disagreements.length} answers contradict each other. Fix: find out by AWS's documentation which is right, correct it, and add the document to disagreements.json.`,
      );
      process.exitCode = 1;
    }
  } finally {
    engine.close();
  }
}

const [seed = "1", count = "2000"] = process.argv.slice(2);
void run(Number(seed), Number(count));
