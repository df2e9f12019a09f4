// Runs before the npm scripts that need something installed or compiled, on a clone that may have no dependencies yet: plain JavaScript, which
// an old Node.js can read far enough to say that it is too old. All that it says goes to stderr, since the
// output of some scripts is for machines.
"use strict";

checkNode();

const { spawnSync } = require("child_process");
const { createHash } = require("crypto");
const fs = require("fs");
const path = require("path");
const { withLockSync } = require("./lock");

const root = path.resolve(__dirname, "..");
const lockFile = path.join(root, "package-lock.json");
const modules = path.join(root, "node_modules");
const lock = path.join(root, ".installing");

const policyPack = path.join(root, "policy-pack");
const packStamp = path.join(policyPack, "bin", ".built-from");

process.exitCode =
  once(installed, npmCi) || once(policyPackIsBuilt, buildPolicyPack);

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `This needs Node.js 20.19 or newer, and runs on ${process.versions.node}. ` +
      "Install a newer one, and run the command again.",
  );
  process.exit(1);
}

/**
 * Gives the exit code. Two commands started at once must not install into one folder; the second
 * waits.
 */
function once(isDone, act) {
  if (isDone()) return 0;
  // Another command may have done it while this one waited.
  return withLockSync(lock, () => (isDone() ? 0 : act()), console.error);
}

/** npm writes down what it has installed; of optional packages it leaves out those of other systems. */
function installed() {
  const wanted = packagesIn(lockFile);
  const there = packagesIn(path.join(modules, ".package-lock.json"));
  if (there === undefined) return installedByPnpm();
  if (wanted === undefined) return false;
  return Object.keys(wanted)
    .filter((folder) => folder !== "")
    .every((folder) =>
      there[folder] === undefined
        ? wanted[folder].optional === true
        : there[folder].integrity === wanted[folder].integrity,
    );
}

/** pnpm reads no lock file of npm's: of its packages those are held to a version that package.json names. */
function installedByPnpm() {
  if (!fs.existsSync(path.join(modules, ".modules.yaml"))) return false;
  const manifest = jsonIn(path.join(root, "package.json"));
  if (manifest === undefined) return false;
  const named = { ...manifest.dependencies, ...manifest.devDependencies };
  return Object.keys(named).every((name) => {
    const there = jsonIn(path.join(modules, name, "package.json"));
    // Some of Pulumi's packages put a "v" before it.
    return (
      there !== undefined && there.version.replace(/^v/, "") === named[name]
    );
  });
}

function packagesIn(file) {
  const list = jsonIn(file);
  return list === undefined ? undefined : list.packages;
}

function jsonIn(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function npmCi() {
  console.error("Installing the dependencies (npm ci): a minute or two, once");
  const windows = process.platform === "win32";
  const { status, error } = spawnSync(
    windows ? "npm.cmd" : "npm",
    // The tests and the sandbox need the development ones even where NODE_ENV is "production".
    ["ci", "--include=dev", "--no-fund", "--no-audit", "--loglevel=error"],
    // Windows starts .cmd files through a shell alone.
    { cwd: root, stdio: ["ignore", 2, 2], shell: windows },
  );
  if (status === 0) return 0;
  console.error(
    error
      ? `npm could not be started (${error.message}). It comes with Node.js: install that again, and run the command again.`
      : "npm ci did not succeed, see above. It needs to reach an npm registry, and to write to " +
          `${root}; run the command again when it can.`,
  );
  return 1;
}

/** Of all that the compiled pack is made of. */
function packSources() {
  return hashOf([
    path.join(root, "tsconfig.json"),
    lockFile,
    ...fs
      .readdirSync(policyPack, { recursive: true })
      .filter((file) => /\.(ts|json)$/.test(file))
      .filter((file) => !/^(bin|node_modules)[\\/]/.test(file))
      .sort()
      .map((file) => path.join(policyPack, file)),
  ]);
}

function policyPackIsBuilt() {
  return readIfThere(packStamp) === packSources();
}

function buildPolicyPack() {
  console.error("Compiling the policy pack: a few seconds, after each change");
  fs.rmSync(path.dirname(packStamp), { recursive: true, force: true });
  const done = (...args) =>
    spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", 2, 2] })
      .status === 0;
  const tsc = require.resolve("typescript/bin/tsc");
  if (
    done(tsc, "-p", path.join(policyPack, "tsconfig.build.json")) &&
    done(path.join(policyPack, "bin", "write-schema.js"))
  ) {
    fs.writeFileSync(packStamp, packSources());
    return 0;
  }
  console.error("The policy pack does not compile, see above.");
  return 1;
}

function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(path.relative(root, file)).update(fs.readFileSync(file));
  }
  return hash.digest("hex");
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
