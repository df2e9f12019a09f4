import { readFileSync } from "node:fs";
import { parse, parseDocument } from "yaml";

/** Pulumi.yaml, with what a file of an example has for the same keys, as the example's README says. */
export function projectWith(project: string, file: string): string {
  const document = parseDocument(readFileSync(project, "utf8"));
  const facts = parse(readFileSync(file, "utf8")) as Readonly<
    Record<string, { readonly default: unknown }>
  >;
  for (const [key, { default: value }] of Object.entries(facts)) {
    document.setIn(["config", key, "default"], value);
  }
  return document.toString({ lineWidth: 0 });
}
