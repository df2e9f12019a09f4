/** What is wrong with a document, each in a line: where, what was found, what IAM expects. */
export class Faults {
  private readonly lines: string[] = [];

  add(where: string, found: unknown, expected: string): void {
    this.lines.push(`${where} is ${shown(found)}; IAM expects ${expected}`);
  }

  say(line: string): void {
    this.lines.push(line);
  }

  get all(): readonly string[] {
    return this.lines;
  }
}

const longest = 60;

function shown(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value);
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
