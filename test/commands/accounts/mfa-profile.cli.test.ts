import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAws, type SandboxAws } from "../../../sandbox/aws";
import { checkout } from "../../../sandbox/engine/paths";
import { run } from "../../../sandbox/engine/run";
import {
  allow,
  makeGrownAccount,
  trust,
} from "../../../sandbox/grown-account/make";
import {
  administratorOf,
  deploymentIn,
  Person,
} from "../../../sandbox/tour/people";
import { noTerminal, onTerminal } from "../../run/terminal";
import {
  bastionId,
  committedExpectation,
  devId,
  prodId,
} from "../verify/accounts";

const why = noTerminal();
const note = why === undefined ? "" : ` (skipped: ${why})`;
const accounts = [bastionId, devId, prodId];

/** Who verifies takes a role with MFA first, and from it the role in each account. */
describe("a profile that asks for MFA", () => {
  let aws: SandboxAws;
  let ada: Person;
  let folder: string;
  let environment: Record<string, string>;

  before(async () => {
    aws = await startAws({
      accounts: accounts.map((id) => ({ id, name: id })),
    });
    ada = new Person(aws, bastionId, "ada");
    folder = mkdtempSync(join(tmpdir(), "asks for MFA "));
    const key = await makeWayIn(aws);
    await ada.enrolMfa(await deploymentIn(aws, bastionId));
    writeFileSync(
      join(folder, "expected.json"),
      JSON.stringify({ ...committedExpectation(), deploymentRole: "auditor" }),
    );
    writeFileSync(
      join(folder, "config"),
      [
        "[profile entry]",
        "region = us-east-1",
        "source_profile = ada",
        `role_arn = arn:aws:iam::${bastionId}:role/entry`,
        `mfa_serial = arn:aws:iam::${bastionId}:mfa/phone-of-ada`,
      ].join("\n"),
    );
    writeFileSync(
      join(folder, "credentials"),
      [
        "[ada]",
        `aws_access_key_id = ${key.accessKeyId}`,
        `aws_secret_access_key = ${key.secretAccessKey}`,
      ].join("\n"),
    );
    environment = {
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_CONFIG_FILE: join(folder, "config"),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
      AWS_PROFILE: "entry",
    };
  });

  after(async () => {
    await aws.close();
    rmSync(folder, { recursive: true });
  });

  const terminalTest = why === undefined ? it : it.skip;
  terminalTest(
    `is asked for its code once, for all accounts${note}`,
    async () => {
      const report = join(folder, "report.json");
      const { code, screen, asked } = await onTerminal(
        `node -r ./infra/start '${checkout}/commands/verify/command.ts' ` +
          `--expected '${join(folder, "expected.json")}' --json > '${report}'`,
        /MFA code of \S+phone-of-ada: /,
        () => ada.mfa().code,
        environment,
      );
      assert.equal(asked, 1, screen);
      assert.match(screen, /3 of 3 accounts/);
      assert.equal(code, 1, screen);
    },
  );

  it("is told what to do where there is no terminal", async () => {
    const { code, stderr } = await run("npm", ["run", "--silent", "verify"], {
      cwd: checkout,
      environment,
    });
    assert.equal(code, 2, stderr);
    assert.match(stderr, /requires multi-factor authentication/);
    assert.match(stderr, /aws-vault exec .*aws configure export-credentials/s);
  });
});

/** @returns ada's access key, which takes the role `entry` with MFA alone */
async function makeWayIn(aws: SandboxAws) {
  const entry = `arn:aws:iam::${bastionId}:role/entry`;
  const auditor = {
    name: "auditor",
    trust: trust({ AWS: entry }),
    attached: ["IAMReadOnlyAccess"],
  };
  const keys = await makeGrownAccount(await administratorOf(aws, bastionId), {
    alias: "the-bastion",
    groups: [],
    users: [
      { name: "ada", key: true, inline: { entry: allow("sts:*", entry) } },
    ],
    roles: [
      {
        name: "entry",
        trust: trust(
          { AWS: `arn:aws:iam::${bastionId}:user/ada` },
          { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        ),
        inline: { auditors: allow("sts:AssumeRole") },
      },
      auditor,
    ],
  });
  for (const id of [devId, prodId]) {
    const iam = await administratorOf(aws, id);
    const account = { alias: `account-${id}`, groups: [], users: [] };
    await makeGrownAccount(iam, { ...account, roles: [auditor] });
  }
  const key = keys.get("ada");
  assert.ok(key);
  return key;
}
