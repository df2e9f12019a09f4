/** The items on every page of an answer of AWS. */
export async function allItems<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}

/** What to take away from a list and what to add to it. */
export const changeOf = (
  before: readonly string[],
  after: readonly string[],
) => ({
  added: after.filter((one) => !before.includes(one)),
  removed: before.filter((one) => !after.includes(one)),
});

/** A list whose order means nothing keeps the order in which the program wrote it. */
export const inOrderOf = (
  known: readonly string[],
  live: readonly string[],
): readonly string[] => [
  ...known.filter((one) => live.includes(one)),
  ...live.filter((one) => !known.includes(one)).sort(),
];
