import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { changedPaths } from "../../../commands/config-change/git";
import {
  beyondConfig,
  type ChangedPath,
  type GitEntry,
} from "../../../commands/config-change/judge";
import { checkout } from "../../../sandbox/engine/paths";
import { commitAll } from "../../repository/two-checkouts";

const project = `name: bastion-account
runtime: nodejs
config:
  pulumi:disable-default-providers: { value: ["*"] }
  tags: { type: object, description: On everything, default: { a: b } }
  deploymentRole: { type: string, default: Deployer }
`;
const stack = `encryptionsalt: "v1:abc"
config:
  bastion-account:stack: bastion
  bastion-account:users: { ada: {} }
  aws:region: eu-central-1
`;

const entry = (text: string, mode = "100644"): GitEntry => ({
  mode,
  size: Buffer.byteLength(text),
  bytes: () => Buffer.from(text),
});
const changed = (
  path: string,
  before: GitEntry | undefined,
  after: GitEntry | undefined,
): ChangedPath => ({ path, before, after });
const ofStack = (after: string): ChangedPath =>
  changed("Pulumi.bastion.yaml", entry(stack), entry(after));
const ofProject = (from: string, to: string): ChangedPath => {
  assert.ok(project.includes(from));
  return changed(
    "Pulumi.yaml",
    entry(project),
    entry(project.replace(from, to)),
  );
};

const users = (value: string): ChangedPath =>
  ofStack(stack.replace("{ ada: {} }", value));

