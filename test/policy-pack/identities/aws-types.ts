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

/** How deep the properties lie that are looked at: a list's entry and its permission, four. */
const deepest = 4;

/** The texts that an input holds, by the names on the way to them, with points between. */
export function textsIn(input: Input): readonly string[] {
  return textsWithin(input, deepest);
}

function textsWithin({ name, type }: Input, left: number): readonly string[] {
  const [, within] = /\binputs\.(\w+\.\w+)/.exec(type) ?? [];
  if (within === undefined) return type.includes("string") ? [name] : [];
  if (left === 1) return [];
  return (innerInputs().get(within) ?? [])
    .flatMap((one) => textsWithin(one, left - 1))
    .map((one) => `${name}.${one}`);
}

let inner: ReadonlyMap<string, readonly Input[]> | undefined;

/** By namespace and interface: "cleanrooms.CollaborationMember". */
function innerInputs(): ReadonlyMap<string, readonly Input[]> {
  if (inner !== undefined) return inner;
  const found = new Map<string, Input[]>();
  let namespace = "";
  let inputs: Input[] = [];
  for (const line of readFileSync(
    join(package_, "types", "input.d.ts"),
    "utf8",
  ).split("\n")) {
    const [, space, of, name, type] =
      /^export declare namespace (\w+)|^ {4}interface (\w+)|^ {8}(\w+)\??: (.*)$/.exec(
        line,
      ) ?? [];
    if (space !== undefined) namespace = space;
    if (of !== undefined) {
      inputs = [];
      found.set(`${namespace}.${of}`, inputs);
    }
    if (name !== undefined && type !== undefined) inputs.push({ name, type });
  }
  inner = found;
  return found;
}
