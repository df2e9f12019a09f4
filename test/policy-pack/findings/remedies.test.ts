import { strict as assert } from "node:assert";
import {
  allow,
  bastion,
  dev,
  foreign,
  json,
  people,
  root,
  trusts,
  type Statement,
} from "../rules/documents";
import { resource, role } from "../rules/resources";
import { textOf, trusting } from "./text-of";

describe("the remedy of a finding", () => {
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

  it("has nobody locked out by what another is asked for", () => {
    assert.match(
      textOf(
        "vendors-need-an-external-id",
        trusting(trusts({ AWS: [root(foreign), root(bastion)] })),
        { vendors: [{ account: foreign }] },
      ),
      /in a statement that trusts the vendor alone/,
    );
    assert.match(
      textOf("administrators-need-fresh-mfa", [
        role("OpsSudo", { assumeRolePolicy: json(people()) }),
      ]),
      /statement that trusts people, and trust nobody else there/,
    );
    const issuer = "token.actions.githubusercontent.com";
    const provider = `arn:aws:iam::${dev}:oidc-provider/${issuer}`;
    for (const [others, where] of [
      [{}, ""],
      [
        { Service: "lambda.amazonaws.com" },
        "give the provider a statement of its own, and there ",
      ],
    ] as const) {
      const open = trusts(
        { Federated: provider, ...others },
        {
          Action: ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"],
          Condition: {
            StringEquals: { [`${issuer}:sub`]: "repo:acme/shop:ref:x" },
          },
        },
      );
      assert.ok(
        textOf("federation-is-pinned", trusting(open)).includes(
          `Fix: ${where}ask for StringEquals ${issuer}:aud`,
        ),
      );
    }
  });
});
