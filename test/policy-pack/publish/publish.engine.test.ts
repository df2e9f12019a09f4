import { strict as assert } from "node:assert";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rules } from "../../../policy-pack/rules";
import { ensureEngine, type Engine } from "../../../sandbox/engine";
import { checkout } from "../../../sandbox/engine/paths";
import { runPulumi } from "../../../sandbox/engine/pulumi";
import { run } from "../../../sandbox/engine/run";
import { wordsOf } from "../../pages/shell-blocks";
import { Cloud } from "./cloud";

const source = join(checkout, "policy-pack");
const page = "policy-pack/README.md";

const advisory = ["no-unseen-code", "services-come-for-us"];

describe("the published policy pack", () => {
  let engine: Engine;
  let cloud: Cloud;
  let folder: string;

  const pulumi = (cwd: string, ...args: readonly string[]) =>
    runPulumi(engine, args, { cwd, environment: cloud.environment });

  before(async () => {
    engine = await ensureEngine(() => undefined);
    cloud = await Cloud.start();
    folder = mkdtempSync(join(tmpdir(), "published pack "));
    const [, ...args] = wordsOf(page, "pulumi policy publish").map((word) =>
      word === "<organisation>" ? "acme" : word,
    );
    const { code, stdout, stderr } = await pulumi(source, ...args);
    assert.equal(code, 0, stdout + stderr);
  });

  after(() => {
    cloud.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("names every rule, each to be had at every level", () => {
    const { name, versionTag, policies = [] } = cloud.pack ?? {};
    assert.equal(name, "bastion-account");
    assert.equal(versionTag, versionOf(source));
    for (const rule of policies) {
      assert.equal(
        rule.enforcementLevel,
        advisory.includes(rule.name) ? "advisory" : "mandatory",
        rule.name,
      );
    }
    assert.deepEqual(
      policies.map((one) => one.name).sort(),
      ["organisation", ...rules.map((one) => one.name)].sort(),
    );
  });

  it("is a tarball of compiled JavaScript that judges from an empty folder, without network or credentials", async () => {
    const pack = await unpack();
    const files = readdirSync(join(pack, "bin"), { recursive: true }).map(
      String,
    );
    assert.ok(files.includes("index.js"));
    assert.deepEqual(
      files
        .map(String)
        .filter(
          (file) => /\.\w+$/.test(file) && !/\.(js(on)?|d\.ts)$/.test(file),
        ),
      [],
    );
    const { code, stdout, stderr } = await runPulumi(
      engine,
      [
        ...["policy", "analyze", "--policy-pack", pack, "--file"],
        join(__dirname, "../exports/typescript-second-statement-leaks.json"),
      ],
      {
        cwd: folder,
        environment: {
          HOME: folder,
          NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, "loopback-only.js"))}`,
        },
      },
    );
    assert.match(
      stdout,
      /people-need-mfa {2}\(aws:iam:Role: Support\)/,
      stderr,
    );
    assert.match(stdout, /statement 2 \("Migration"\)/);
    assert.equal(code, 1);
  });

  it("checks a config against its schema before anybody relies on it", async () => {
    const wrong = await validate({
      organisation: { bastionAccountId: "11111111111" },
    });
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /\^\[0-9\]\{12\}\$/);
    const right = await validate({
      organisation: {
        bastionAccountId: "012345678901",
        exemptions: [
          {
            stack: "shop/prod",
            resource: "legacy",
            reason: "until Q1",
            until: "2027-03-31",
          },
        ],
      },
      "no-escalation-by-role-chaining": "advisory",
    });
    assert.equal(right.code, 0, right.stderr);
  });

  /** By the page, but for npm install: with the dependencies that its package.json names, and no others. */
  async function unpack(): Promise<string> {
    const name = `bastion-account-policy-pack-${versionOf(source)}.tgz`;
    writeFileSync(join(folder, name), cloud.tarball ?? "");
    const commands = ["mkdir", "tar"].map((begin) =>
      wordsOf(page, begin).join(" "),
    );
    const { code, stderr } = await run("sh", ["-ec", commands.join("\n")], {
      cwd: folder,
    });
    assert.equal(code, 0, stderr);
    const pack = join(folder, "policy-pack");
    for (const name of Object.keys(packageOf(pack).dependencies)) {
      const target = join(pack, "node_modules", name);
      mkdirSync(join(target, ".."), { recursive: true });
      symlinkSync(join(checkout, "node_modules", name), target);
    }
    return pack;
  }

  function validate(config: object) {
    const file = join(folder, "config.json");
    writeFileSync(file, JSON.stringify(config));
    return pulumi(
      folder,
      ...["policy", "validate-config", "acme/bastion-account"],
      ...[versionOf(source), "--config", file],
    );
  }
});

interface Package {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const packageOf = (folder: string): Package =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Package;

const versionOf = (folder: string): string => packageOf(folder).version;
