import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";

/** One of AWS's managed policies, its newest version. */
export interface StoredPolicy {
  readonly name: string;
  readonly path: string;
  readonly createDate: string;
  readonly updateDate: string;
  readonly version: string;
  /** As JSON: few of them are ever read, so none is parsed here. */
  readonly document: string;
}

const file = join(__dirname, "policies.tsv.br");

const columns = [
  "name",
  "path",
  "createDate",
  "updateDate",
  "version",
  "document",
] as const;

let kept: readonly StoredPolicy[] | undefined;

/** All of them, in the order of their names; a line each, whose columns tabs part. */
export function storedPolicies(): readonly StoredPolicy[] {
  kept ??= brotliDecompressSync(readFileSync(file))
    .toString()
    .split("\n")
    .map(policyOf);
  return kept;
}

function policyOf(line: string): StoredPolicy {
  const cells = line.split("\t");
  const [name, path, createDate, updateDate, version, document] = cells;
  if (document === undefined || cells.length !== columns.length || !name) {
    throw new Error(
      `${file}: expected ${columns.join(", ")} in each line, found ${cells.length} cells: import it again`,
    );
  }
  return {
    name,
    path: path ?? "",
    createDate: createDate ?? "",
    updateDate: updateDate ?? "",
    version: version ?? "",
    document,
  };
}

export function writePolicies(policies: readonly StoredPolicy[]): void {
  const lines = policies.map((policy) =>
    columns.map((column) => policy[column]).join("\t"),
  );
  writeFileSync(file, brotliCompressSync(lines.join("\n")));
}
