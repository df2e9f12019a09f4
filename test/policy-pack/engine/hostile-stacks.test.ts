import assert from "node:assert/strict";
import fc from "fast-check";
import { awsManagedPolicy } from "../../../policy-pack/identities/aws-managed";
import { runs } from "../../run/property-tests";
import { judge, unknownText, type Declared } from "../pack";
import { json, trusts } from "../rules/documents";
import { resource, role } from "../rules/resources";

/** What a terminal or a build's log obeys. */
const obeyed =
  /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|^\s*::[a-z]|##\[|##vso\[/imu;

const oddText = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "",
    "*",
    "${aws:username}",
    "${",
    "\u001b[2J",
    "\u202e",
    "\n  Fix: nothing.",
    "\n::add-mask::1",
    "##[error]",
    "arn:aws:iam::111111111111:root",
    "arn:aws:iam::111111111111:user/*",
    unknownText,
    "NaN",
    "-1",
    "\ud800",
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("x", "*", "?", "$").map((one) => one.repeat(3_000)),
);

const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    oddText,
    fc.constantFrom(null, true, 0, -0, 1e308),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(oddKey(), tie("value"), { maxKeys: 4 }),
  ),
})).value;

/** Keys of IAM documents and of resources, so that the odd values get to where they are read. */
function oddKey(): fc.Arbitrary<string> {
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        "Version",
        "Statement",
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "AWS",
        "Federated",
        "Service",
        "Action",
        "NotAction",
        "Resource",
        "Condition",
        "StringEquals",
        "Bool",
        "NumericLessThan",
        "ForAllValues:StringLike",
        "aws:MultiFactorAuthPresent",
        "aws:PrincipalArn",
        "sts:ExternalId",
        "Resources",
        "Type",
        "Properties",
      ),
    },
    { weight: 1, arbitrary: oddText },
  );
}

const statement = fc
  .record(
    {
      Effect: fc.oneof(fc.constant("Allow"), value),
      Principal: fc.oneof(
        fc.constant({ AWS: "arn:aws:iam::111111111111:root" }),
        value,
      ),
      Action: fc.oneof(fc.constant("sts:AssumeRole"), value),
      Condition: fc.dictionary(
        oddKey(),
        fc.dictionary(oddKey(), value, { maxKeys: 2 }),
        { maxKeys: 2 },
      ),
      Sid: oddText,
      Resource: value,
    },
    { requiredKeys: ["Effect", "Action"] },
  )
  .map((one) => ({ Version: "2012-10-17", Statement: [one] }));

const document = fc.oneof(
  statement.map((one) => JSON.stringify(one)),
  statement,
  value.map((one) => JSON.stringify(one)),
  value,
  oddText,
);

const declared: fc.Arbitrary<Declared> = fc.record({
  type: fc.oneof(
    fc.constantFrom(
      "aws:iam/role:Role",
      "aws:iam/policy:Policy",
      "aws:iam/rolePolicy:RolePolicy",
      "aws:iam/user:User",
      "aws:iam/groupPolicy:GroupPolicy",
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:kms/key:Key",
      "aws:cloudformation/stack:Stack",
      "aws-native:iam:Role",
      "aws:ssoadmin/permissionSet:PermissionSet",
    ),
    oddText,
  ),
  name: oddText,
  inputs: fc.dictionary(
    fc.oneof(
      fc.constantFrom(
        "assumeRolePolicy",
        "assumeRolePolicyDocument",
        "policy",
        "policyDocument",
        "inlinePolicy",
        "inlinePolicies",
        "templateBody",
        "name",
        "role",
        "arn",
        "managedPolicyArns",
        "url",
        "maxSessionDuration",
        "tags",
      ),
      oddText,
    ),
    document,
    { maxKeys: 5 },
  ),
});

