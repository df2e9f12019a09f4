import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Milliseconds in which a process that has just made the file has also written its id there. */
const timeToWriteId = 10_000;

/**
 * Runs `work` while no other process does: two first runs at once must not build the same thing.
 * The lock is a file with the holder's process id; one whose holder is gone is taken over.
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  progress: (line: string) => void = () => undefined,
): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  let told = false;
  while (!(await take(file))) {
    const holder = await holderOf(file);
    if (holder !== undefined && (await isGone(file, holder))) {
      await removeOf(holder, file);
      continue;
    }
    // Should the id have passed on to another program, a person can tell and remove the file.
    if (!told) progress(`Waiting for process ${holder ?? "?"}, says ${file}`);
    told = true;
    await wait(500);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** The text of the lock file: a process id, or nothing yet; undefined when there is no file. */
const holderOf = (file: string): Promise<string | undefined> =>
  readFile(file, "utf8").catch(() => undefined);

async function isGone(file: string, holder: string): Promise<boolean> {
  if (Number(holder) > 0) return !isRunning(Number(holder));
  const made = await stat(file).catch(() => undefined);
  return made !== undefined && Date.now() - made.mtimeMs > timeToWriteId;
}

/** Of several that wait, one moves the file away; a lock taken since then is put back. */
async function removeOf(holder: string, file: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await holderOf(aside)) === holder) await rm(aside, { force: true });
  else await rename(aside, file);
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and is another user's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
