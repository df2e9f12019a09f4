import { readFileSync } from "node:fs";
import { parse, parseDocument } from "yaml";

/**
 * Pulumi.yaml, with what a file of an example has for the same keys, as the example's README says.
 *
 * @param more values of further keys
 */
export function projectWith(
  project: string,
  file: string,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const document = parseDocument(readFileSync(project, "utf8"));
  const facts = parse(readFileSync(file, "utf8")) as Readonly<
    Record<string, { readonly default: unknown }>
  >;
  const values = Object.entries(facts).map(
    ([key, fact]) => [key, fact.default] as const,
  );
  for (const [key, value] of [...values, ...Object.entries(more)]) {
    document.setIn(["config", key, "default"], value);
  }
  return document.toString({ lineWidth: 0 });
}
