import fc from "fast-check";

/**
 * Property tests run from one seed: a test finds the same whenever it runs, alone or with others.
 *
 * `npm run test:explore` chooses another seed, and `MORE_RUNS` times as many runs of each property;
 * `SEED=<number>` repeats what it found.
 */
export const seed = wholeNumber("SEED", 20_261_126);
export const moreRuns = wholeNumber("MORE_RUNS", 1);

/** How often a property is to be tried, which by `npm test` is tried `usual` times. */
export const runs = (usual: number): number => usual * moreRuns;

/** fast-check's own number is 100. */
fc.configureGlobal({ seed, numRuns: runs(100) });

function wholeNumber(name: string, otherwise: number): number {
  const text = process.env[name] ?? "";
  if (text === "") return otherwise;
  if (/^-?[1-9]\d{0,9}$|^0$/.test(text)) return Number(text);
  throw new Error(
    `The environment's ${name} is "${text}"; expected a whole number. Fix: ${name}=${otherwise}, or unset it.`,
  );
}
