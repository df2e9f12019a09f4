import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Engine } from "../../sandbox/engine";
import { checkout } from "../../sandbox/engine/paths";
import type { Finished } from "../../sandbox/engine/run";
import type { Sandbox } from "../../sandbox/sandbox";
import { Stack } from "../../sandbox/stack";
import { installed, searchPath } from "../sandbox/clients/find";

export const example = join(checkout, "examples/check-another-team");

/** Where CONTRIBUTING.md installs what Python needs, and what `go install` builds. */
const python = join(installed, "pulumi");
const builtByGo = join(installed, "go", "bin");

/** The folders in which there may be a language host: that of Pulumi's download first. */
const hostFolders = ({ cli }: Engine): readonly string[] => [
  dirname(cli),
  builtByGo,
  ...searchPath,
];

/** The folder of a language host. */
const hostFolder = (engine: Engine, host: string): string | undefined =>
  hostFolders(engine).find((folder) => existsSync(join(folder, host)));

/** Why programs of a folder of the example can't run here; undefined: they can. */
export function missing(engine: Engine, folder: string): string | undefined {
  const host = hostOf(folder);
  if (hostFolder(engine, host) === undefined) {
    return `no ${host} beside the Pulumi CLI or on PATH; see CONTRIBUTING.md`;
  }
  return folder === "python" && !hasPulumi(join(python, "bin", "python"))
    ? `no pulumi_aws in ${python}; see CONTRIBUTING.md`
    : undefined;
}

const hostOf = (folder: string): string =>
  `pulumi-language-${folder === "typescript" ? "nodejs" : folder}`;

const hasPulumi = (program: string): boolean =>
  spawnSync(program, ["-c", "import pulumi, pulumi_aws.iam"]).status === 0;

/** Previews a stack of a folder of the example as its README says. */
export async function previewed(
  sandbox: Sandbox,
  folder: string,
  stackName: string,
): Promise<Finished> {
  const { engine } = sandbox.workspace;
  const host = hostFolder(engine, hostOf(folder)) ?? "";
  const PATH = [engine.environment["PATH"], host].join(delimiter);
  const workspace = {
    ...sandbox.workspace,
    engine: { ...engine, environment: { ...engine.environment, PATH } },
  };
  const program = programFolder(folder);
  const file = join(program, `Pulumi.${stackName}.yaml`);
  const text = readFileSync(file, "utf8");
  const stack = await Stack.create(workspace, stackName, text, program);
  const done = await stack.preview(
    {},
    ...["--policy-pack", join(checkout, "policy-pack")],
    ...["--policy-pack-config", join(example, "rules.json")],
  );
  if (program !== join(example, folder)) rmSync(program, { recursive: true });
  return done;
}

/** That of Python gets its packages beside it, which leaves the checkout as it is. */
function programFolder(folder: string): string {
  const program = join(example, folder);
  if (folder !== "python") return program;
  const copy = mkdtempSync(join(tmpdir(), "another team "));
  cpSync(program, copy, { recursive: true });
  symlinkSync(python, join(copy, "venv"));
  return copy;
}
