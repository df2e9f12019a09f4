/** Rounds that count; one more goes before them, to warm up. */
export const rounds = 3;

/**
 * Measures each way once a round: they take turns, so that a machine that slows down slows them all.
 *
 * @returns the rounds that count, by the way's name
 */
export async function inRounds<Way extends { readonly name: string }, Result>(
  ways: readonly Way[],
  measureOne: (way: Way) => Promise<Result>,
): Promise<ReadonlyMap<string, readonly Result[]>> {
  const results = new Map(ways.map(({ name }) => [name, [] as Result[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const way of ways) {
      const one = await measureOne(way);
      if (round > 0) results.get(way.name)?.push(one);
    }
  }
  return results;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
