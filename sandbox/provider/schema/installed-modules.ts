import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of the installed `@pulumi/aws`. */
export const awsPackage = dirname(require.resolve("@pulumi/aws/package.json"));

/** A file of the package that declares a resource, or a function. */
export interface Module {
  /** As the engine names it: `aws:iam/role:Role`, `aws:iam/getRole:getRole`. */
  readonly token: string;
  readonly kind: "resource" | "function";
  readonly declarations: string;
  /** The outputs of a resource that are secret. */
  readonly secrets: readonly string[];
}

/** What each file of the package is, as its code says: its declarations do not have the token. */
export const installedModules = (): readonly Module[] =>
  ["", ...foldersIn(awsPackage)].flatMap((folder) =>
    readdirSync(join(awsPackage, folder))
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => moduleIn(join(awsPackage, folder, file))),
  );

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isDirectory() && !beside.has(one.name))
    .map(({ name }) => name);

/** Folders that declare neither. */
const beside: ReadonlySet<string> = new Set([
  "config",
  "node_modules",
  "scripts",
  "types",
]);

function moduleIn(file: string): readonly Module[] {
  const code = readFileSync(file, "utf8");
  const declarations = file.replace(/\.js$/, ".d.ts");
  const [, resource] = /__pulumiType = '(aws:[^']+)'/.exec(code) ?? [];
  if (resource !== undefined) {
    const [, listed = "[]"] =
      /additionalSecretOutputs: (\[[^\]]*\])/.exec(code) ?? [];
    const secrets = JSON.parse(listed) as readonly string[];
    return [{ token: resource, kind: "resource", declarations, secrets }];
  }
  const [, called] = /pulumi\.runtime\.invoke\("(aws:[^"]+)"/.exec(code) ?? [];
  return called === undefined
    ? []
    : [{ token: called, kind: "function", declarations, secrets: [] }];
}
