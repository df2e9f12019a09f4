import type { Resource } from "@pulumi/pulumi";

/**
 * Makes something of each item, where those of one list come after all of the lists before it.
 *
 * @param first what comes before all of them
 */
export function inOrder<T, R extends Resource>(
  lists: readonly (readonly T[])[],
  make: (item: T, dependsOn: Resource[]) => R,
  first: readonly Resource[] = [],
): R[] {
  const made: R[] = [];
  for (const list of lists) {
    const before = [...first, ...made];
    made.push(...list.map((item) => make(item, before)));
  }
  return made;
}
