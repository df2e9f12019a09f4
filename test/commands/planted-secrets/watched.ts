import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Told } from "./forms";

/** Milliseconds between two looks. */
const pause = 50;

/** Every file in a folder, but for what links lead to. */
export const filesIn = (folder: string): readonly Told[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const where = join(folder, entry.name);
    if (entry.isDirectory()) return unlessGone(() => filesIn(where)) ?? [];
    if (!entry.isFile()) return [];
    const bytes = unlessGone(() => readFileSync(where));
    return bytes === undefined ? [] : [{ where, bytes }];
  });

/** undefined: it is gone, as a process or what is temporary may be. What can't be read is no such thing. */
function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH") return undefined;
    throw error;
  }
}

/**
 * Looks again and again at what is gone when a command has ended: the arguments of every process of the
 * machine, and files in a folder for temporary ones.
 */
export class Watched {
  private readonly seen = new Map<string, Told>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly temporary: string) {
    this.timer = setInterval(() => {
      this.look();
    }, pause);
  }

  /** @returns what was seen, each once */
  end(): readonly Told[] {
    clearInterval(this.timer);
    return [...this.seen.values()];
  }

  private look(): void {
    for (const told of [...argumentsOfAll(), ...filesIn(this.temporary)]) {
      const { where, bytes } = told;
      if (bytes.length === 0) continue;
      this.seen.set(`${where} ${bytes.toString("latin1")}`, told);
    }
  }
}

/** Linux tells them as files. */
const argumentsOfAll = (): readonly Told[] =>
  process.platform !== "linux"
    ? []
    : readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .flatMap((id) => {
          const bytes = unlessGone(() => readFileSync(`/proc/${id}/cmdline`));
          return bytes === undefined
            ? []
            : [{ where: `the arguments of ${argument(bytes)}`, bytes }];
        });

const argument = (bytes: Buffer): string =>
  bytes.toString().split("\0").slice(0, 1).join("");
