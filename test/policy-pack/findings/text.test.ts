import { strict as assert } from "node:assert";
import {
  allow,
  bastion,
  dev,
  everything,
  foreign,
  json,
  root,
  trusts,
  type Statement,
} from "../rules/documents";
import { iam, resource, role } from "../rules/resources";
import { bastionStack } from "../rules/rows";
import { textOf, trusting } from "./text-of";

describe("the text of a finding", () => {
  const open = trusts({ AWS: root(bastion) });

  it("says who gets in, in which session, by which statement, and what to do", () => {
    assert.equal(
      textOf("people-need-mfa", trusting({ ...open, Sid: "Legacy" })),
      [
        "assumeRolePolicy lets people in without MFA.",
        `  Who gets in: any user of account ${bastion}, signed with a long-term access key (no MFA keys at all)`,
        '  Through: statement 1 ("Legacy")',
        '  Fix: add to that statement the condition Bool aws:MultiFactorAuthPresent "true", without IfExists.',
      ].join("\n"),
    );
  });

  it("names the user, the role or the service that a document names", () => {
    const first = (principal: object, more: object = {}) =>
      textOf(
        "known-accounts-only",
        trusting(trusts(principal, { ...more })),
      ).split("\n")[1];
    const arn = `arn:aws:iam::${foreign}:user/ada`;
    assert.equal(first({ AWS: arn }), `  Who gets in: the user ${arn}`);
    const ci = `arn:aws:iam::${foreign}:role/ci`;
    assert.equal(
      first({ AWS: ci }),
      `  Who gets in: a session of the role ${ci}`,
    );
    assert.equal(
      first(
        { Service: "sns.amazonaws.com" },
        { Condition: { StringEquals: { "aws:SourceAccount": foreign } } },
      ),
      `  Who gets in: the service sns.amazonaws.com, for account ${foreign}`,
    );
  });

  it("gives the values of the keys that the statement asks about", () => {
    assert.match(
      textOf(
        "known-accounts-only",
        trusting({
          ...trusts({ AWS: root(foreign) }),
          Condition: { StringEquals: { "STS:externalid": "acme" } },
        }),
      ),
      /\n {2}Through: statement 1, with sts:ExternalId "acme"\n/,
    );
  });

  it("says anyone where the account is no matter, and gives no number", () => {
    const whoGetsIn = (...statements: readonly Statement[]) =>
      textOf("known-accounts-only", trusting(...statements));
    assert.match(
      whoGetsIn(trusts("*")),
      /\n {2}Who gets in: anyone with an AWS account\n/,
    );
    const byRole = whoGetsIn(
      trusts("*", {
        Condition: {
          ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ci" },
        },
      }),
    );
    assert.match(
      byRole,
      /: anyone with an AWS account, as a session of the role ci\n/,
    );
    assert.doesNotMatch(byRole, /\d{12}/);
    const queue = (condition: object) =>
      textOf("known-accounts-only", [
        resource("aws:sqs/queuePolicy:QueuePolicy", "orders", {
          policy: json({
            ...allow("sqs:SendMessage"),
            Principal: "*",
            Condition: condition,
          }),
        }),
      ]);
    assert.match(queue({}), /: anyone, without signing in\n/);
    assert.doesNotMatch(
      queue({ Null: { "aws:SourceOwner": "false", "aws:userid": "false" } }),
      /\d{12}/,
    );
  });

  it("names a key in AWS's own case, or else in the document's", () => {
    const conditions = {
      StringLike: {
        "AWS:SOURCEVPC": "vpc-*",
        "s3:DataAccessPointAccount": foreign,
        "redshift:DbUser": "ada",
      },
    };
    const through = textOf(
      "known-accounts-only",
      trusting(trusts("*", { Condition: conditions })),
    );
    for (const key of ["aws:SourceVpc", "s3:Data", "redshift:DbUser"]) {
      assert.ok(through.includes(`with ${key}`), through);
    }
    assert.match(
      textOf(
        "people-need-mfa",
        trusting({
          ...open,
          Condition: { Null: { "aws:multifactorauthpresent": "maybe" } },
        }),
      ),
      /^Undecided: .* Null asks of aws:MultiFactorAuthPresent what is neither/,
    );
  });

  it("shows a resource that a statement writes out, and makes up no other", () => {
    const allowed = (resource: string) =>
      textOf("iam-power-is-guarded", [
        role("R"),
        iam("RolePolicy", "p", {
          role: "R",
          policy: json({
            Effect: "Allow",
            Action: "iam:AttachRolePolicy",
            Resource: resource,
          }),
        }),
      ]).split("\n")[1];
    const words = "  What is allowed: iam:AttachRolePolicy on";
    const admin = `arn:aws:iam::${dev}:role/admin`;
    assert.equal(allowed(admin), `${words} ${admin}`);
    assert.equal(allowed(`${admin}*`), `${words} ${admin}`);
    assert.equal(
      allowed(`arn:aws:iam::${dev}:role/???`),
      `${words} some role of account ${dev}`,
    );
  });

  it("does not show an account that no statement writes out", () => {
    const [, open] = textOf(
      "groups-give-roles-with-mfa",
      [
        iam("Group", "g", { name: "g" }),
        iam("GroupPolicy", "p", {
          group: "g",
          policy: json({
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Resource: "*",
          }),
        }),
      ],
      {},
      bastionStack,
    ).split("\n");
    assert.match(
      open ?? "",
      /: sts:AssumeRole on some role of some account, signed/,
    );
  });

  it("says what is allowed, and of which resource the statement is", () => {
    const [, allowed, through] = textOf("iam-power-is-guarded", [
      role("R"),
      iam("RolePolicy", "p", { role: "R", policy: json(everything) }),
    ]).split("\n");
    assert.equal(
      allowed,
      `  What is allowed: iam:AttachRolePolicy on any role of account ${dev}`,
    );
    assert.equal(through, "  Through: statement 1, of p (policy)");
  });

  it("begins with Undecided where it can't be told", () => {
    assert.equal(
      textOf("iam-power-is-guarded", [
        role("R", {
          managedPolicyArns: ["arn:aws:iam::aws:policy/NewlyMadeFullAccess"],
        }),
      ]),
      [
        "Undecided: whether the role R can change IAM: nothing here says what arn:aws:iam::aws:policy/NewlyMadeFullAccess allows.",
        "  Fix: put the policy into this stack, or exempt the role R in the config with a reason and a date.",
      ].join("\n"),
    );
  });

  for (const [wrong, right] of [
    ["AmazonDynamoDBReadOnly", "AmazonDynamoDBReadOnlyAccess"],
    ["AWSLambdaBasicExecutionRole", "service-role/AWSLambdaBasicExecutionRole"],
    ["AdministratorAcess", "AdministratorAccess"],
    ["readonlyaccess", "ReadOnlyAccess"],
  ] as const) {
    it(`tells ${wrong} as a misspelt ${right}`, () => {
      const named = (name: string) => `arn:aws:iam::aws:policy/${name}`;
      const [problem, fix] = textOf("iam-power-is-guarded", [
        role("R", { managedPolicyArns: [named(wrong)] }),
      ]).split("\n");
      assert.ok(
        problem?.endsWith(
          `${named(wrong)} (which AWS does not have: it has ${named(right)}) allows.`,
        ),
        problem,
      );
      assert.match(
        fix ?? "",
        new RegExp(`^ {2}Fix: name ${named(right)}, if that is meant; or `),
      );
    });
  }

  it("shows what is allowed within a boundary that can't be read", () => {
    const [first, allowed] = textOf("iam-power-is-guarded", [
      role("R", {
        inlinePolicies: [{ name: "p", policy: json(allow("iam:*")) }],
        permissionsBoundary: `arn:aws:iam::${dev}:policy/edge`,
      }),
    ]).split("\n");
    assert.equal(
      first,
      "Undecided: whether the role R can change IAM: its policies allow it, and nothing here says whether its permissionsBoundary closes that.",
    );
    assert.match(
      allowed ?? "",
      /^ {2}What is allowed: iam:\w+ on any role of account/,
    );
  });

  it("shows a chain with each role on the way", () => {
    assert.match(
      textOf("no-escalation-by-role-chaining", [
        role("Strong", {
          assumeRolePolicy: json(trusts({ AWS: root(dev) })),
          inlinePolicies: [{ name: "p", policy: json(everything) }],
        }),
      ]),
      new RegExp(
        `^Whoever holds PowerUser of account ${dev} can reach this role, which is administrator\\.\n  The chain: PowerUser of account ${dev} -> Strong\n  Fix: `,
      ),
    );
  });
});
