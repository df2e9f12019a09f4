/** As a reader would say it: `1 role`, `2 roles`. */
export const counted = (count: number, what: string): string =>
  count === 1 ? `1 ${what}` : `${count} ${what}s`;
