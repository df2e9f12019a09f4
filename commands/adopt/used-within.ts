import { ageInDays } from "../accounts/key-age";

/** Days; longer than a quarter's work is apart. */
export const defaultUsedWithinDays = 100;

/**
 * Days, as an option takes them. Source: AWS IAM API reference, "RoleLastUsed": of a role's use the last
 * 400 days are known.
 */
export const usedWithinRange = { least: 0, most: 400 } as const;

/** That it was used of late, in words; undefined: it was not, as far as AWS tells. */
export const usedOfLate = (
  lastUsedAt: Date | undefined,
  {
    now,
    usedWithinDays,
  }: { readonly now: Date; readonly usedWithinDays: number },
): string | undefined =>
  lastUsedAt !== undefined && ageInDays(lastUsedAt, now) < usedWithinDays
    ? `it was used on ${lastUsedAt.toISOString().slice(0, 10)}, less than ${usedWithinDays} days ago (--used-within)`
    : undefined;
