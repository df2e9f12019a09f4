import Module, { createRequire } from "node:module";

/**
 * Imported before @pulumi/policy: its SDK loads these for functions that it turns into AWS Lambdas, and
 * for programs that run Pulumi themselves. A policy pack does neither, and would wait for them for most
 * of its start.
 */
const notForPacks = [
  "typescript",
  "@npmcli/arborist",
  "@pulumi/pulumi/automation",
];

const sdk = createRequire(require.resolve("@pulumi/pulumi"));
for (const name of notForPacks) loadWhenUsed(name);

/**
 * Puts a stand-in where the SDK's `require` finds the module, which loads the module itself as soon
 * as something of it is asked for.
 */
function loadWhenUsed(name: string): void {
  const file = resolved(name);
  if (file === undefined) return;
  const standIn = new Module(file);
  let real: object | undefined;
  const load = (): object => {
    if (sdk.cache[file] === standIn) Reflect.deleteProperty(sdk.cache, file);
    real ??= sdk(file) as object;
    return real;
  };
  standIn.loaded = true;
  standIn.exports = new Proxy(
    {},
    {
      // `import * as` would copy what there is, and so load it.
      get: (_, key) =>
        key === "__esModule" ? true : (Reflect.get(load(), key) as unknown),
      has: (_, key) => key in load(),
    },
  );
  sdk.cache[file] = standIn;
}

/** Another version of the SDK may do without it. */
function resolved(name: string): string | undefined {
  try {
    return sdk.resolve(name);
  } catch {
    return undefined;
  }
}
