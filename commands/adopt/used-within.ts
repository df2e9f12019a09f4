/** Days; longer than a quarter's work is apart. */
export const defaultUsedWithinDays = 100;

/**
 * Days, as an option takes them. Source: AWS IAM API reference, "RoleLastUsed": of a role's use the last
 * 400 days are known.
 */
export const usedWithinRange = { least: 0, most: 400 } as const;
