/** Things that have a key in common, in their order; those without one (undefined) are left out. */
export function grouped<T, K>(
  all: readonly T[],
  keyOf: (one: T) => K | undefined,
): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}