describe("a change", () => {
  const alone: Readonly<Record<string, ChangedPath>> = {
    "of values of the program's own": users(
      '{ eve: { tags: { on: "yes" } } }'.replace("on:", '"on":'),
    ),
    "by a key that was not there": ofStack(
      `${stack}  bastion-account:accountAlias: acme\n`,
    ),
    "without a key that was there": ofStack(
      stack.replace(/ {2}bastion-account:users.*\n/, ""),
    ),
    "by a stack that was not there": changed(
      "Pulumi.eu-2.yaml",
      undefined,
      entry("config:\n  bastion-account:stack: workload\n"),
    ),
    "of the default of a declared key": ofProject("{ a: b }", '{ a: "c" }'),
    "of the order of keys": ofStack(
      "config:\n  aws:region: eu-central-1\n  bastion-account:users: {ada: {}}\n  bastion-account:stack: bastion\nencryptionsalt: 'v1:abc'\n",
    ),
  };
  for (const [what, one] of Object.entries(alone)) {
    it(`${what} is one of config`, () => {
      assert.deepEqual(beyondConfig([one], "bastion-account"), []);
    });
  }

  const file = entry(stack);
  const more: Readonly<Record<string, readonly [ChangedPath, RegExp]>> = {
    "of a file of code": [
      changed("infra/index.ts", file, file),
      /^infra\/index\.ts$/,
    ],
    "of a file beside it": [
      changed("README.md", file, undefined),
      /^README\.md$/,
    ],
    "of a file of that name elsewhere": [
      changed("infra/Pulumi.yaml", undefined, file),
      /^infra\/Pulumi\.yaml$/,
    ],
    "of a file in another case": [
      changed("pulumi.yaml", undefined, file),
      /^pulumi\.yaml$/,
    ],
    "of a file with another ending": [
      changed("Pulumi.bastion.yml", undefined, file),
      /yml$/,
    ],
    "of a file whose name only begins so": [
      changed("Pulumi.yaml\n", undefined, file),
      /^Pulumi\.yaml\n$/,
    ],
    "to a link": [
      changed("Pulumi.bastion.yaml", file, entry("/etc/passwd", "120000")),
      / is no plain file$/,
    ],
    "of a link": [
      changed("Pulumi.bastion.yaml", entry("x", "120000"), file),
      / is no plain file$/,
    ],
    "to a submodule": [
      changed("Pulumi.x.yaml", undefined, {
        mode: "160000",
        size: NaN,
        bytes: () => assert.fail(),
      }),
      / is no plain file$/,
    ],
    "to a program": [
      changed("Pulumi.x.yaml", undefined, entry(stack, "100755")),
      / is no plain file$/,
    ],
    "that takes config away": [
      changed("Pulumi.bastion.yaml", file, undefined),
      / is gone$/,
    ],
    "to more than anybody reads": [
      ofStack(stack + `# ${"x".repeat(200_000)}\n`),
      / has more than 200000 bytes$/,
    ],
    "of a provider's config": [
      ofStack(`${stack}  aws:endpoints: [{ sts: "https://example.org" }]\n`),
      /aws:endpoints, which is no key of the program's own$/,
    ],
    "of Pulumi's config": [
      ofStack(`${stack}  pulumi:tags: { a: b }\n`),
      /pulumi:tags, which is no key/,
    ],
    "of a key without its namespace": [
      ofStack(`${stack}  users: {}\n`),
      /users, which is no key/,
    ],
    "of a key that the program has not": [
      ofStack(`${stack}  bastion-account:config:users: {}\n`),
      /config:users, which is no key/,
    ],
    "of a key that looks alike": [
      ofStack(`${stack}  Bastion-account:users: {}\n`),
      /Bastion-account:users, which is no key/,
    ],
    "of where the state's secrets are": [
      ofStack(stack.replace("v1:abc", "v1:abd")),
      / changes encryptionsalt$/,
    ],
    "of the environments": [
      ofStack(`${stack}environment: [theirs]\n`),
      / changes environment$/,
    ],
    "of who keeps the secrets": [
      ofStack(`secretsprovider: "awskms://x"\n${stack}`),
      / changes secretsprovider$/,
    ],
    "of the role that is taken": [
      ofStack(`${stack}  bastion-account:deploymentRole: x\n`),
      /deploymentRole, which leads elsewhere$/,
    ],
    "of the token that is shown": [
      ofStack(
        `${stack}  bastion-account:webIdentityTokenFile: /proc/1/environ\n`,
      ),
      /webIdentityTokenFile, which leads elsewhere$/,
    ],
    "of the stack that is asked": [
      ofStack(`${stack}  bastion-account:bastionStack: theirs/x/y\n`),
      /bastionStack, which leads elsewhere$/,
    ],
    "of the file that has more users": [
      ofStack(`${stack}  bastion-account:usersFile: theirs.yaml\n`),
      /usersFile, which leads elsewhere$/,
    ],
    "of an encrypted value": [
      users('{ ada: { pgpKey: { secure: "v1:abc" } } }'),
      /users, which is encrypted/,
    ],
    "of the program that runs": [
      ofProject("runtime: nodejs", "runtime: python"),
      /^Pulumi\.yaml changes runtime$/,
    ],
    "of the file that runs": [
      ofProject("runtime:", "main: theirs\nruntime:"),
      / changes main$/,
    ],
    "of where the states are": [
      ofProject("runtime:", 'backend: { url: "s3://theirs" }\nruntime:'),
      / changes backend$/,
    ],
    "of plugins": [
      ofProject(
        "runtime:",
        "plugins: { providers: [{ name: aws, path: x }] }\nruntime:",
      ),
      / changes plugins$/,
    ],
    "of a key that is not declared": [
      ofProject("config:", "config:\n  users: { type: object, default: {} }"),
      /users, which is not declared in both$/,
    ],
    "of the declaration itself": [
      ofProject("type: object, d", "type: string, d"),
      /tags, and not its default alone$/,
    ],
    "of a value in the place of a default": [
      ofProject("default: { a: b }", "value: { a: c }"),
      /tags, and not its default alone$/,
    ],
    "of the engine's own in the project": [
      ofProject('["*"]', "[]"),
      /pulumi:disable-default-providers, which is no key/,
    ],
    "of the default of what leads elsewhere": [
      ofProject("Deployer", "Mine"),
      /deploymentRole, which leads elsewhere$/,
    ],
  };
  for (const [what, [one, expected]] of Object.entries(more)) {
    it(`${what} is one of more`, () => {
      const found = beyondConfig([one], "bastion-account");
      assert.equal(found.length, 1);
      assert.match(found[0] ?? "", expected);
    });
  }

  it("says all that is more, of every path", () => {
    assert.deepEqual(
      beyondConfig(
        [
          ofStack(`main: x\n${stack}  aws:profile: x\n`),
          users("{}"),
          changed("package.json", file, file),
        ],
        "bastion-account",
      ),
      [
        "Pulumi.bastion.yaml changes main",
        "Pulumi.bastion.yaml changes aws:profile, which is no key of the program's own",
        "package.json",
      ],
    );
  });
});

