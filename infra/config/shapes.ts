import { z } from "zod";

/**
 * What the shapes of config keys are made of. A message says what is expected; what was found, and
 * where, is added when the problems are reported.
 */
export const text = (expected: string, pattern: RegExp) =>
  z.string({ error: expected }).regex(pattern, { error: expected });

export interface Limits {
  readonly least: number;
  readonly most: number;
}

export const wholeNumber = (what: string, { least, most }: Limits) => {
  const error = `${what}, a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
};

export const flag = (what: string) =>
  z.boolean({ error: `${what}, true or false` });

export const list = <T extends z.ZodType>(item: T, what: string) =>
  z.array(item, { error: what });

/** An object without other keys; the message about another key lists those that it may have. */
export const strict = <T extends z.ZodRawShape>(shape: T, expected: string) =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === "unrecognized_keys" ? Object.keys(shape).join(", ") : expected,
  });

export const listWithoutRepeats = (item: z.ZodType<string>, what: string) =>
  list(item, `a list of ${what}`).check(
    z.refine((all) => new Set(all).size === all.length, {
      error: `a list of ${what} without repeats`,
    }),
  );

export const names = (what: string) =>
  listWithoutRepeats(z.string({ error: what }), what);
