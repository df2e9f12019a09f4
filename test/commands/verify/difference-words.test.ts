import assert from "node:assert/strict";
import type { LiveRole } from "../../../commands/accounts/live-account";
import { trustDifferences } from "../../../commands/verify/compare";
import { committedExpectation, prodId } from "./accounts";
import { deployedBut } from "./as-deployed";

const expected = committedExpectation();

interface Statement {
  readonly Condition: Readonly<
    Record<string, Readonly<Record<string, string>>>
  >;
}

const roles = deployedBut(expected, (live) => live).accounts.flatMap(
  ({ id, live }) => (id === prodId ? live.roles : []),
);

/** A role as it was deployed, and the only statement of its trust policy. */
function trustOf(name: string): readonly [LiveRole, object, Statement] {
  const role = roles.find((one) => one.name === name);
  assert.ok(role);
  const meant = JSON.parse(role.trust) as { readonly Statement: [Statement] };
  return [role, meant, meant.Statement[0]];
}

const [opsSudo, meant, statement] = trustOf("OpsSudo");

const differences = (...Statement: readonly object[]): readonly string[] =>
  [
    ...trustDifferences(
      { ...opsSudo, trust: JSON.stringify({ ...meant, Statement }) },
      meant,
    ),
  ].map(({ words }) => words);

const asking = (change: object): object => ({
  ...statement,
  Condition: { ...statement.Condition, ...change },
});

const denying = (Condition: object): object => ({
  Effect: "Deny",
  Principal: "*",
  Action: "sts:AssumeRole",
  Condition,
});

const user = "any user of account 111111111111 with MFA given 3599 seconds ago";
const own =
  'statement 1 ("BastionUsersWithMfa"), with aws:SecureTransport "true"';
const lessFor = `does not let in ${user} by ${own}, with sts:RoleSessionName "anyone", as the config does: its trust policy`;

interface Row {
  readonly title: string;
  readonly found: readonly object[];
  readonly words: readonly string[];
}

const rows: readonly Row[] = [
  {
    title: "the condition of the config that is gone",
    found: [asking({ StringEquals: {} })],
    words: [
      `lets in ${user} by ${own}, and the config does not: it asks for StringEquals sts:RoleSessionName "\${aws:username}"`,
    ],
  },
  {
    title: "the action that is more",
    found: [{ ...statement, Action: "sts:*" }],
    words: [
      `lets in ${user} for sts:AssumeRoleWithSAML by ${own}, with sts:RoleSessionName "anyone", and the config does not`,
    ],
  },
  {
    title: "the statement that denies, and the date on which it does",
    found: [
      statement,
      denying({
        DateGreaterThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" },
      }),
    ],
    words: [
      `${lessFor} denies it by statement 2, with aws:CurrentTime "2030-01-01T00:00:00Z"`,
    ],
  },
  {
    title: "the statement that denies, and the key that is missing",
    found: [statement, denying({ Null: { "aws:SourceVpc": "true" } })],
    words: [`${lessFor} denies it by statement 2, without aws:SourceVpc`],
  },
  {
    title: "the condition that asks for more",
    found: [asking({ NumericLessThan: { "aws:MultiFactorAuthAge": "900" } })],
    words: [`${lessFor} asks for NumericLessThan aws:MultiFactorAuthAge "900"`],
  },
  {
    title: "nothing of IfExists on a session's name, which always exists",
    found: [
      asking({
        StringEquals: {},
        StringEqualsIfExists: statement.Condition["StringEquals"],
      }),
    ],
    words: [],
  },
  {
    title: "nothing of IfExists on the age of MFA, which comes with MFA",
    found: [
      asking({
        NumericLessThan: {},
        NumericLessThanIfExists: statement.Condition["NumericLessThan"],
      }),
    ],
    words: [],
  },
  {
    title: "nothing of MFA beside its age, which does not come without it",
    found: [asking({ Bool: { "aws:SecureTransport": "true" } })],
    words: [],
  },
  {
    title: "the age of MFA that may be missing where MFA may be, too",
    found: [
      asking({
        Bool: { "aws:SecureTransport": "true" },
        NumericLessThan: {},
        NumericLessThanIfExists: statement.Condition["NumericLessThan"],
      }),
    ],
    words: [
      `lets in any user of account 111111111111 without MFA by ${own}, with sts:RoleSessionName "anyone", and the config does not: it asks for Bool aws:MultiFactorAuthPresent "true" and NumericLessThan aws:MultiFactorAuthAge "3600"`,
    ],
  },
];

describe("a difference of two trust policies, in words, names", () => {
  for (const { title, found, words } of rows) {
    it(title, () => {
      assert.deepEqual(differences(...found), words);
    });
  }
});
