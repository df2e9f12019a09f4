import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";

const script = join(checkout, ".github/workflows/install-policy-pack.sh");
const absent = ["bash", "jq", "openssl", "tar"].filter(
  (tool) => spawnSync(tool, ["--version"]).error !== undefined,
);
const suite = absent.length > 0 ? describe.skip : describe;
const note = absent.length > 0 ? ` (skipped: no ${absent.join(", ")})` : "";

/** Programs of a GitHub runner that are not here, or must not run here: they write down their calls. */
const standIns: Readonly<Record<string, string>> = {
  gh: 'cp "$TARBALL" "${@: -1}"',
  sudo: 'exec "$@"',
  npm: 'echo "npm $*" >> "$CALLS"',
  curl: 'while [ "$1" != --output ]; do shift; done; cp "$RELEASE" "$2"',
};

suite(`the script that installs the policy pack${note}`, () => {
  let folder: string;
  let integrity: string;
  let sha256: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pack installed "));
    for (const each of ["stand-ins", "package/bin", "installed"]) {
      mkdirSync(join(folder, each), { recursive: true });
    }
    for (const [name, text] of Object.entries(standIns)) {
      const file = join(folder, "stand-ins", name);
      writeFileSync(file, `#!/usr/bin/env bash\n${text}\n`);
      chmodSync(file, 0o755);
    }
    writeFileSync(join(folder, "package/bin/index.js"), "// the rules\n");
    writeFileSync(join(folder, "rules.json"), "{}\n");
    execFileSync("tar", ["-czf", "pack.tgz", "package"], { cwd: folder });
    const tarball = readFileSync(join(folder, "pack.tgz"));
    mkdirSync(join(folder, "pulumi"));
    writeFileSync(join(folder, "pulumi/pulumi"), "the CLI");
    execFileSync("tar", ["-czf", "release.tgz", "pulumi"], { cwd: folder });
    sha256 = createHash("sha256")
      .update(readFileSync(join(folder, "release.tgz")))
      .digest("hex");
    integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
  });

  afterEach(() => {
    execFileSync("chmod", ["-R", "u+w", folder]);
    rmSync(folder, { recursive: true });
  });

  const install = (
    expected: string,
    pulumi: Readonly<Record<string, string>> = {
      PULUMI_VERSION: "3.260.0",
      PULUMI_SHA256: sha256,
    },
  ) =>
    spawnSync("bash", [script], {
      encoding: "utf8",
      env: {
        PATH: [join(folder, "stand-ins"), process.env["PATH"]].join(delimiter),
        TARBALL: join(folder, "pack.tgz"),
        CALLS: join(folder, "calls"),
        RUNNER_TEMP: folder,
        INSTALL_FOLDER: join(folder, "installed"),
        PACK_REPOSITORY: "acme/bastion-account",
        PACK_RELEASE: "v0.1.0",
        PACK_INTEGRITY: expected,
        RELEASE: join(folder, "release.tgz"),
        ...pulumi,
        RULES: join(folder, "rules.json"),
      },
    });

  it("unpacks the tarball with that integrity, and runs nothing of what it depends on", () => {
    const { status, stderr } = install(integrity);
    assert.equal(status, 0, stderr);
    const installed = join(folder, "installed");
    assert.ok(existsSync(join(installed, "policy-pack/bin/index.js")));
    assert.equal(readFileSync(join(installed, "rules.json"), "utf8"), "{}\n");
    const calls = readFileSync(join(folder, "calls"), "utf8")
      .trim()
      .split("\n");
    assert.equal(calls.length, 1);
    assert.equal(
      readFileSync(join(installed, "pulumi/cli/pulumi"), "utf8"),
      "the CLI",
    );
    for (const call of calls) assert.match(call, /--ignore-scripts/);
  });

  it("leaves nothing there of a tarball with another integrity, and names both", () => {
    const expected = `sha512-${Buffer.alloc(64).toString("base64")}`;
    const { status, stderr } = install(expected);
    assert.equal(status, 1);
    assert.ok(stderr.includes(`found ${integrity}, expected ${expected}`));
    assert.match(stderr, /Fix: /);
    assert.ok(!existsSync(join(folder, "installed/policy-pack")));
    assert.ok(!existsSync(join(folder, "calls")));
  });

  it("unpacks no Pulumi with another hash than the pinned one's, or of another version without its own", () => {
    for (const [pulumi, told] of [
      [{ PULUMI_VERSION: "3.259.0" }, `found ${sha256}, expected 94ba357a`],
      [{ PULUMI_VERSION: "3.260.0" }, "nothing, expected the SHA-256 of"],
      [
        { PULUMI_VERSION: "3.260.0", PULUMI_SHA256: "0".repeat(64) },
        `found ${sha256}, expected 0000`,
      ],
    ] as const) {
      const { status, stderr } = install(integrity, pulumi);
      assert.equal(status, 1);
      assert.ok(stderr.includes(told), stderr);
      assert.match(stderr, /Fix: /);
      assert.ok(!existsSync(join(folder, "installed/pulumi/cli")));
      assert.ok(!existsSync(join(folder, "installed/pulumi/home/versions")));
    }
  });
});
