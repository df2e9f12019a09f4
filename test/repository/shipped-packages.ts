import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import * as ts from "typescript";
import { checkout } from "../../sandbox/engine/paths";

/** What package-lock.json says of one package. */
export interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(
  readFileSync(join(checkout, "package-lock.json"), "utf8"),
) as { readonly packages: Readonly<Record<string, LockedPackage>> };

/** Every package of the lock file by its folder, without the project itself. */
export const lockedPackages: ReadonlyMap<string, LockedPackage> = new Map(
  Object.entries(lock.packages).filter(([folder]) => folder !== ""),
);

/** The folders of what people run, as opposed to what tests it. */
const shippedFolders = ["infra", "policy-pack", "commands"];

/** The packages that files of these folders load when they run; types alone load nothing. */
export const importedPackages = (): ReadonlySet<string> =>
  new Set(
    shippedFolders
      .flatMap((folder) =>
        readdirSync(join(checkout, folder), { recursive: true })
          .map((file) => join(folder, String(file)))
          .filter((file) => /\.(ts|js)$/.test(file))
          .filter((file) => !/(^|\/)(bin|node_modules)\//.test(file)),
      )
      .flatMap(packagesIn),
  );

/** Those that the project and the pack name as what they depend on. */
export const declaredPackages = (): ReadonlySet<string> =>
  new Set(
    ["package.json", "policy-pack/package.json"].flatMap((file) => {
      const { dependencies } = JSON.parse(
        readFileSync(join(checkout, file), "utf8"),
      ) as { readonly dependencies: Readonly<Record<string, string>> };
      return Object.keys(dependencies);
    }),
  );

function packagesIn(file: string): readonly string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(checkout, file), "utf8"),
    ts.ScriptTarget.Latest,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const loaded = loadedBy(node);
    if (loaded !== undefined && isOfPackage(loaded)) {
      found.push(packageOf(loaded));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What a node of the syntax loads: `import`, `export … from`, `import()`, `require()` or `require.resolve()`. */
function loadedBy(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node)) {
    return isOfTypesAlone(node.importClause)
      ? undefined
      : textOf(node.moduleSpecifier);
  }
  if (ts.isExportDeclaration(node)) {
    return node.isTypeOnly ? undefined : textOf(node.moduleSpecifier);
  }
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === "require") ||
    (ts.isPropertyAccessExpression(expression) &&
      ts.isIdentifier(expression.expression) &&
      expression.expression.text === "require");
  return loads ? textOf(node.arguments[0]) : undefined;
}

const isOfTypesAlone = (clause: ts.ImportClause | undefined): boolean =>
  clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
  (clause?.name === undefined &&
    clause?.namedBindings !== undefined &&
    ts.isNamedImports(clause.namedBindings) &&
    clause.namedBindings.elements.length > 0 &&
    clause.namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly));

const textOf = (node: ts.Node | undefined): string | undefined =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;

const isOfPackage = (specifier: string): boolean =>
  !specifier.startsWith(".") &&
  !specifier.startsWith("node:") &&
  !builtinModules.includes(specifier);

const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

/**
 * All that is loaded with them, by folder: what they depend on, found as Node.js finds it. A package that
 * is optional, or of another package's choosing, counts where the lock file has it.
 */
export function shippedPackages(): ReadonlyMap<string, LockedPackage> {
  const shipped = new Map<string, LockedPackage>();
  const visit = (name: string, from: string): void => {
    const folder = folderOf(name, from);
    const found = folder === undefined ? undefined : lockedPackages.get(folder);
    if (folder === undefined || found === undefined || shipped.has(folder)) {
      return;
    }
    shipped.set(folder, found);
    for (const one of Object.keys({
      ...found.dependencies,
      ...found.optionalDependencies,
      ...found.peerDependencies,
    })) {
      visit(one, folder);
    }
  };
  for (const name of [...importedPackages(), ...declaredPackages()]) {
    visit(name, "");
  }
  return shipped;
}

/** The nearest `node_modules` that has it, going up from the folder of whoever asks. */
function folderOf(name: string, from: string): string | undefined {
  const folder = join(from, "node_modules", name);
  if (lockedPackages.has(folder)) return folder;
  if (from === "") return undefined;
  return folderOf(
    name,
    from.split("/node_modules/").slice(0, -1).join("/node_modules/"),
  );
}
