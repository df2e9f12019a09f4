/** Names as a sentence has them: the first, and how many more there are. */
export const fewOf = (names: readonly string[], most = 5): string =>
  names.length <= most
    ? names.join(", ")
    : `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} more`;
