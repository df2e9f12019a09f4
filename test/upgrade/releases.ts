import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keptFile } from "../../.github/release/checkout";
import { checkout } from "../../sandbox/engine/paths";

/** The stacks that each release is deployed as, in the order of their deployment. */
export const stacks = ["bastion", "workload"] as const;

/** A release's program as it was, with the packages of today, and what the stacks' config was. */
export class Release {
  readonly folder = mkdtempSync(join(tmpdir(), "release-"));

  constructor(version: string) {
    const archive = join(checkout, keptFile(version));
    execFileSync("tar", ["-xzf", archive, "-C", this.folder]);
    symlinkSync(
      join(checkout, "node_modules"),
      join(this.folder, "node_modules"),
      "junction",
    );
  }

  stackFile(stack: string): string {
    return readFileSync(
      join(this.folder, "test/upgrade/stacks", `${stack}.yaml`),
      "utf8",
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
