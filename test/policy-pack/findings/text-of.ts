import { strict as assert } from "node:assert";
import { judge, type StackToJudge } from "../pack";
import { json, type Statement } from "../rules/documents";
import { role } from "../rules/resources";

/** What one rule says of one resource, as it is printed. */
export function textOf(
  rule: string,
  resources: StackToJudge["resources"],
  organisation: object = {},
  stack = "orders/dev",
): string {
  const found = judge({ stack, resources, config: { organisation } }).filter(
    (one) => one.rule === rule,
  );
  assert.equal(found.length, 1);
  return found[0]?.message ?? "";
}

export const trusting = (...statements: readonly Statement[]) => [
  role("Support", { assumeRolePolicy: json(...statements) }),
];
