import { spawnSync } from "node:child_process";
import { existsSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Engine } from "../../sandbox/engine";
import { checkout } from "../../sandbox/engine/paths";
import type { Sandbox } from "../../sandbox/sandbox";
import { Reader } from "../pages/reader";
import { shellBlocks } from "../pages/shell-blocks";
import { installed, searchPath } from "../sandbox/clients/find";

const name = "examples/check-another-team";
const page = "examples/check-another-team/README.md";

export const example = join(checkout, name);

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

/** Somebody who follows the README in their clone. */
export class OtherTeam {
  private readonly reader: Reader;

  constructor(private readonly sandbox: Sandbox) {
    this.reader = new Reader(sandbox, { team: sandbox.aws.deployment });
    const packages = join(this.reader.clone, folderOf("python"), "venv");
    if (existsSync(python)) symlinkSync(python, packages);
  }

  logsIn(): Promise<void> {
    return this.reader.logsIn("team");
  }

  /** Makes and previews a stack in one of the folders. */
  previews(folder: string, stackName: string): ReturnType<Reader["runs"]> {
    const block = shellBlocks(page).find(({ commands }) =>
      commands.some((command) => command.includes(` --stack ${stackName} `)),
    );
    if (block === undefined) throw new Error(`${page}: no stack ${stackName}`);
    const programs = hostFolder(this.sandbox.workspace.engine, hostOf(folder));
    const place = { profile: "team", folder: folderOf(folder), programs };
    return this.reader.runs(block.commands, place);
  }

  remove(): void {
    this.reader.remove();
  }
}

const folderOf = (folder: string): string => join(name, folder);
