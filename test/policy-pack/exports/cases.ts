import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** The states, and beside each `<case>.json` what the pack should say of it. */
export const folder = __dirname;
const ending = ".expected.json";

interface Expected {
  readonly about: string;
  readonly findings: readonly (Place & { readonly says: readonly string[] })[];
}

interface Place {
  readonly rule: string;
  /** The resource's name in its stack; "": the stack itself. */
  readonly resource: string;
}

export interface Found extends Place {
  readonly message: string;
}

export const cases: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith(ending))
  .map((file) => basename(file, ending));

/** The config that a state is judged under, where it is not the default. */
export function rulesFileOf(name: string): string | undefined {
  const file = join(folder, `${name}.rules.json`);
  return existsSync(file) ? file : undefined;
}

const lineOf = ({ rule, resource }: Place): string => `${rule}: ${resource}`;

/** What was found is what is expected, no more and no less, and each message says what it should. */
export function assertFound(name: string, found: readonly Found[]): void {
  const { about, findings } = JSON.parse(
    readFileSync(join(folder, name + ending), "utf8"),
  ) as Expected;
  assert.deepEqual(
    found.map(lineOf).sort(),
    findings.map(lineOf).sort(),
    `${about}\n${found.map((one) => `${lineOf(one)}\n${one.message}`).join("\n")}`,
  );
  for (const { says, ...place } of findings) {
    const messages = found
      .filter((one) => lineOf(one) === lineOf(place))
      .map(({ message }) => message);
    for (const text of says) {
      assert.ok(
        messages.some((message) => message.includes(text)),
        `${lineOf(place)} should say ${text}:\n${messages.join("\n")}`,
      );
    }
  }
}
