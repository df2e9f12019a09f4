import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAws, type SandboxAws } from "../../sandbox/aws";
import { run } from "../../sandbox/engine/run";
import { cliEnvironment, missing as noAwsCli } from "../sandbox/aws-cli";
import { administer } from "../sandbox/aws/organizations";
import { shellBlocks } from "./shell-blocks";

const noCurl = (): string | undefined =>
  spawnSync("curl", ["--json", "{}", "--version"]).status === 0
    ? undefined
    : "no curl that knows --json (7.82)";

const page = "sandbox/README.md";
const blocks = shellBlocks(page).filter(
  ({ section }) => section === "What else it takes",
);

const why = noCurl() ?? noAwsCli();
const suite = why === undefined ? describe : describe.skip;

suite(
  `what ${page} asks of a sandbox${why ? ` (skipped: ${why})` : ""}`,
  () => {
    let aws: SandboxAws;
    let home: string;

    before(async () => {
      aws = await startAws({
        accounts: [{ id: "222222222222", name: "dev" }],
      });
      home = mkdtempSync(join(tmpdir(), "home "));
      const { accessKeyId, secretAccessKey } = aws.organizationAdministrator;
      writeFileSync(join(home, "config"), "[profile organisation]\n");
      writeFileSync(
        join(home, "credentials"),
        `[organisation]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
      );
    });
    after(async () => {
      rmSync(home, { recursive: true });
      await aws.close();
    });

    /** The block with these words, in a shell that stops at the first command that fails. */
    const follow = async (words: string): Promise<string> => {
      const block = blocks.find(({ commands }) =>
        commands.some((command) => command.includes(words)),
      );
      assert.ok(block, words);
      const { code, stdout, stderr } = await run(
        "bash",
        ["-ec", block.commands.join("\n").replaceAll("curl ", "curl --fail ")],
        { environment: cliEnvironment(home, aws.endpoint) },
      );
      assert.equal(code, 0, `${block.line}\n${stdout}${stderr}`);
      return stdout;
    };

    it("adds an account", async () => {
      await follow("/sandbox/accounts");
      assert.ok(aws.cloud.accounts.has("444444444444"));
    });

    it("has the mails of an address", async () => {
      assert.deepEqual(JSON.parse(await follow("/sandbox/mail")), {
        mails: [],
      });
    });

    it("sets a service control policy", async () => {
      await follow("organizations create-policy");
      const attached = await administer(aws, "ListPoliciesForTarget", {
        TargetId: "222222222222",
        Filter: "SERVICE_CONTROL_POLICY",
      });
      assert.match(JSON.stringify(attached), /no-users/);
    });

    it("is all that stands there", () => {
      assert.equal(blocks.length, 3);
    });
  },
);
