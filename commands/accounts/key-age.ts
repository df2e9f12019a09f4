/** Days; an older access key is replaced. Source: CIS AWS Foundations Benchmark v3.0.0, 1.14. */
export const defaultKeyAgeDays = 90;

/** Days, as an option takes them: a hundred years are as good as no limit. */
export const keyAgeRange = { least: 0, most: 36_500 } as const;

const day = 86_400_000;

export const ageInDays = (since: Date, now: Date): number =>
  Math.floor((now.getTime() - since.getTime()) / day);
