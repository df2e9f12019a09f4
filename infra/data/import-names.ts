/**
 * Writes `aws-managed-policies.json`: the names alone, of the documents that the policy pack has.
 *
 *     node -r ts-node/register infra/data/import-names.ts policy-pack/data/aws-managed-policies.json
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Documents {
  readonly source: string;
  readonly newestChange: string;
  readonly policies: Readonly<Record<string, unknown>>;
}

const [file = ""] = process.argv.slice(2);
const { source, newestChange, policies } = JSON.parse(
  readFileSync(file, "utf8"),
) as Documents;
const names = Object.keys(policies);
writeFileSync(
  join(__dirname, "aws-managed-policies.json"),
  `${JSON.stringify({ source, newestChange, names }, undefined, 2)}\n`,
);