describe("npm run config-change", () => {
  let folder: string;
  const at = (side: string, ...path: readonly string[]) =>
    join(folder, side, ...path);
  const put = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const commit = (side: string) => {
    commitAll(at(side));
  };
  const changes = (): readonly string[] =>
    beyondConfig(changedPaths(at("base"), at("change")), "bastion-account");

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "config change "));
    put(at("base", "Pulumi.yaml"), project);
    put(at("base", "Pulumi.bastion.yaml"), stack);
    put(at("base", "infra/index.ts"), "// the program\n");
    commit("base");
    cpSync(at("base"), at("change"), { recursive: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["-r", "./infra/start", "commands/config-change/command.ts", ...args],
      {
        cwd: checkout,
        encoding: "utf8",
        env: { ...process.env, INIT_CWD: at("base") },
      },
    );
    return { status, stdout, stderr };
  };

  it("puts config of the change's commit here, and not what lies about in its checkout", () => {
    const eve = stack.replace("ada", "eve");
    put(at("change", "Pulumi.bastion.yaml"), eve);
    commit("change");
    put(at("change", "Pulumi.bastion.yaml"), "aws:endpoints: []\n");
    assert.deepEqual(run("../change", "--apply"), {
      status: 0,
      stdout: "",
      stderr: "It changes config alone, in 1 file.\n",
    });
    assert.equal(readFileSync(at("base", "Pulumi.bastion.yaml"), "utf8"), eve);
  });

  it("names what is more on lines of its own, no more than a page, and puts nothing here", () => {
    put(at("change", "Pulumi.bastion.yaml"), stack.replace("ada", "eve"));
    for (let n = 10; n < 50; n++) put(at("change", `a\nb${n}`), "x");
    put(at("change", "0".repeat(200), "0".repeat(200)), "x");
    commit("change");
    const { status, stdout, stderr } = run("../change", "--apply");
    assert.equal(stderr, "Beyond config it changes:\n");
    const lines = stdout.split("\n");
    assert.equal(status, 1);
    assert.deepEqual(
      [lines[0]?.length, lines[1], lines.length],
      [200, "a\\u000ab10", 32],
    );
    assert.equal(lines[30], "and 11 more");
    assert.equal(
      readFileSync(at("base", "Pulumi.bastion.yaml"), "utf8"),
      stack,
    );
  });

  it("says that it found nothing out where there is no checkout", () => {
    assert.equal(run("../nowhere", "--apply").status, 2);
    assert.equal(run().status, 2);
  });

  it("follows no link, and sees moved and run files as others", () => {
    renameSync(at("change", "infra/index.ts"), at("change", "infra/main.ts"));
    rmSync(at("change", "Pulumi.bastion.yaml"));
    symlinkSync(
      "../base/Pulumi.bastion.yaml",
      at("change", "Pulumi.bastion.yaml"),
    );
    commit("change");
    assert.deepEqual(changes(), [
      "Pulumi.bastion.yaml is no plain file",
      "infra/index.ts",
      "infra/main.ts",
    ]);
  });

  it("sees no change in the same", () => {
    assert.deepEqual(changes(), []);
  });
});
