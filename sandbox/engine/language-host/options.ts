/** The `runtime.options` of a Pulumi.yaml, as far as they concern Node.js. */
export interface RuntimeOptions {
  readonly typescript: boolean;
  readonly tsconfig: string | undefined;
  readonly nodeArgs: readonly string[];
}

/** @throws TypeError naming an option of the wrong type. */
export function runtimeOptions(
  options: Readonly<Record<string, unknown>>,
): RuntimeOptions {
  const { typescript = true, tsconfig, nodeargs = "" } = options;
  if (typeof typescript !== "boolean") {
    throw wrongType("typescript", typescript, "true or false");
  }
  if (tsconfig !== undefined && typeof tsconfig !== "string") {
    throw wrongType("tsconfig", tsconfig, "the path of a tsconfig.json");
  }
  if (typeof nodeargs !== "string") {
    throw wrongType("nodeargs", nodeargs, "arguments of node, in one text");
  }
  return { typescript, tsconfig, nodeArgs: words(nodeargs) };
}

const wrongType = (option: string, found: unknown, expected: string) =>
  new TypeError(
    `Pulumi.yaml: runtime.options.${option} is ${JSON.stringify(found)}; expected ${expected}`,
  );

const plain = String.raw`[^\s"'\\]+`;
const escaped = String.raw`\\.`;
const doubleQuoted = String.raw`"(?:[^"\\]|\\.)*"`;
const singleQuoted = `'[^']*'`;
const part = `${plain}|${escaped}|${doubleQuoted}|${singleQuoted}`;

/** Splits a line as a shell does: at spaces, but not inside quotes or after a backslash. */
function words(line: string): readonly string[] {
  const found = line.match(new RegExp(`(?:${part})+`, "g")) ?? [];
  return found.map((word) =>
    word.replaceAll(new RegExp(part, "g"), (piece) => {
      if (piece.startsWith("'")) return piece.slice(1, -1);
      if (piece.startsWith('"')) {
        return piece.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");
      }
      return piece.startsWith("\\") ? piece.slice(1) : piece;
    }),
  );
}
