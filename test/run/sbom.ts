/**
 * `npm run sbom`: the software bill of materials of what is published, as CycloneDX on the output. npm
 * makes it of the lock file; what is for development alone is left out, and the policy pack's tarball, which
 * the lock file does not know, is added.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";

interface Component {
  readonly "bom-ref": string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly scope: string;
  readonly purl: string;
  readonly hashes?: readonly {
    readonly alg: string;
    readonly content: string;
  }[];
  readonly licenses?: readonly { readonly license: { readonly id: string } }[];
  readonly properties?: readonly {
    readonly name: string;
    readonly value: string;
  }[];
}

interface Bom {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly {
    readonly ref: string;
    readonly dependsOn?: readonly string[];
  }[];
}

/** What `npm pack --json` says of the tarball that it would make. */
interface Tarball {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}

interface Manifest {
  readonly name: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const windows = process.platform === "win32";

const npm = (...args: readonly string[]): unknown =>
  JSON.parse(
    execFileSync(windows ? "npm.cmd" : "npm", args, {
      cwd: checkout,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      shell: windows,
    }),
  );

// With `--omit dev` npm leaves out what a package of the development needs too, so its mark is read here.
const isOfDevelopment = ({ properties = [] }: Component): boolean =>
  properties.some(({ name }) => name === "cdx:npm:package:development");

const manifestIn = (folder: string): Manifest =>
  JSON.parse(
    readFileSync(join(checkout, folder, "package.json"), "utf8"),
  ) as Manifest;

/** The pack as npm would publish it, with what it loads where it is installed. */
function packedPack(): Component {
  const [tarball] = npm(
    "pack",
    "--dry-run",
    "--json",
    "./policy-pack",
  ) as readonly Tarball[];
  if (tarball === undefined) throw new Error("npm packs no policy pack");
  const { name, version, integrity } = tarball;
  const { license } = manifestIn("policy-pack");
  return {
    "bom-ref": `${name}@${version}`,
    type: "library",
    name,
    version,
    scope: "required",
    purl: `pkg:npm/${name}@${version}`,
    hashes: [
      {
        alg: "SHA-512",
        content: Buffer.from(
          integrity.replace(/^sha512-/, ""),
          "base64",
        ).toString("hex"),
      },
    ],
    licenses: [{ license: { id: license } }],
  };
}

function billOfMaterials(): Bom {
  const whole = npm(
    "sbom",
    "--sbom-format=cyclonedx",
    "--package-lock-only",
  ) as Bom;
  const shipped = whole.components.filter((one) => !isOfDevelopment(one));
  const refOf = (wanted: string, version: string): string => {
    const found = shipped.find(
      (one) => one.name === wanted && one.version.replace(/^v/, "") === version,
    );
    if (found !== undefined) return found["bom-ref"];
    throw new Error(`package-lock.json has no ${wanted} ${version}`);
  };
  const refsOf = (folder: string): readonly string[] =>
    Object.entries(manifestIn(folder).dependencies).map((one) => refOf(...one));
  const pack = packedPack();
  const { component } = whole.metadata;
  const root = component["bom-ref"];
  const refs = new Set(shipped.map((one) => one["bom-ref"]));
  return {
    ...whole,
    // npm takes the folder's name.
    metadata: {
      ...whole.metadata,
      component: { ...component, name: manifestIn(".").name },
    },
    components: [...shipped, pack],
    dependencies: [
      { ref: root, dependsOn: [...refsOf("."), pack["bom-ref"]] },
      { ref: pack["bom-ref"], dependsOn: refsOf("policy-pack") },
      ...whole.dependencies
        .filter(({ ref }) => refs.has(ref))
        .map(({ ref, dependsOn = [] }) => ({
          ref,
          dependsOn: dependsOn.filter((one) => refs.has(one)),
        })),
    ],
  };
}

console.log(JSON.stringify(billOfMaterials(), undefined, 2));
