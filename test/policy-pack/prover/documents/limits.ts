/** What the encoding has no words for: the prover has no answer then, which is counted. */
export class NotEncoded extends Error {}

/**
 * What AWS's documentation leaves open. A flag stands for each such reading; an answer that hangs on
 * one of them is none.
 */
export const openReading = (what: string): string => `reading_${what}`;

export const isReading = (flag: string): boolean => flag.startsWith("reading_");
