import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import { deploymentIn, Person } from "../../sandbox/tour/people";
import { noTerminal } from "../run/terminal";
import { below, messagesIn } from "../repository/messages-page";
import { byTheEngine } from "../run/whole-tests";
import { missing as noAwsCli } from "../sandbox/aws-cli";
import { afterwards, realAccounts } from "./plan";
import { Reader } from "./reader";
import { shellBlocks, type Block } from "./shell-blocks";

const bastionAccountId = "111111111111";

/** Whose first password the deployment makes, since there is a key to encrypt it by. */
const withKey = "eve";
const firstPassword = "First-password-of-ada-1!";

const absent = [
  noTerminal(),
  noAwsCli(),
  spawnSync("gpg", ["--version"]).error && "no gpg",
].find((one) => one !== undefined);
const suite = absent === undefined ? describe : describe.skip;

suite(
  `whoever follows the pages word by word${absent ? ` (skipped: ${absent})` : ""}`,
  () => {
    let sandbox: Sandbox;
    let reader: Reader;
    const shown = new Map<Block, string>();

    before(async () => {
      sandbox = await startSandbox({ progress: console.log });
      reader = new Reader(
        sandbox,
        {
          deployment: sandbox.aws.deployment,
          "bastion-administrator": await deploymentIn(
            sandbox.aws,
            bastionAccountId,
          ),
        },
        [
          { begin: "read -rs password", typed: firstPassword },
          {
            begin: "npm run client-config -- ada",
            prompt: /\[y\/N\]/,
            typed: "y",
          },
        ],
      );
    });

    after(async () => {
      gpg("gpgconf", "--kill", "all");
      reader.remove();
      await sandbox.close();
    });

    const gpg = (command: string, ...args: readonly string[]): Buffer =>
      execFileSync(command, args, {
        env: { ...process.env, HOME: reader.home },
        stdio: ["ignore", "pipe", "ignore"],
      });

    /** What stands for the reader's own in a command. */
    const own = (command: string): string =>
      command
        .replaceAll("s3://<bucket>", `file://${reader.home}`)
        .replaceAll(".<user>.", `.${withKey}.`)
        .replaceAll("<user>", "ada");

    /** Step 3: the facts are those of the sandbox already, and one more user has a key. */
    const writePeople = (): void => {
      const name = ["--batch", "--passphrase", "", "--quick-gen-key", withKey];
      gpg("gpg", ...name);
      const file = join(reader.clone, "Pulumi.bastion.yaml");
      const stackFile = parseDocument(readFileSync(file, "utf8"));
      stackFile.setIn(["config", "bastion-account:users", withKey], {
        pgpKey: gpg("gpg", "--export", withKey).toString("base64"),
      });
      writeFileSync(file, stackFile.toString());
    };

    /** Step 8: they change their passwords, and enrol MFA. */
    const signIn = async (name: string, password: string): Promise<void> => {
      const person = new Person(sandbox.aws, bastionAccountId, name, password);
      await person.enrolMfa(await person.signInFirst());
      await person.signInWithMfa();
    };

    const byHand: Readonly<Record<number, () => Promise<void> | void>> = {
      4: writePeople,
      8: async () => {
        const decrypted = [...shown].find(([block]) =>
          block.commands.some((command) => command.includes("gpg --decrypt")),
        )?.[1];
        await signIn("ada", firstPassword);
        await signIn(withKey, decrypted?.trim().split("\n").at(-1) ?? "");
      },
    };

    const follow = async (block: Block): Promise<void> => {
      // First passwords are given by who administers the bastion.
      const byBastion = block.commands.some((one) => one.startsWith("aws iam"));
      const profile = byBastion ? "bastion-administrator" : "deployment";
      shown.set(block, await reader.follows(block, { profile, own }));
    };

    const reads = (name: string): string =>
      readFileSync(join(reader.clone, name), "utf8");
    const writes = (name: string, text: string): void => {
      writeFileSync(join(reader.clone, name), text);
    };

    /** What the pages say in words, by how the command begins before which they do. */
    const inWords: Readonly<Record<string, () => Promise<void> | void>> = {
      // An account without an alarm, which docs/alarm.md has given to it.
      "pulumi stack select --create workload-dev": async () => {
        const file = "Pulumi.workload.yaml";
        const stackFile = parseDocument(reads(file));
        stackFile.deleteIn(["config", "bastion-account:breakGlassAlarm"]);
        writes(file, stackFile.toString());
        const up = ["pulumi up --stack workload"];
        const { code, screen } = await reader.runs(up, {
          profile: "deployment",
        });
        assert.equal(code, 0, screen);
        stackFile.setIn(["config", "bastion-account:deployTo"], ["prod"]);
        writes(file, stackFile.toString());
      },
      "pulumi preview --policy-pack policy-pack": () => {
        writes("rules.json", reads(".github/rules.json"));
      },
    };

    const prepare = async ({ commands }: Block): Promise<void> => {
      for (const [begin, write] of Object.entries(inWords)) {
        if (commands.some((one) => one.startsWith(begin))) await write();
      }
    };

    /** "The previews of both stacks then show no change." */
    const showNoChange = async (): Promise<void> => {
      for (const stack of ["workload", "workload-dev"]) {
        const preview = `pulumi preview --stack ${stack} --expect-no-changes`;
        const reading = { profile: "deployment" };
        const { code, screen } = await reader.runs([preview], reading);
        assert.equal(code, 0, screen);
      }
    };

    describe("README.md", () => {
      const steps = shellBlocks(realAccounts.page).filter(
        ({ section }) => section === realAccounts.section,
      );
      const numbers = [...new Set(steps.map(({ step }) => step))];
      for (const number of numbers) {
        it(`comes through step ${number}`, async () => {
          await byHand[number]?.();
          for (const block of steps) {
            if (block.step === number) await follow(block);
          }
        });
      }

      it("has deployed, signed in and proved it", () => {
        assert.deepEqual(numbers.slice(-1), [10]);
        const screens = [...shown.values()];
        assert.match(screens.at(-1) ?? "", /3 of 3 accounts/);
        const profiles = readFileSync(join(reader.home, ".aws/config"), "utf8");
        assert.match(profiles, /\[profile prod-poweruser\]/);
      });
    });

    it("finds Pulumi's messages as docs/troubleshooting.md quotes them, in the CLI itself", () => {
      const cli = readFileSync(sandbox.workspace.engine.cli);
      const messages = messagesIn(below("Pulumi"));
      assert.ok(messages.length > 10);
      const pieces = messages.flatMap((message) =>
        message.split("…").filter((piece) => piece.length > 3),
      );
      assert.deepEqual(
        pieces.filter((piece) => !cli.includes(piece)),
        [
          // The CLI puts these together.
          "PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
          "no language plugin '",
          // The SDK of policy packs says this.
          "can't be known during preview",
        ],
      );
    });

    // Mocha would run what stands beside a suite before it.
    describe("the pages after it", () => {
      for (const page of byTheEngine(afterwards, String, [])) {
        for (const block of shellBlocks(page)) {
          it(`come through: ${page}, line ${block.line}`, async () => {
            await prepare(block);
            await follow(block);
            const moves = block.commands.some((one) =>
              one.includes("state move"),
            );
            if (moves) await showNoChange();
          });
        }
      }
    });
  },
);
