import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What Pulumi prints of one stack, in a file as it comes. */
export class StackLog {
  readonly file: string;
  private whole = "";

  constructor(folder: string, stack: string) {
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, `${stack}.log`);
    writeFileSync(this.file, "");
  }

  readonly write = (text: string): void => {
    this.whole += text;
    appendFileSync(this.file, text);
  };

  heading(text: string): void {
    this.write(`\n--- ${text}\n`);
  }

  get text(): string {
    return this.whole;
  }
}
