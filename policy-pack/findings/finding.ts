import type { UnknownValue } from "../resources/unknown-value";
import type { Resource } from "../resources/resource";

/** What a rule has to say of a resource, or of the stack. */
export type Finding =
  | {
      readonly kind: "wrong" | "undecided";
      /** undefined: the stack as a whole. */
      readonly resource: Resource | undefined;
      /** What is wrong, with the field that it is in. */
      readonly problem: string;
      /** Who gets in, or what can be done, and by which statement. */
      readonly witness: readonly string[];
      readonly remedy: string;
    }
  /** A value that is not known before the deployment: the rule looks again then. */
  | { readonly kind: "unknown"; readonly value: UnknownValue };

/** The text of a finding, as it is printed: a few lines. */
export function findingText(
  finding: Exclude<Finding, { readonly kind: "unknown" }>,
): string {
  const { kind, problem, witness, remedy } = finding;
  return [
    kind === "undecided" ? `Undecided: ${problem}` : problem,
    ...witness.map((line) => `  ${line}`),
    `  Fix: ${remedy}`,
  ].join("\n");
}

export const unknownFinding = (value: UnknownValue): Finding => ({
  kind: "unknown",
  value,
});
