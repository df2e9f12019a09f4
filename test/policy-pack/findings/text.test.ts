import { strict as assert } from "node:assert";
import { judge, type StackToJudge } from "../pack";
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

/** What one rule says of one resource, as it is printed. */
function textOf(
  rule: string,
  resources: StackToJudge["resources"],
  organisation: object = {},
  stack = "orders/dev",
): string {
  const found = judge({ stack, resources, config: { organisation } }).filter(
    (one) => one.rule === rule,
  );
  assert.equal(found.length, 1);
  return found[0]?.message ?? "";
}
const trusting = (...statements: readonly Statement[]) => [
  role("Support", { assumeRolePolicy: json(...statements) }),
];

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

  it("gives a remedy that does", () => {
    const fix = (statement: Statement, organisation: object = {}) =>
      textOf("known-accounts-only", trusting(statement), organisation)
        .split("\n")
        .at(-1);
    assert.match(
      fix(trusts({ AWS: root(foreign) })) ?? "",
      new RegExp(
        `take account ${foreign} out; or, .* under accounts, or under`,
      ),
    );
    assert.doesNotMatch(fix(trusts("*")) ?? "", /\d{12}|under accounts/);
    const ofOrganisation = trusts("*", {
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-zzzz123456" } },
    });
    for (const organisations of [[], ["o-acme123456"]]) {
      assert.match(
        fix(ofOrganisation, { organisations }) ?? "",
        /take o-zzzz123456 out; or, .* under organisations\.$/,
      );
    }
    const notTold = [
      role(
        "Support",
        { assumeRolePolicy: json(trusts({ AWS: root(foreign) })) },
        { provider: { region: "eu-west-1" } },
      ),
    ];
    assert.match(
      textOf("known-accounts-only", notTold),
      /name it alone in the provider's allowedAccountIds\.$/,
    );
  });

  it("names the property of a resource that has no statements", () => {
    const permission = (inputs: object) =>
      resource("aws:lambda/permission:Permission", "p", {
        action: "lambda:InvokeFunction",
        function: "f",
        ...inputs,
      });
    const lines = (rule: string, one: ReturnType<typeof resource>) =>
      textOf(rule, [one]).split("\n").slice(2);
    const organisation =
      "with an organisation that the config names under organisations.";
    const byId = "let in the accounts that are meant by their ids.";
    for (const [rule, one, through, fix] of [
      [
        "services-come-for-us",
        permission({ principal: "s3.amazonaws.com" }),
        "principal",
        "give sourceAccount, with the account whose resources the service comes for; or write that account out in the ARN of the source, which of a bucket tells none.",
      ],
      [
        "services-come-for-us",
        permission({ principal: "alexa-appkit.amazon.com" }),
        "principal",
        "give eventSourceToken, with what your own alone have: of a skill of Alexa's, its id (eventSourceToken). The service tells no account.",
      ],
      [
        "known-accounts-only",
        permission({ principal: "*" }),
        "principal",
        `name the account that is meant in principal; or give principalOrgId, ${organisation}`,
      ],
      [
        "known-accounts-only",
        resource("aws:s3/bucketAcl:BucketAcl", "p", {
          bucket: "b",
          acl: "authenticated-read",
        }),
        "acl",
        `take that out of acl, and ${byId}`,
      ],
      [
        "known-accounts-only",
        resource("aws:ec2/amiLaunchPermission:AmiLaunchPermission", "p", {
          imageId: "ami-1",
          group: "all",
        }),
        "group",
        `take that out of group, and ${byId}`,
      ],
    ] as const) {
      assert.deepEqual(lines(rule, one), [
        `  Through: ${through}`,
        `  Fix: ${fix}`,
      ]);
    }
  });

  it("speaks of an organisation where the statement does", () => {
    const trail = (condition: object) =>
      textOf("known-accounts-only", [
        resource("aws:s3/bucketPolicy:BucketPolicy", "logs", {
          bucket: "b",
          policy: json({
            ...allow("s3:PutObject", "arn:aws:s3:::b/*"),
            Principal: { Service: "cloudtrail.amazonaws.com" },
            Condition: { StringLike: condition },
          }),
        }),
      ]);
    const ofSome = trail({ "aws:SourceAccount": "5*" });
    assert.match(ofSome, /for accounts that are not known\n/);
    assert.match(ofSome, /Fix: write out in StringEquals aws:SourceAccount /);
    assert.doesNotMatch(ofSome, /organisation/);
    const other = "o-zzzz123456";
    assert.match(
      trail({ "aws:SourceOrgID": other }),
      new RegExp(`for any account of ${other}\\n[^]*Fix: take ${other} out`),
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
