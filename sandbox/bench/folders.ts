import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";

/** Puts files into a new folder inside the checkout, where they find its node_modules. */
function folder(path: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(path, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(path, name), text);
  }
  return path;
}

/** A project of one TypeScript file, with Pulumi's defaults: types are checked at each run. */
export const typescriptProject = (path: string, program: string): string =>
  folder(path, {
    "Pulumi.yaml": stringify({ name: "bench-plain", runtime: "nodejs" }),
    "package.json": JSON.stringify({ name: "plain", main: "index.ts" }),
    // As `pulumi new aws-typescript` writes it.
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        strict: true,
        outDir: "bin",
        target: "es2020",
        module: "nodenext",
        moduleResolution: "nodenext",
        sourceMap: true,
      },
      files: ["index.ts"],
    }),
    "index.ts": program,
  });

/** A project of one JavaScript file, which Node.js runs as it is. */
export const javascriptProject = (path: string, program: string): string =>
  folder(path, {
    "Pulumi.yaml": stringify({
      name: "bench-floor",
      runtime: { name: "nodejs", options: { typescript: false } },
    }),
    "package.json": JSON.stringify({ name: "floor", main: "index.js" }),
    "index.js": program,
  });

/** A policy pack of one JavaScript file. */
export const policyPack = (path: string, program: string): string =>
  folder(path, {
    "PulumiPolicy.yaml": stringify({
      runtime: { name: "nodejs", options: { typescript: false } },
    }),
    "package.json": JSON.stringify({
      name: "bench-pack",
      version: "1.0.0",
      main: "index.js",
    }),
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
