/**
 * The types of the checkout, and its lint by those types: ESLint alone would work all of them out again,
 * which takes as long as TypeScript does.
 */
import { join, resolve } from "node:path";
import { ESLint } from "eslint";
import ts from "typescript";

const checkout = resolve(import.meta.dirname, "../..");

const host = {
  ...ts.sys,
  getCanonicalFileName: (file) => file,
  getNewLine: () => "\n",
  onUnRecoverableConfigFileDiagnostic(diagnostic) {
    throw new Error(ts.formatDiagnostic(diagnostic, host));
  },
};

const { fileNames, options, errors } = ts.getParsedCommandLineOfConfigFile(
  join(checkout, "tsconfig.json"),
  {},
  host,
);
// Rules walk from a node to its parents.
const program = ts.createProgram(
  fileNames,
  options,
  ts.createCompilerHost(options, true),
);
const wrong = [...errors, ...ts.getPreEmitDiagnostics(program)];
process.stdout.write(ts.formatDiagnosticsWithColorAndContext(wrong, host));

const eslint = new ESLint({
  cwd: checkout,
  overrideConfig: {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { project: null, programs: [program] } },
  },
});
const results = await eslint.lintFiles(["."]);
const formatter = await eslint.loadFormatter();
process.stdout.write(await formatter.format(results));

const isClean = results.every(
  ({ errorCount, warningCount }) => errorCount + warningCount === 0,
);
process.exitCode = wrong.length === 0 && isClean ? 0 : 1;
