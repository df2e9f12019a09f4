import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { checkout } from "../../sandbox/engine/paths";
import {
  declaredPackages,
  importedPackages,
  lockedPackages,
  shippedPackages,
} from "./shipped-packages";

/**
 * Licences under which what people run may be: each lets them use it in any network and ask nobody. A
 * package under another one is left out, or is looked at and added here. SPDX expressions.
 */
const allowedLicences = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "(BSD-3-Clause AND Apache-2.0)",
  "CC-BY-3.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Python-2.0",
]);

/** Packages with no SPDX expression, and the one that their licence's text is of. */
const licencesByText: ReadonlyMap<string, string> = new Map([
  ["node_modules/@logdna/tail-file", "The MIT License (MIT)"],
]);

interface Manifest {
  readonly license?: string;
  readonly scripts?: Readonly<Record<string, string>>;
}

const manifestIn = (folder: string): Manifest | undefined => {
  const file = join(checkout, folder, "package.json");
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as Manifest)
    : undefined;
};

const licenceTextIn = (folder: string): string => {
  const file = readdirSync(join(checkout, folder)).find((name) =>
    /^licen[cs]e/i.test(name),
  );
  return file === undefined
    ? ""
    : readFileSync(join(checkout, folder, file), "utf8");
};

describe("what people run", () => {
  it("is, with all that it loads, under a licence that was allowed", () => {
    const shipped = shippedPackages();
    assert.ok(shipped.size > 200, `only ${shipped.size} packages were found`);
    for (const [folder, { license = "none" }] of shipped) {
      const text = licencesByText.get(folder);
      if (text === undefined) {
        assert.ok(allowedLicences.has(license), `${folder}: ${license}`);
      } else assert.ok(licenceTextIn(folder).startsWith(text), folder);
    }
  });

  it("is under the licence that the lock file tells, by its own word", () => {
    let installed = 0;
    for (const [folder, { license }] of shippedPackages()) {
      const manifest = manifestIn(folder);
      // What is for other systems is not installed.
      if (manifest === undefined) continue;
      installed += 1;
      assert.equal(manifest.license, license, folder);
    }
    assert.ok(installed > 200);
  });

  it("loads no package that is not declared, and declares none that it does not load", () => {
    // Pulumi loads programs with it, where the project has it.
    const loaded = new Set([...importedPackages(), "ts-node"]);
    assert.deepEqual([...declaredPackages()].sort(), [...loaded].sort());
  });
});

describe("the lock file", () => {
  it("has a hash of every package, and says of none where it is from", () => {
    assert.ok(lockedPackages.size > 400);
    for (const [folder, { integrity = "none", resolved }] of lockedPackages) {
      assert.match(integrity, /^sha512-[A-Za-z0-9+/]{86}==$/, folder);
      assert.equal(resolved, undefined, folder);
    }
  });
});

interface Bom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly {
    readonly "bom-ref": string;
    readonly purl: string;
    readonly hashes: readonly { readonly content: string }[];
  }[];
  readonly dependencies: readonly {
    readonly ref: string;
    readonly dependsOn: readonly string[];
  }[];
}

describe("npm run sbom", () => {
  let bom: Bom;

  before(() => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ["-r", "./infra/start", "test/run/sbom.ts"],
      { cwd: checkout, encoding: "utf8", maxBuffer: 2 ** 26 },
    );
    assert.equal(status, 0, stderr);
    bom = JSON.parse(stdout) as Bom;
  });

  it("prints CycloneDX in which each reference leads to one component", () => {
    assert.equal(bom.bomFormat, "CycloneDX");
    assert.match(bom.specVersion, /^1\.\d$/);
    assert.match(bom.serialNumber, /^urn:uuid:[0-9a-f-]{36}$/);
    assert.equal(bom.metadata.component.name, "bastion-account");
    const refs = bom.components.map((one) => one["bom-ref"]);
    assert.equal(new Set(refs).size, refs.length);
    const known = new Set(refs);
    for (const { dependsOn } of bom.dependencies) {
      for (const ref of dependsOn) assert.ok(known.has(ref), ref);
    }
    const told = bom.dependencies.map(({ ref }) => ref);
    assert.equal(new Set(told).size, told.length);
    assert.deepEqual(
      refs.filter((ref) => !told.includes(ref)),
      [],
    );
  });

  it("names all that people load, the pack's tarball among it, with its hash, and no more", () => {
    const named = new Map(
      bom.components.map(({ purl, hashes }) => [
        decodeURIComponent(purl).replace(/@v(?=\d)/, "@"),
        hashes[0]?.content,
      ]),
    );
    const pack = [...named.keys()].filter((purl) =>
      purl.startsWith("pkg:npm/bastion-account-policy-pack@"),
    );
    assert.equal(pack.length, 1);
    assert.match(named.get(pack[0] ?? "") ?? "", /^[0-9a-f]{128}$/);
    const shipped = new Map(
      [...shippedPackages()].map(([folder, { version, integrity = "" }]) => [
        `pkg:npm/${folder.split("node_modules/").at(-1) ?? ""}@${version.replace(/^v/, "")}`,
        Buffer.from(integrity.replace(/^sha512-/, ""), "base64").toString(
          "hex",
        ),
      ]),
    );
    named.delete(pack[0] ?? "");
    assert.deepEqual([...named].sort(), [...shipped].sort());
  });
});

describe("npm, in this project", () => {
  const { scripts = {} } = manifestIn(".") ?? {};

  it("runs no script of any package that it installs", () => {
    const { stdout } = spawnSync("npm", ["config", "get", "ignore-scripts"], {
      cwd: checkout,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    assert.equal(stdout.trim(), "true");
  });

  it("has no script that only runs before or after another, since it leaves those out as well", () => {
    const names = Object.keys(scripts);
    assert.deepEqual(
      names.filter((name) =>
        names.some((one) => name === `pre${one}` || name === `post${one}`),
      ),
      [],
    );
    for (const hook of ["preinstall", "install", "postinstall", "prepare"]) {
      assert.equal(scripts[hook], undefined);
    }
  });
});

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps?: readonly { readonly run?: string }[] }>
  >;
}

describe("the workflows", () => {
  const folder = join(checkout, ".github/workflows");
  const workflows = readdirSync(folder).filter((file) => file.endsWith(".yml"));

  it("have the Pulumi CLI with its checksum before anything runs it", () => {
    const running: string[] = [];
    for (const file of workflows) {
      const { jobs } = parse(
        readFileSync(join(folder, file), "utf8"),
      ) as Workflow;
      for (const [name, { steps = [] }] of Object.entries(jobs)) {
        const script = steps.map(({ run = "" }) => run).join("\n");
        const runs = /(^|\s)pulumi (up|preview|install|stack|policy)\b/m.exec(
          script,
        );
        if (runs === null) continue;
        running.push(`${file} ${name}`);
        assert.match(
          script.slice(0, runs.index),
          /install-(pulumi|policy-pack)\.sh/,
          `${file}, ${name}: Fix: run .github/workflows/install-pulumi.sh first`,
        );
      }
    }
    assert.ok(running.length >= 4, running.join());
    for (const script of ["install-policy-pack.sh", "install-pulumi.sh"]) {
      const text = readFileSync(join(folder, script), "utf8");
      assert.match(text, /openssl dgst|install-pulumi\.sh/);
      assert.doesNotMatch(text, /npm install.*pulumi@/);
    }
  });
});
