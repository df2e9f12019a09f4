import { clearScreenDown, moveCursor } from "node:readline";
import { cutAt } from "../formats/cells";
import { visible } from "../formats/visible";

/** Tells people what is going on, a line a stack. */
export interface Progress {
  readonly doing: (stack: string, what: string) => void;
  readonly ended: (stack: string, how: string) => void;
  readonly close: () => void;
}

/** The part of a terminal, or of what stands in its place, that is used. */
export type Terminal = Pick<NodeJS.WriteStream, "isTTY" | "columns" | "write">;

export const progressOn = (terminal: Terminal, count: number): Progress =>
  terminal.isTTY ? new LiveLines(terminal, count) : new PlainLines(terminal);

/** For a log, in which nothing is written over. */
class PlainLines implements Progress {
  private readonly begun = new Set<string>();

  constructor(private readonly terminal: Terminal) {}

  doing(stack: string): void {
    if (this.begun.has(stack)) return;
    this.begun.add(stack);
    this.terminal.write(`${stack}: begun\n`);
  }

  ended(stack: string, how: string): void {
    this.terminal.write(`${visible(`${stack}: ${how}`)}\n`);
  }

  close(): void {
    this.begun.clear();
  }
}

/** Lines of those at work, which are written over; above them those that have ended stay. */
class LiveLines implements Progress {
  private readonly atWork = new Map<string, string>();
  private shown = 0;
  private done = 0;

  constructor(
    private readonly terminal: Terminal,
    private readonly count: number,
  ) {}

  doing(stack: string, what: string): void {
    if (this.atWork.get(stack) === what) return;
    this.atWork.set(stack, what);
    this.show();
  }

  ended(stack: string, how: string): void {
    this.atWork.delete(stack);
    this.done += 1;
    this.show(`${stack}: ${how}`);
  }

  close(): void {
    this.clear();
  }

  private show(above?: string): void {
    this.clear();
    const lines = [...this.atWork].map(([stack, what]) => `${stack}: ${what}`);
    const all = [...lines, `${this.done} of ${this.count} ended`];
    if (above !== undefined) this.line(above);
    for (const one of all) this.line(one);
    this.shown = all.length;
  }

  /** A line that wraps would be cleared in part. */
  private line(text: string): void {
    const width = Math.max(20, this.terminal.columns || 80) - 1;
    this.terminal.write(`${cutAt(visible(text), width)[0] ?? ""}\n`);
  }

  private clear(): void {
    if (this.shown === 0) return;
    // The functions ask for no more than what they write to.
    moveCursor(this.terminal as NodeJS.WriteStream, 0, -this.shown);
    clearScreenDown(this.terminal as NodeJS.WriteStream);
    this.shown = 0;
  }
}
