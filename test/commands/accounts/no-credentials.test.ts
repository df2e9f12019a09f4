import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout } from "../../../sandbox/engine/paths";
import { run } from "../../../sandbox/engine/run";

/** What the command says on a machine that has nothing to sign in with. */
async function withoutCredentials(
  command: string,
  ...args: readonly string[]
): Promise<Awaited<ReturnType<typeof run>>> {
  const home = mkdtempSync(join(tmpdir(), "nobody "));
  const finished = await run(
    "npm",
    ["run", "--silent", command, "--", ...args],
    {
      cwd: checkout,
      environment: {
        HOME: home,
        AWS_PROFILE: undefined,
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_SESSION_TOKEN: undefined,
        AWS_WEB_IDENTITY_TOKEN_FILE: undefined,
        AWS_CONFIG_FILE: join(home, "config"),
        AWS_SHARED_CREDENTIALS_FILE: join(home, "credentials"),
        AWS_EC2_METADATA_DISABLED: "true",
      },
    },
  );
  rmSync(home, { recursive: true });
  return finished;
}

const told = /no AWS credentials were found\. Fix: set AWS_PROFILE/;

describe("a machine without AWS credentials", () => {
  for (const command of ["verify", "adopt"]) {
    it(`is told so by npm run ${command}, and what to do`, async () => {
      const { code, stderr, stdout } = await withoutCredentials(command);
      assert.equal(code, 2, stderr);
      assert.match(stderr, told);
      assert.equal(stdout, "");
    });
  }

  it("has a JSON document of verify that says so of each account", async () => {
    const { code, stdout } = await withoutCredentials("verify", "--json");
    assert.equal(code, 2);
    const { outcome, accounts, unread } = JSON.parse(stdout) as {
      readonly outcome: string;
      readonly accounts: readonly object[];
      readonly unread: readonly {
        readonly name: string;
        readonly why: string;
      }[];
    };
    assert.equal(outcome, "not read");
    assert.deepEqual(accounts, []);
    assert.deepEqual(
      unread.map(({ name }) => name),
      ["bastion", "dev", "prod"],
    );
    for (const { why } of unread) assert.match(why, told);
  });

  it("has a SARIF document of verify that says so, and that it did not succeed", async () => {
    const { code, stdout } = await withoutCredentials("verify", "--sarif");
    assert.equal(code, 2);
    const { runs } = JSON.parse(stdout) as {
      readonly runs: readonly {
        readonly results: readonly object[];
        readonly invocations: readonly {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications: readonly {
            readonly message: { readonly text: string };
          }[];
        }[];
      }[];
    };
    const [one] = runs;
    assert.deepEqual(one?.results, []);
    assert.equal(one.invocations[0]?.executionSuccessful, false);
    for (const { message } of one.invocations[0].toolExecutionNotifications)
      assert.match(message.text, told);
  });
});
