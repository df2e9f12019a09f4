/**
 * Levels of lists and objects in each other. IAM's documents have six, and no template or property of
 * AWS's comes near: what lies deeper would end the run, as reading goes down level by level.
 */
export const deepest = 100;

/** Whether lists and objects lie in each other deeper than anything that AWS takes. */
export const isTooDeep = (value: unknown, levels = deepest): boolean =>
  typeof value === "object" &&
  value !== null &&
  (levels === 0 ||
    Object.values(value).some((inside) => isTooDeep(inside, levels - 1)));
