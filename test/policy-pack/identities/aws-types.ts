import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const package_ = dirname(require.resolve("@pulumi/aws/package.json"));

/** An input of a resource, as the package declares it. */
export interface Input {
  readonly name: string;
  /** The start of its type in TypeScript. */
  readonly type: string;
}

/** The types of the installed `@pulumi/aws` and their inputs, as its declarations say. */
export const awsTypes = (): ReadonlyMap<string, readonly Input[]> =>
  new Map(
    readdirSync(package_, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "types")
      .flatMap(({ name }) =>
        readdirSync(join(package_, name))
          .filter((file) => file.endsWith(".js"))
          .flatMap((file) => typeIn(join(package_, name, file))),
      ),
  );

function typeIn(
  file: string,
): readonly (readonly [string, readonly Input[]])[] {
  const [, type] =
    /__pulumiType = '([^']+)'/.exec(readFileSync(file, "utf8")) ?? [];
  if (type === undefined) return [];
  const declared = readFileSync(file.replace(/js$/, "d.ts"), "utf8");
  const start = declared.indexOf(
    `export interface ${type.split(":")[2] ?? ""}Args {`,
  );
  if (start < 0) return [[type, []]];
  const inputs = declared
    .slice(start)
    .replace(/\/\*\*[^]*?\*\//g, "")
    .matchAll(/^ {4}(\w+)\??: (.*)$/gm);
  return [
    [type, [...inputs].map(([, name = "", of = ""]) => ({ name, type: of }))],
  ];
}