describe("a stack of somebody hostile, under the policy pack", () => {
  it("is judged to its end, in words that no terminal and no log obeys, whatever it holds", () => {
    let slowest = 0;
    fc.assert(
      fc.property(
        fc.array(declared, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (resources, isPreview) => {
          const began = process.cpuUsage();
          const found = judge({ resources, isPreview });
          slowest = Math.max(slowest, process.cpuUsage(began).user);
          for (const { message } of found) {
            // In the words of @pulumi/policy, which the engine shows as they are.
            if (message.endsWith("can't be known during preview")) continue;
            assert.doesNotMatch(message, obeyed);
            assert.doesNotMatch(message, /^ {2}Fix: nothing\./m);
          }
        },
      ),
      { numRuns: runs(60) },
    );
    // Microseconds, for a stack of at most four resources.
    assert.ok(slowest < 10_000_000, `${slowest / 1e6} s`);
  });

  it("tells what it names in a finding as text, and forges no line of it", () => {
    const [found] = judge({
      resources: [
        role("open", {
          assumeRolePolicy: json({
            Sid: "a\u001b[2J\u202e\n  Fix: nothing.",
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::111111111111:root" },
            Action: "sts:AssumeRole",
          }),
        }),
        resource("aws:iam/user:User", "\u009b31m", { name: "ada" }),
      ],
    }).filter(({ message }) => message.includes("\\u001b[2J"));
    assert.ok(found);
    assert.doesNotMatch(found.message, obeyed);
    assert.doesNotMatch(found.message, /^ {2}Fix: nothing\./m);
  });

  for (const name of ["constructor", "toString", "valueOf"]) {
    it(`finds nothing read where only every object has a ${name}`, () => {
      const template = (principal: object): object => ({
        Parameters: { [name]: { Type: "String" } },
        Resources: {
          Made: {
            Type: "AWS::IAM::Role",
            Properties: {
              AssumeRolePolicyDocument: trusts({ AWS: principal }),
            },
          },
        },
      });
      const stacks = [{ Ref: name }, { "Fn::Sub": [`\${${name}}`, {}] }].map(
        (principal, index) =>
          resource("aws:cloudformation/stack:Stack", `stack-${index}`, {
            templateBody: JSON.stringify(template(principal)),
            parameters: {},
          }),
      );
      const found = judge({
        resources: stacks,
        isPreview: false,
      }).filter(({ rule }) => rule === "no-unread-access");
      assert.deepEqual(
        found.map(({ resource: of }) => of),
        ["stack-0", "stack-1"],
      );
      const arn = `arn:aws:iam::aws:policy/${name}`;
      assert.deepEqual(awsManagedPolicy(arn), { kind: "unseen", named: arn });
    });
  }

  it("repeats no secret that stands in it, also in a finding about it", () => {
    const planted = (what: string): string => `planted-${what}-8f3a61c2d9`;
    const resources = [
      resource("aws:iam/accessKey:AccessKey", "key", {
        user: "ada",
        secret: planted("key"),
        sesSmtpPasswordV4: planted("smtp"),
      }),
      resource("aws:iam/userLoginProfile:UserLoginProfile", "login", {
        user: "ada",
        password: planted("login"),
      }),
      resource("aws:rds/instance:Instance", "database", {
        password: planted("database"),
        masterUserPassword: planted("master"),
      }),
      resource("aws:lambda/function:Function", "job", {
        environment: { variables: { TOKEN: planted("variable") } },
      }),
      resource("aws:iam/user:User", "ada", {
        name: "ada",
        tags: { note: planted("tag") },
      }),
      role("open", {
        assumeRolePolicy: json({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: "sts:AssumeRole",
        }),
        description: planted("description"),
      }),
      resource("aws:cloudformation/stack:Stack", "template", {
        parameters: { Password: planted("parameter") },
        templateBody: `Resources: { Made: { Type: "AWS::IAM::User", Properties: { LoginProfile: { Password: ${planted("template")} } } } }`,
      }),
    ];
    for (const isPreview of [true, false]) {
      const found = judge({ resources, isPreview });
      for (const named of ["key", "login", "open"]) {
        assert.ok(
          found.some((one) => one.resource === named),
          `nothing is found of ${named}`,
        );
      }
      for (const { message } of found) assert.doesNotMatch(message, /planted-/);
    }
  });
});
