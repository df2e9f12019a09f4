/**
 * Runs `work` while no other process does: two first runs at once must not build the same thing.
 * The lock is a file with a process's id; one whose process is gone is taken over.
 *
 * @param progress told once, with the process, where there is one to wait for
 */
export function withLock<T>(
  file: string,
  work: () => Promise<T>,
  progress?: (line: string) => void,
): Promise<T>;

/** As `withLock`, for work that is done when it returns; waiting blocks the process. */
export function withLockSync<T>(
  file: string,
  work: () => T,
  progress: (line: string) => void,
): T;
