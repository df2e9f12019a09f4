import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";
import { stepOf } from "./workflow-files";

const committer = ["-c", "user.name=x", "-c", "user.email=x@example.org"];

/** Commits all files of a folder, which becomes a repository; others than those named stay out. */
export function commitAll(folder: string, ...files: readonly string[]): void {
  for (const args of [
    ["init", "-q"],
    ["add", ...(files.length === 0 ? ["-A"] : files)],
    [...committer, "-c", "commit.gpgsign=false", "commit", "-qm", "x"],
  ]) {
    execFileSync("git", args, { cwd: folder });
  }
}

/**
 * What the workflow for pull requests checks out, side by side: the branch, with this program and the
 * config of a test, and the pull request.
 */
export class TwoCheckouts {
  private readonly folder = mkdtempSync(join(tmpdir(), "pull request "));
  readonly protected = join(this.folder, "protected");
  private readonly change = join(this.folder, "change");
  private readonly files: readonly string[];

  constructor(config: Readonly<Record<string, string>>) {
    this.files = ["Pulumi.yaml", ...Object.keys(config)];
    for (const side of [this.protected, this.change]) {
      mkdirSync(side);
      cpSync(join(checkout, "Pulumi.yaml"), join(side, "Pulumi.yaml"));
      for (const [name, text] of Object.entries(config)) {
        writeFileSync(join(side, name), text);
      }
    }
    for (const name of [
      "package.json",
      "infra",
      "commands",
      "policy-pack",
      "sandbox",
      "node_modules",
    ]) {
      symlinkSync(join(checkout, name), join(this.protected, name));
    }
    commitAll(this.protected, ...this.files);
  }

  /** Puts files into the pull request, and has the workflow's own step say whether it is of config alone. */
  isConfigAlone(changed: Readonly<Record<string, string>>): boolean {
    for (const [name, text] of Object.entries(changed)) {
      const path = join(this.change, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    commitAll(this.change);
    const output = join(this.folder, "output");
    const { run = "false" } = stepOf("preview.yml", "plan", "config");
    execFileSync("bash", ["-eo", "pipefail", "-c", run], {
      stdio: "pipe",
      cwd: this.folder,
      env: { ...process.env, GITHUB_OUTPUT: output },
    });
    return (
      existsSync(output) && readFileSync(output, "utf8") === "alone=true\n"
    );
  }

  /** A file that the step leaves for the comment. */
  told(name: string): string {
    return readFileSync(join(this.folder, "plan", name), "utf8");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
