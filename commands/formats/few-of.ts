/** The first of the names, and in place of the others how many there are. */
export const firstOf = (
  names: readonly string[],
  most: number,
): readonly string[] =>
  names.length <= most
    ? names
    : [...names.slice(0, most - 1), `and ${names.length - most + 1} more`];

/** The same as a sentence has them. */
export const fewOf = (names: readonly string[], most = 5): string =>
  firstOf(names, most).join(", ");
