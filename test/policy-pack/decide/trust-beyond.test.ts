import { strict as assert } from "node:assert";
import { trustBeyond } from "../../../policy-pack/decide/trust-beyond";
import { callerWords } from "../../../policy-pack/findings/words";
import { readWell } from "./reading";

const bastion = "arn:aws:iam::111111111111:root";
const github =
  "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com";
const withMfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
const fresh = {
  ...withMfa,
  NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
};

const letIn = (
  Principal: unknown,
  Condition = {},
  Action: unknown = "sts:AssumeRole",
) => ({
  Effect: "Allow",
  Principal,
  Action,
  Condition,
});
const ofWorkflows = (
  subject: string | readonly string[],
  operator = "StringEquals",
) =>
  letIn(
    { Federated: github },
    {
      StringEquals: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
      },
      [operator === "StringEquals" ? "ForAnyValue:StringEquals" : operator]: {
        "token.actions.githubusercontent.com:sub": subject,
      },
    },
    "sts:AssumeRoleWithWebIdentity",
  );

type Trust = readonly object[];

/** Who gets in by the one and not by the other. */
function beyond(found: Trust, meant: Trust): string {
  const read = (Statement: Trust) =>
    readWell({ Version: "2012-10-17", Statement }, "trust");
  const verdict = trustBeyond(read(found), read(meant));
  return verdict.answer === "open"
    ? callerWords(verdict.witness)
    : verdict.answer;
}

const ownName = { "sts:RoleSessionName": "${aws:username}" };
const onlyUsers = {
  ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/*" },
};
const named = (condition: object) =>
  letIn({ AWS: bastion }, { ...onlyUsers, ...condition });

const people = letIn({ AWS: bastion }, withMfa);
const anyUser = "any user of account 111111111111";

const cases: readonly {
  readonly name: string;
  readonly one: Trust;
  readonly other: Trust;
  readonly more?: string;
  readonly less?: string;
}[] = [
  {
    name: "the account's id for its root, and the condition's words in another case",
    one: [people],
    other: [
      letIn(
        { AWS: "111111111111" },
        { Bool: { "AWS:multifactorauthpresent": "true" } },
      ),
    ],
  },
  {
    name: "two statements for one",
    one: [letIn({ AWS: bastion, Service: "ec2.amazonaws.com" })],
    other: [letIn({ Service: "ec2.amazonaws.com" }), letIn({ AWS: bastion })],
  },
  {
    name: "a user more, whom the account's root names as well",
    one: [
      people,
      letIn({ AWS: "arn:aws:iam::111111111111:user/ada" }, withMfa),
    ],
    other: [people],
  },
  {
    name: "no MFA",
    one: [letIn({ AWS: bastion })],
    other: [people],
    more: anyUser,
  },
  {
    name: "MFA of any age",
    one: [people],
    other: [letIn({ AWS: bastion }, fresh)],
    more: anyUser,
  },
  {
    name: "a session's name if it exists, which it always does",
    one: [named({ StringEqualsIfExists: ownName })],
    other: [named({ StringEquals: ownName })],
  },
  {
    name: "a session's name that is not the user's",
    one: [letIn({ AWS: bastion }, onlyUsers)],
    other: [named({ StringEquals: ownName })],
    more: anyUser,
  },
  {
    name: "another name of a session beside the user's",
    one: [
      named({
        StringEquals: {
          "sts:RoleSessionName": ["${aws:username}", "ada"],
        },
      }),
    ],
    other: [named({ StringEquals: ownName })],
    more: anyUser,
  },
  {
    name: "the user's name in any case",
    one: [named({ StringEqualsIgnoreCase: ownName })],
    other: [named({ StringEquals: ownName })],
    more: anyUser,
  },
  {
    name: "any name but the user's",
    one: [named({ StringNotEquals: ownName })],
    other: [named({ StringEquals: ownName })],
    more: anyUser,
    less: anyUser,
  },
  {
    name: "another account",
    one: [people, letIn({ AWS: "arn:aws:iam::222222222222:root" }, withMfa)],
    other: [people],
    more: "any user of account 222222222222",
  },
  {
    name: "a role by its ARN for everybody",
    one: [letIn({ AWS: "arn:aws:iam::222222222222:role/ReadOnly" })],
    other: [people],
    more: "a session of the role arn:aws:iam::222222222222:role/ReadOnly",
    less: anyUser,
  },
  {
    name: "a service",
    one: [people, letIn({ Service: "lambda.amazonaws.com" })],
    other: [people],
    more: "the service lambda.amazonaws.com",
  },
  {
    name: "everybody",
    one: [letIn("*", withMfa)],
    other: [people],
    more: "anyone with an AWS account",
  },
  {
    name: "a stranger's repository",
    one: [ofWorkflows("repo:mallory/fork:ref:refs/heads/main")],
    other: [ofWorkflows("repo:acme/platform:ref:refs/heads/main")],
    more: `anyone with a token of ${github}`,
    less: `anyone with a token of ${github}`,
  },
  {
    name: "any branch of the repository",
    one: [ofWorkflows("repo:acme/platform:*", "StringLike")],
    other: [
      ofWorkflows("repo:acme/platform:ref:refs/heads/main", "StringLike"),
    ],
    more: `anyone with a token of ${github}`,
  },
  {
    name: "tags of a session",
    one: [
      letIn({ AWS: bastion }, withMfa, ["sts:AssumeRole", "sts:TagSession"]),
    ],
    other: [people],
    more: anyUser,
  },
  {
    name: "a Deny more",
    one: [
      people,
      {
        ...letIn(
          { AWS: bastion },
          { BoolIfExists: { "aws:SecureTransport": "false" } },
        ),
        Effect: "Deny",
      },
    ],
    other: [people],
    less: anyUser,
  },
  {
    name: "a user who was deleted",
    one: [people, letIn({ AWS: "AIDAEXAMPLEEXAMPLE234" })],
    other: [people],
    more: "whoever has the id AIDAEXAMPLEEXAMPLE234",
  },
];

describe("whom one of two trust policies lets in", () => {
  for (const { name, one, other, more = "closed", less = "closed" } of cases) {
    it(name, () => {
      assert.equal(beyond(one, other), more);
      assert.equal(beyond(other, one), less);
    });
  }
});
