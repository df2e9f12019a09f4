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
import { afterwards, realAccounts, reasonOf } from "./plan";
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
      const commands = block.commands.filter(
        (command) => reasonOf(block.page, command) === undefined,
      );
      if (commands.length === 0) return;
      // First passwords are given by who administers the bastion.
      const profile = commands.some((command) => command.startsWith("aws iam"))
        ? "bastion-administrator"
        : "deployment";
      const { code, screen } = await reader.runs(commands.map(own), profile);
      shown.set(block, screen);

      assert.equal(code, 0, `${block.page}:${block.line}\n${screen}`);
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
          it(`come through: ${page}, line ${block.line}`, () => follow(block));
        }
      }
    });
  },
);
