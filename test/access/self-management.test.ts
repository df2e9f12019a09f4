import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { checkout } from "../../sandbox/engine/paths";
import { bastionConfig } from "../infra/config-of";
import awsExample from "./aws-self-management.json";
import { userMay, type Mfa } from "./decide";
import { plannedUsers } from "./planned";
import type { UserPolicies } from "./organisation";

const account = "111111111111";
const arn = (resource: string) => `arn:aws:iam::${account}:${resource}`;

const ours = plannedUsers(
  bastionConfig(`
bastionAccountId: "${account}"
accounts: { prod: { id: "033333333333" } }
users: { ada: }
`),
)[0];
const aws: UserPolicies = {
  name: "ada",
  arn: arn("user/ada"),
  documents: [awsExample.document],
};

/** What a user does for themselves, and on what. */
const deeds: readonly (readonly [what: string, action: string, on: string])[] =
  [
    ["change the password", "iam:ChangePassword", arn("user/ada")],
    ["make a device", "iam:CreateVirtualMFADevice", arn("mfa/any-name")],
    ["enrol it", "iam:EnableMFADevice", arn("user/ada")],
    ["take one away", "iam:DeactivateMFADevice", arn("user/ada")],
    ["delete it", "iam:DeleteVirtualMFADevice", arn("mfa/any-name")],
    ["make an access key", "iam:CreateAccessKey", arn("user/ada")],
    ["delete one", "iam:DeleteAccessKey", arn("user/ada")],
    ["upload a certificate", "iam:UploadSigningCertificate", arn("user/ada")],
    ["upload an SSH key", "iam:UploadSSHPublicKey", arn("user/ada")],
    [
      "make a Git password",
      "iam:CreateServiceSpecificCredential",
      arn("user/ada"),
    ],
    ["see the own groups", "iam:ListGroupsForUser", arn("user/ada")],
    ["touch another's key", "iam:DeleteAccessKey", arn("user/bob")],
  ];

const ways: readonly (readonly [string, Mfa])[] = [
  ["key", { kind: "no key" }],
  ["no MFA", { kind: "without" }],
  ["old MFA", { kind: "with", ageSeconds: 36_000 }],
  ["new MFA", { kind: "with", ageSeconds: 10 }],
];

async function table(): Promise<string> {
  assert.ok(ours);
  const rows: string[][] = [
    ["A user may", ...ways.map(([way]) => way)],
    ["---", ...ways.map(() => "---")],
  ];
  for (const [what, action, on] of deeds) {
    const cells: string[] = [];
    for (const [, mfa] of ways) {
      const inExample = await userMay(aws, action, on, mfa);
      const here = await userMay(ours, action, on, mfa);
      const word = (is: boolean) => (is ? "yes" : "no");
      cells.push(
        inExample === here ? word(here) : `${word(inExample)} → ${word(here)}`,
      );
    }
    rows.push([what, ...cells]);
  }
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

describe("what users do for themselves, beside AWS's own example", () => {
  it("is as the table in docs/compared.md says, by the simulator", async () => {
    const text = readFileSync(join(checkout, "docs/compared.md"), "utf8");
    const expected = await format(await table(), { parser: "markdown" });
    assert.ok(
      text.includes(expected.trim()),
      `docs/compared.md should have:\n${expected}`,
    );
  });
});
