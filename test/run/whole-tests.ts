/**
 * What `npm test` decides in this process, and tries by the engine in a few cases alone, `npm run
 * test:whole` tries by the engine in every case.
 */
const isWhole = process.env["WHOLE"] === "1";

/** Those that the engine is started for: the few that are named, or all. */
export function byTheEngine<T>(
  all: readonly T[],
  nameOf: (one: T) => string,
  few: readonly string[],
): readonly T[] {
  const missing = few.filter(
    (name) => !all.some((one) => nameOf(one) === name),
  );
  if (missing.length > 0) throw new Error(`no ${missing.join(", no ")}`);
  return isWhole ? all : all.filter((one) => few.includes(nameOf(one)));
}
