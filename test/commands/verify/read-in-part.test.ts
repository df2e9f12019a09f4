import assert from "node:assert/strict";
import {
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  readAccounts,
  readOrganisation,
} from "../../../commands/accounts/organisation";
import { defaultSettings } from "../../../commands/verify/facts";
import { unreadWords } from "../../../commands/verify/formats/words";
import { exitCode, verify, type Report } from "../../../commands/verify/report";
import type { SandboxAws } from "../../../sandbox/aws";
import { startTwoAccounts } from "../../sandbox/aws/clients";
import {
  administrator,
  bastionId,
  committedExpectation,
  devId,
  inside,
  wayInto,
} from "./accounts";
import { documentOf } from "./live-accounts";

const accounts = [
  { id: bastionId, name: "bastion" },
  { id: devId, name: "dev" },
];

const parts = [
  ["root", "iam:GetAccountSummary", ["root-keys"]],
  ["the alias", "iam:ListAccountAliases", ["account-alias-differs"]],
  [
    "the password policy",
    "iam:GetAccountPasswordPolicy",
    ["password-policy-weak"],
  ],
  ["the identity providers", "iam:ListOpenIDConnectProviders", []],
] as const;

describe("verify, where one part of an account can't be read,", () => {
  let aws: SandboxAws;
  const policy = {
    RoleName: "OrganizationAccountAccessRole",
    PolicyName: "closed",
  };

  before(async () => {
    aws = await startTwoAccounts();
    inside(aws, bastionId).root.accessKeys = 1;
  });
  after(() => aws.close());

  const report = async (): Promise<Report> =>
    verify(
      await readOrganisation(wayInto(aws), accounts),
      { ...committedExpectation(), accountAlias: "acme" },
      defaultSettings,
      new Date(),
    );
  const kindsOf = ({ findings }: Report): ReadonlySet<string> =>
    new Set(
      findings
        .filter(({ account }) => account.id === bastionId)
        .map(({ rule }) => rule),
    );

  for (const [part, action, kinds] of parts) {
    it(`says so of ${part}, and judges the rest`, async () => {
      const whole = await report();
      const { iam } = administrator(aws, bastionId);
      const Deny = { Effect: "Deny", Action: action, Resource: "*" };
      await iam.send(
        new PutRolePolicyCommand({
          ...policy,
          PolicyDocument: documentOf(Deny),
        }),
      );
      const partly = await report();
      const strict = await readAccounts(wayInto(aws), accounts);
      await iam.send(new DeleteRolePolicyCommand(policy));

      assert.deepEqual(whole.unread, []);
      assert.equal(exitCode(partly), 2);
      assert.match(
        partly.unread.map(unreadWords).join(),
        new RegExp(
          `^${part} of bastion \\(${bastionId}\\) could not be read: AccessDenied`,
        ),
      );
      assert.deepEqual(
        partly.accounts.map(({ name }) => name),
        ["bastion", "dev"],
      );
      const left = [...kindsOf(whole)].filter(
        (kind) => !kindsOf(partly).has(kind),
      );
      assert.deepEqual(left, kinds);
      // What removes takes an account for read only when all of it is.
      assert.deepEqual(
        strict.unread.map(({ name }) => name),
        ["bastion"],
      );
    });
  }
});
