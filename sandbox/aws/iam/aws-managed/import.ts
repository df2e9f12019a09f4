/**
 * Imports AWS's managed policies: see README.md.
 *
 *     node -r ts-node/register sandbox/aws/iam/aws-managed/import.ts <aws_managed_policies.py>
 */
import { readFileSync } from "node:fs";
import { writePolicies } from "./file";

interface SourcePolicy {
  readonly Path: string;
  readonly CreateDate: string;
  readonly UpdateDate: string;
  readonly DefaultVersionId: string;
  readonly Document: unknown;
}

const [file = ""] = process.argv.slice(2);
const python = readFileSync(file, "utf8");
const json = python.slice(python.indexOf('"""') + 3, python.lastIndexOf('"""'));
const source = JSON.parse(json) as Readonly<Record<string, SourcePolicy>>;
writePolicies(
  Object.entries(source)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, policy]) => ({
      name,
      path: policy.Path,
      createDate: policy.CreateDate,
      updateDate: policy.UpdateDate,
      version: policy.DefaultVersionId,
      document: JSON.stringify(policy.Document),
    })),
);
