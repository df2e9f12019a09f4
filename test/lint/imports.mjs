import { readFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import ts from "typescript";

/**
 * The files that a file imports, as TypeScript itself resolves them: import and export declarations, of
 * types too, `import()` and `require()` with a constant text. Packages are left out.
 *
 * @typedef {object} Import
 * @property {string} specifier as it is written
 * @property {string} file the absolute path that it leads to
 * @property {number} start where the specifier begins in the text
 * @property {number} end where it ends
 */

const checkout = resolve(import.meta.dirname, "../..");

/**
 * A file's path in the checkout, from whichever folder ESLint was started.
 *
 * @type {(file: string) => string}
 */
export const inCheckout = (file) =>
  relative(checkout, file).split(sep).join("/");

const options = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowJs: true,
  resolveJsonModule: true,
};

const resolutions = ts.createModuleResolutionCache(
  checkout,
  (file) => file,
  options,
);

/** @type {(file: string, text: string) => readonly Import[]} */
export function importsIn(file, text) {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
    .flatMap(({ fileName: specifier, pos, end }) => {
      const { resolvedModule } = ts.resolveModuleName(
        specifier,
        file,
        options,
        ts.sys,
        resolutions,
      );
      return resolvedModule === undefined
        ? []
        : [
            {
              specifier,
              file: resolvedModule.resolvedFileName,
              start: pos,
              end,
            },
          ];
    });
}

/** @type {Map<string, readonly string[]>} */
const known = new Map();

/**
 * The paths that a file on the disk imports. Each file is read once in a process, so an editor sees what
 * changed in other files after a restart of its ESLint.
 *
 * @type {(file: string) => readonly string[]}
 */
export function importedBy(file) {
  let files = known.get(file);
  if (files === undefined) {
    files = /\.[cm]?[jt]s$/.test(file)
      ? importsIn(file, readFileSync(file, "utf8")).map((each) => each.file)
      : [];
    known.set(file, files);
  }
  return files;
}

/** Where in the source an import stands, as ESLint's reports want it. */
export const locationOf = (sourceCode, { start, end }) => ({
  start: sourceCode.getLocFromIndex(start),
  end: sourceCode.getLocFromIndex(end),
});
