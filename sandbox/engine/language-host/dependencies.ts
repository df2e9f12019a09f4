import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Dependency {
  readonly name: string;
  readonly version: string;
}

/** What the package.json of a program's folder asks for, for `pulumi about`. */
export function declaredDependencies(folder: string): readonly Dependency[] {
  let text: string;
  try {
    text = readFileSync(join(folder, "package.json"), "utf8");
  } catch {
    return [];
  }
  const { dependencies, devDependencies } = JSON.parse(text) as Record<
    string,
    Readonly<Record<string, string>> | undefined
  >;
  return Object.entries({ ...dependencies, ...devDependencies }).map(
    ([name, version]) => ({ name, version }),
  );
}
