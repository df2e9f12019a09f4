import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A stack of another team: a folder of `stacks/`, with a program and what the pack should say of it. */
export interface Sample {
  /** The folder's name, and the stack's. */
  readonly name: string;
  readonly folder: string;
  readonly about: string;
  /** When all is known that the findings are about; left out: at the preview. */
  readonly knownAt?: "update";
  readonly findings: readonly ExpectedFinding[];
}

export interface ExpectedFinding {
  readonly rule: string;
  /** The resource's name in the program; "" for the stack as a whole. */
  readonly resource: string;
  /** What the message has to have in it: who gets in, in which field, by which statement. */
  readonly says: readonly string[];
}

const stacks = join(__dirname, "stacks");

export const sample = (name: string): Sample => {
  const folder = join(stacks, name);
  const expected = JSON.parse(
    readFileSync(join(folder, "expected.json"), "utf8"),
  ) as Omit<Sample, "name" | "folder">;
  return { name, folder, ...expected };
};

export const samples: readonly Sample[] = readdirSync(stacks, {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => sample(name));

/** Those of which the findings go by what a provider answers: what a function gives, what an id is. */
export const byTheProvider = ["compliant", "trusts-its-own-account"];
