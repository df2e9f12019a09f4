import Module, { createRequire } from "node:module";

/**
 * Imported before @pulumi/policy: its SDK loads these for functions that it turns into AWS Lambdas, and
 * for programs that run Pulumi themselves. A policy pack does neither, and would wait for them for most
 * of its start. In their place the SDK finds a module that refuses all use.
 */
export const notForPacks = [
  "typescript",
  "@npmcli/arborist",
  "@pulumi/pulumi/automation",
] as const;

const sdk = createRequire(require.resolve("@pulumi/pulumi"));

for (const name of notForPacks) {
  const file = fileOf(name);
  if (file === undefined) continue;
  const refusing = new Module(file);
  refusing.loaded = true;
  refusing.exports = new Proxy(
    {},
    {
      get: (_, key) => {
        // An `import` of the module asks for this, before anything is used of it.
        if (key === "__esModule") return true;
        throw new Error(
          `The policy pack leaves out ${name}, and ${String(key)} of it was asked for. Fix: take ${name} out of policy-pack/engine/fast-start.ts.`,
        );
      },
    },
  );
  sdk.cache[file] = refusing;
}

/** Another version of the SDK may do without it. */
function fileOf(name: string): string | undefined {
  try {
    return sdk.resolve(name);
  } catch {
    return undefined;
  }
}
