import { run, type Finished } from "../engine/run";

export interface Measurement {
  /** From the start of the command to its end. */
  readonly seconds: number;
  /** The most that any one of its processes held. */
  readonly megabytes: number;
}

/** Milliseconds between two looks at the memory. */
const interval = 100;

/**
 * Runs a command, and watches the processes that come of this one meanwhile.
 *
 * @throws Error when the command does not succeed: a failure is quick, and no measurement.
 */
export async function measure(
  command: () => Promise<Finished>,
): Promise<Measurement> {
  let most = 0;
  const timer = setInterval(() => {
    void largestDescendant(process.pid).then((kilobytes) => {
      most = Math.max(most, kilobytes);
    });
  }, interval);
  const began = performance.now();
  try {
    const { code, stdout } = await command();
    if (code !== 0) throw new Error(stdout);
  } finally {
    clearInterval(timer);
  }
  return {
    seconds: (performance.now() - began) / 1_000,
    megabytes: most / 1_024,
  };
}

/** Kilobytes of the largest process below the given one. */
async function largestDescendant(ancestor: number): Promise<number> {
  const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid=,rss="]);
  const all = stdout.split("\n").map((line) => {
    const numbers = line.trim().split(/\s+/).map(Number);
    const [id = 0, parent = 0, kilobytes = 0] = numbers;
    return { id, parent, kilobytes };
  });
  const below = new Set([ancestor]);
  // A child is listed after its parent only as a rule; a few passes find them all.
  for (let pass = 0; pass < 5; pass += 1) {
    for (const { id, parent } of all) if (below.has(parent)) below.add(id);
  }
  const sizes = all
    .filter(({ id }) => id !== ancestor && below.has(id))
    .map(({ kilobytes }) => kilobytes);
  return Math.max(0, ...sizes);
}
