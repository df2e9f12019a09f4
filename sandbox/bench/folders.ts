import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Puts files into a new folder inside the checkout, where they find its node_modules; objects as
 * JSON, which is YAML, too.
 */
function folder(
  path: string,
  files: Readonly<Record<string, string | object>>,
): string {
  mkdirSync(path, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const isText = typeof content === "string";
    writeFileSync(join(path, name), isText ? content : JSON.stringify(content));
  }
  return path;
}

/** A project of one TypeScript file, with Pulumi's defaults: types are checked at each run. */
export const typescriptProject = (path: string, program: string): string =>
  folder(path, {
    "Pulumi.yaml": { name: "bench-plain", runtime: "nodejs" },
    "package.json": { name: "plain", main: "index.ts" },
    // As `pulumi new aws-typescript` writes it.
    "tsconfig.json": {
      compilerOptions: {
        strict: true,
        outDir: "bin",
        target: "es2020",
        module: "nodenext",
        moduleResolution: "nodenext",
        sourceMap: true,
      },
      files: ["index.ts"],
    },
    "index.ts": program,
  });

/** One file that Node.js runs as it is. */
const plainJavaScript = { name: "nodejs", options: { typescript: false } };

/** A project of one JavaScript file. */
export const javascriptProject = (path: string, program: string): string =>
  folder(path, {
    "Pulumi.yaml": { name: "bench-floor", runtime: plainJavaScript },
    "package.json": { name: "floor", main: "index.js" },
    "index.js": program,
  });

/** A policy pack of one JavaScript file. */
const policyPack = (path: string, program: string): string =>
  folder(path, {
    "PulumiPolicy.yaml": { runtime: plainJavaScript },
    "package.json": { name: "bench-pack", version: "1.0.0", main: "index.js" },
    "index.js": program,
  });

/** All rules of @pulumi/awsguard. */
export const awsGuardPack = (path: string): string =>
  policyPack(
    path,
    'new (require("@pulumi/awsguard").AwsGuard)({ all: "mandatory" });\n',
  );

/** No rule that asks anything: what the protocol itself costs. */
export const emptyPack = (path: string): string =>
  policyPack(
    path,
    `new (require("@pulumi/policy").PolicyPack)("empty", {
      policies: [{ name: "nothing", description: "-", enforcementLevel: "mandatory",
        validateResource: () => undefined }],
    });\n`,
  );
