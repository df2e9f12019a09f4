import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly type: string;
  readonly main: string;
  readonly engines: object;
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * The template's package.json: that of this checkout, with the packages alone that the program loads.
 *
 * @param program its folder
 */
export function manifest(text: string, program: string): string {
  const { version, license, type, main, engines, dependencies } = JSON.parse(
    text,
  ) as Manifest;
  const loaded = packagesIn(program);
  const own = {
    name: "${PROJECT}",
    version,
    private: true,
    description: "${DESCRIPTION}",
    license,
    type,
    main,
    engines,
    dependencies: Object.fromEntries(
      Object.entries(dependencies).filter(([name]) => loaded.has(name)),
    ),
  };
  return `${JSON.stringify(own, undefined, 2)}\n`;
}

/** `from "zod"`, `require("typescript")`, `import("yaml")`: all but relative ones. */
const imports = /\b(?:from|require\(|import\()\s*"([^."][^"]*)"/g;

const packagesIn = (folder: string): ReadonlySet<string> =>
  new Set(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.[jt]s$/.test(file))
      .flatMap((file) => [
        ...readFileSync(join(folder, file), "utf8").matchAll(imports),
      ])
      .map(([, module = ""]) => packageOf(module)),
  );

/** `@pulumi/aws/iam/role` is in the package `@pulumi/aws`. */
const packageOf = (module: string): string =>
  module
    .split("/")
    .slice(0, module.startsWith("@") ? 2 : 1)
    .join("/");
