/** The steps that a decision took are more than it may take. */
export class TooManySteps extends Error {}

/**
 * Counts what a decision does, a step for about each character that is held against a pattern. Steps
 * and not time: the same document has the same answer on every machine.
 */
export class Effort {
  private left: number;
  private taken = 0;

  constructor(most = mostSteps) {
    this.left = most;
  }

  get steps(): number {
    return this.taken;
  }

  /** @throws TooManySteps */
  spend(steps: number): void {
    this.taken += steps;
    this.left -= steps;
    if (this.left < 0) throw new TooManySteps();
  }

  /** What a part of it has spent. */
  lose(steps: number): void {
    this.taken += steps;
    this.left = Math.max(0, this.left - steps);
  }

  /** Half of what is left: whatever comes after has some, too. */
  half(): Effort {
    return new Effort(Math.floor(this.left / 2));
  }
}

/** @param otherwise the answer of a decision that takes more steps than it may */
export function unlessTooLong<T>(decide: () => T, otherwise: T): T {
  try {
    return decide();
  } catch (error) {
    if (error instanceof TooManySteps) return otherwise;
    throw error;
  }
}

/** A tenth to a quarter of a second of CPU: what `npm run bench:decisions` measures. */
export const mostSteps = 4_000_000;
