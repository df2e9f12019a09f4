"use strict";

const { readFileSync } = require("node:fs");
const { basename } = require("node:path");
const { version } = require("typescript/package.json");
const { keptText } = require("./cache");

/** For what tsc checks by tsconfig.json, and what is only transpiled here. */
const options = {
  module: "commonjs",
  target: "es2022",
  esModuleInterop: true,
  inlineSourceMap: true,
};

/**
 * Lets `require` read TypeScript: transpiled once for each content, types unchecked.
 *
 * @param sourceMaps the SDK's copy of source-map-support, by which errors name lines of the sources
 */
function readTypescript(sourceMaps) {
  const loaded = new Map();
  require.extensions[".ts"] = (module, file) => {
    const source = readFileSync(file, "utf8");
    const code = keptText(
      [version, JSON.stringify(options), basename(file), source],
      () => transpile(source, file),
    );
    loaded.set(file, code);
    module._compile(code, file);
  };
  sourceMaps.install({
    handleUncaughtExceptions: false,
    retrieveSourceMap: (file) => ({
      url: file,
      map: loaded.has(file) ? inlineMap(loaded.get(file)) : noMap,
    }),
  });
  const lineOf = linesOfStacks(
    (file) => loaded.has(file),
    (frame) => String(sourceMaps.wrapCallSite(frame)),
  );
  Error.prepareStackTrace = (error, frames) =>
    [headOf(error), ...frames.map(lineOf)].join("\n    at ");
}

/**
 * The SDK asks for the whole stack at each resource, and that is the same but for one line or two: to look
 * up each line anew is a tenth of what the program takes.
 */
function linesOfStacks(isOurs, mapped) {
  const known = new Map();
  return (frame) => {
    const line = String(frame);
    if (!isOurs(frame.getFileName())) return line;
    if (!known.has(line)) known.set(line, mapped(frame));
    return known.get(line);
  };
}

const headOf = ({ name, message }) =>
  [name || "Error", message].filter(Boolean).join(": ");

/** @throws SyntaxError naming file and line of everything that can't be read. */
function transpile(source, file) {
  // Loaded here, since it takes longer than all the rest.
  const typescript = require("typescript");
  const { outputText, diagnostics } = typescript.transpileModule(source, {
    fileName: file,
    compilerOptions: options,
    reportDiagnostics: true,
  });
  if (diagnostics.length === 0) return outputText;
  throw new SyntaxError(
    typescript.formatDiagnostics(diagnostics, {
      getCurrentDirectory: () => process.cwd(),
      getCanonicalFileName: (name) => name,
      getNewLine: () => "\n",
    }),
  );
}

/**
 * What the SDK ships as JavaScript is named so in errors. It asks for the stack at each of its many
 * promises: to follow its own maps takes a quarter of a second, and in Node.js 20.20 half a minute where
 * an error is shown in colour.
 */
const noMap = { version: 3, sources: [], names: [], mappings: "" };

const inlineMap = (code) =>
  Buffer.from(code.slice(code.lastIndexOf(",") + 1), "base64").toString();

module.exports = { readTypescript };
