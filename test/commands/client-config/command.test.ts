import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  readConfigFile,
  writeConfigFile,
} from "../../../commands/client-config/config-file";
import { runClientConfig } from "../../../commands/client-config/run";
import { run } from "../../../sandbox/engine/run";
import { noTerminal, onTerminal } from "../../run/terminal";

const project = join(__dirname, "../../..");
const windows = process.platform === "win32";
const whyNoTerminal = noTerminal();

describe("npm run client-config", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "client config "));
    file = join(folder, "config");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the command with whoever answers `answer`, or with nobody to ask. */
  const client = async (args: string, answer?: string) => {
    let said = "";
    let complained = "";
    const questions: string[] = [];
    const code = await runClientConfig(args.split(" ").filter(Boolean), {
      project,
      folder,
      environment: { AWS_CONFIG_FILE: file, NO_COLOR: "1" },
      say: (text) => (said += text),
      complain: (text) => (complained += text),
      ...(answer === undefined
        ? {}
        : {
            ask: (question: string) => {
              questions.push(question);
              return Promise.resolve(answer);
            },
          }),
    });
    return { code, said, complained, questions };
  };
  const written = () => readFileSync(file, "latin1");

  it("shows the diff, asks, and writes upon yes; a second run has nothing to do", async () => {
    const mine = "[default]\nregion = eu-west-1 # na\u00efve \u00ff";
    writeFileSync(file, mine, "latin1");
    const first = await client("ada", "y");
    assert.equal(first.code, 0);
    assert.equal(first.questions.length, 1);
    assert.match(first.said, /^\+ \[profile prod-opssudo\]$/m);
    assert.doesNotMatch(first.said, /eu-west-1/);
    assert.ok(written().startsWith(`${mine}\n# >>> bastion-account: ada\n`));

    const before = statSync(file).mtimeMs;
    const second = await client("ada", "y");
    assert.deepEqual([second.code, second.questions], [0, []]);
    assert.match(second.said, /nothing to do/);
    assert.equal(statSync(file).mtimeMs, before);
  });

  it("writes nothing upon any other answer, nor with nobody to ask", async () => {
    for (const answer of ["n", "", "yikes", undefined]) {
      const { code, said, complained } = await client("ada", answer);
      assert.equal(code, 1);
      assert.match(said, /^\+ \[profile bastion\]$/m);
      assert.match(said + complained, /Nothing was written/);
      assert.equal(existsSync(file), false);
    }
    assert.match((await client("ada")).complained, /--yes/);
  });

  it("writes without a question when told to, into a folder that is not there yet, for its owner alone", async () => {
    for (const flag of ["yes", "write"]) {
      const path = join(folder, flag, ".aws", "config");
      assert.equal(
        (await client(`ada --${flag} --file ${flag}/.aws/config`)).code,
        0,
      );
      assert.match(readFileSync(path, "utf8"), /\[profile bastion\]/);
      if (!windows) assert.equal(statSync(path).mode & 0o777, 0o600);
    }
    assert.equal(existsSync(file), false);
  });

  it("shows only what changes, and none of what was smuggled into the section as it is", async () => {
    await client("ada --yes");
    writeFileSync(
      file,
      written().replace(
        "[profile dev-readonly]",
        "\u001b[2Jx\naws_secret_access_key = planted8f3a61c2d9\n[profile dev-readonly]",
      ),
    );
    const { said } = await client("ada --yes");
    assert.match(said, /^- \\u001b\[2Jx$/m);
    assert.match(said, /^- aws_secret_access_key = \(not shown\)$/m);
    assert.equal(said.match(/^[-+] /gm)?.length, 2);
    assert.doesNotMatch(said, /prod-readonly/);
    const renamed = await client("ada --yes --mfa-device phone");
    assert.equal(
      renamed.said.match(/^\+ mfa_serial = .*\/phone$/gm)?.length,
      7,
    );
  });

  if (!windows) {
    it("keeps the file's mode and a link to it, and leaves nothing beside it", async () => {
      const target = join(folder, "dotfiles");
      writeFileSync(target, "[default]\n");
      chmodSync(target, 0o640);
      symlinkSync(target, file);
      assert.equal((await client("ada --yes")).code, 0);
      assert.equal(lstatSync(file).isSymbolicLink(), true);
      assert.equal(statSync(target).mode & 0o777, 0o640);
      assert.match(readFileSync(target, "utf8"), /prod-readonly/);
      assert.deepEqual(readdirSync(folder).sort(), ["config", "dotfiles"]);

      rmSync(target);
      const dangling = await client("ada --yes");
      assert.equal(dangling.code, 1);
      assert.match(dangling.complained, /link to a file that is not there/);
    });
  }

  it("leaves a file alone that its owner has made read-only", async () => {
    writeFileSync(file, "[default]\n");
    chmodSync(file, 0o444);
    const { code, complained } = await client("ada --yes");
    assert.equal(code, 1);
    assert.match(complained, /is read-only\. Nothing was written\. Fix: /);
    assert.equal(written(), "[default]\n");
    assert.deepEqual(readdirSync(folder), ["config"]);
    chmodSync(file, 0o644);
  });

  it("does not overwrite what somebody else wrote while it asked", () => {
    writeFileSync(file, "one");
    const read = readConfigFile(file);
    writeFileSync(file, "two");
    assert.throws(() => {
      writeConfigFile(read, "three");
    }, /changed by somebody else/);
    assert.equal(written(), "two");
    assert.deepEqual(readdirSync(folder), ["config"]);
  });

  it("leaves a file alone that has such profiles already, and says where", async () => {
    writeFileSync(file, "\n[profile prod-readonly]\n");
    const { code, complained } = await client("ada --yes");
    assert.equal(code, 1);
    assert.match(complained, /line 2: \[profile prod-readonly\]/);
    assert.equal(written(), "\n[profile prod-readonly]\n");
  });

  it("prints the section alone, and touches no file", async () => {
    const { code, said } = await client("bashir --print");
    assert.equal(code, 0);
    assert.match(
      said,
      /^# >>> bastion-account: bashir\n[^]*# <<< bastion-account: bashir\n$/,
    );
    assert.deepEqual(readdirSync(folder), []);
  });

  it("tells a user of the console alone that there is nothing to configure, and writes their page", async () => {
    const refused = await client("dolores --yes");
    assert.equal(refused.code, 1);
    assert.match(refused.complained, /nothing to configure/);
    assert.equal((await client("dolores --page pages")).code, 0);
    assert.deepEqual(readdirSync(join(folder, "pages")).sort(), [
      "dolores.html",
      "dolores.md",
    ]);
    assert.equal(existsSync(file), false);
  });

  it("writes everybody's page where no user is named", async () => {
    assert.equal((await client("--page pages")).code, 0);
    assert.equal(readdirSync(join(folder, "pages")).length, 8);
  });

  it("prints profiles of a hardware token, and of the AWS CLI alone", async () => {
    const { said } = await client("ada --print --mfa-device GAHT12345678");
    assert.match(said, /^mfa_serial = GAHT12345678$/m);
    assert.doesNotMatch(said, /:mfa\//);
    assert.match(
      (await client("ada --print --mfa-login")).said,
      /^source_profile = bastion_mfa$/m,
    );
  });

  for (const [what, args, code, message] of [
    [
      "a user that is not in the config",
      "adda --print",
      1,
      /no user "adda"; the nearest is ada/,
    ],
    [
      "a workload stack",
      "ada --print --stack workload",
      1,
      /workload, in Pulumi\.workload\.yaml[^]*--stack/,
    ],
    [
      "a stack without a file",
      "ada --print --stack none",
      1,
      /Pulumi\.none\.yaml/,
    ],
    ["no user", "--print", 2, /which user/],
    ["two users", "ada bashir", 2, /one user at a time/],
    ["an unknown option", "ada --colour", 2, /--colour/],
    ["two tasks", "ada --print --page x", 2, /not both/],
    [
      "a session that AWS would refuse",
      "ada --session-seconds 43201",
      2,
      /from 900 to 43200/,
    ],
    [
      "a session that is no number",
      "ada --session-seconds 1e4",
      2,
      /whole number/,
    ],
    [
      "a session that is longer than the roles allow",
      "ada --print --session-seconds 7200",
      1,
      /longer than AWS opens for .*ReadOnly.* Fix: give --session-seconds 3600 at most/,
    ],
    [
      "one token for everybody",
      "--page x --hardware-token GAHT12345678",
      2,
      /--hardware-token is one user's/,
    ],
    [
      "two devices",
      "ada --mfa-device phone --hardware-token GAHT12345678",
      2,
      /not both/,
    ],
    [
      "one device for everybody",
      "--page x --mfa-device phone",
      2,
      /which user/,
    ],
    [
      "a device of no bastion",
      "ada --print --mfa-device a/b",
      1,
      /no MFA device/,
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const result = await client(args);
      assert.equal(result.code, code);
      assert.match(result.complained, message);
      assert.deepEqual(readdirSync(folder), []);
    });
  }

  it("runs as a command of its own, without Pulumi, and explains itself", async () => {
    const command = (...args: readonly string[]) =>
      run(
        process.execPath,
        ["-r", "./infra/start", "commands/client-config/command.ts", ...args],
        {
          cwd: project,
          environment: { INIT_CWD: folder, AWS_CONFIG_FILE: "config" },
        },
      );
    const help = await command("--help");
    assert.deepEqual([help.code, help.stderr], [0, ""]);
    assert.match(help.stdout, /--mfa-device/);
    assert.equal((await command("ada", "--yes")).code, 0);
    assert.match(written(), /\[profile dev-opssudo\]/);
    assert.equal((await command("ada", "--mfa-device", "x")).code, 1);
  });

  (whyNoTerminal === undefined ? it : it.skip)(
    `asks on a terminal${whyNoTerminal === undefined ? "" : ` (skipped: ${whyNoTerminal})`}`,
    async () => {
      const command = (answer: string) =>
        onTerminal(
          `cd '${project}' && '${process.execPath}' -r ./infra/start commands/client-config/command.ts ada`,
          /Write this\? \[y\/N\]/,
          () => answer,
          { AWS_CONFIG_FILE: file },
        );
      const no = await command("n");
      assert.deepEqual([no.code, no.asked, existsSync(file)], [1, 1, false]);
      const yes = await command("yes");
      assert.deepEqual([yes.code, yes.asked], [0, 1], yes.screen);
      assert.match(written(), /\[profile dev-opssudo\]/);
    },
  );
});
