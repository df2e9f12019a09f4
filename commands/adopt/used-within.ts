import { ageInDays } from "../accounts/key-age";

/** Days; longer than a quarter's work is apart. */
export const defaultUsedWithinDays = 100;

/**
 * Days, as an option takes them. Source: AWS IAM API reference, "RoleLastUsed": of a role's use the last
 * 400 days are known.
 */
export const usedWithinRange = { least: 0, most: 400 } as const;

interface Limit {
  readonly now: Date;
  readonly usedWithinDays: number;
}

/** That it was used of late, in words; undefined: it was not, as far as AWS tells. */
export const usedOfLate = (
  lastUsedAt: Date | undefined,
  limit: Limit,
): string | undefined =>
  lastUsedAt !== undefined && isWithin(lastUsedAt, limit)
    ? `it was used on ${dayOf(lastUsedAt)}, ${lessThan(limit)}`
    : undefined;

/** That it had no time to be used, in words; undefined: it had. */
export const madeOfLate = (
  createdAt: Date | undefined,
  limit: Limit,
): string | undefined => {
  if (limit.usedWithinDays === 0) return undefined;
  if (createdAt === undefined) {
    return "when it was made is not known, so it may not have been used yet";
  }
  return isWithin(createdAt, limit)
    ? `it was made on ${dayOf(createdAt)}, ${lessThan(limit)}, and may not have been used yet`
    : undefined;
};

const isWithin = (at: Date, { now, usedWithinDays }: Limit): boolean =>
  ageInDays(at, now) < usedWithinDays;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

const lessThan = ({ usedWithinDays }: Limit): string =>
  `less than ${usedWithinDays} days ago (--used-within)`;
