import assert from "node:assert/strict";
import { stringify } from "yaml";
import {
  containedIn,
  withContained,
} from "../../../policy-pack/resources/contained";
import { accountOf } from "../../../policy-pack/resources/account";
import type { Contained } from "../../../policy-pack/resources/contained/contained";
import type { Resource } from "../../../policy-pack/resources/resource";
import {
  Unknown,
  Unread,
  withUnknowns,
} from "../../../policy-pack/resources/unknown";
import { unknownText } from "../pack";

const account = "222222222222";

const container = (
  inputs: Readonly<Record<string, unknown>>,
  more: Partial<Resource> = {},
): Resource => ({
  type: "aws:cloudformation/stack:Stack",
  name: "app",
  urn: "urn:pulumi:dev::team::aws:cloudformation/stack:Stack::app",
  inputs: withUnknowns(inputs) as Resource["inputs"],
  outputs: {},
  provider: {
    urn: "urn:pulumi:dev::team::pulumi:providers:aws::default",
    properties: { allowedAccountIds: [account], region: "eu-west-1" },
  },
  propertyDependencies: {},
  ...more,
});

const yaml = (
  templateBody: string,
  more: Readonly<Record<string, unknown>> = {},
) => container({ name: "app", templateBody, ...more });

/** The value that the template computes for one property of the resource R. */
function computed(value: string, more: Readonly<Record<string, unknown>> = {}) {
  const { resources } = containedIn(
    yaml(
      `
Parameters:
  Owner: { Type: String, Default: team }
  Accounts: { Type: CommaDelimitedList, Default: "111111111111, 033333333333" }
  Secret: { Type: "AWS::SSM::Parameter::Value<String>", Default: /a }
  Missing: { Type: String }
Mappings:
  Ids: { eu-west-1: { main: 033333333333 } }
Conditions:
  InEurope: !Equals [!Ref AWS::Region, eu-west-1]
  Elsewhere: !Not [!Condition InEurope]
  Both: !And [!Condition InEurope, !Condition Elsewhere]
  Either: !Or [!Condition InEurope, !Equals [!Ref Missing, x]]
  Open: !Equals [!Ref Missing, x]
Resources:
  Named: { Type: "AWS::IAM::Role", Properties: { RoleName: deploy, Path: /ci/ } }
  Made: { Type: "AWS::IAM::Role" }
  Managed: { Type: "AWS::IAM::ManagedPolicy", Properties: { ManagedPolicyName: m } }
  Table: { Type: "AWS::DynamoDB::Table", Properties: { TableName: t } }
  Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: b } }
  Function: { Type: "AWS::Lambda::Function", Properties: { FunctionName: f } }
  Tokens: { Type: "AWS::IAM::OIDCProvider", Properties: { Url: !Sub "https://\${Owner}.example.com" } }
  Odd: { Type: "AWS::Odd::Thing" }
  R:
    Type: AWS::S3::Bucket
    Properties:
      Value: ${value}
`,
      more,
    ),
  );
  return resources.at(-1)?.inputs["value"];
}

const values: readonly (readonly [string, unknown])[] = [
  ["!Ref Owner", "team"],
  ["!Ref Accounts", ["111111111111", "033333333333"]],
  ["!Ref AWS::AccountId", account],
  ["!Ref AWS::Partition", "aws"],
  ["!Ref AWS::Region", "eu-west-1"],
  ["!Ref AWS::StackName", "app"],
  ["!Ref AWS::URLSuffix", "amazonaws.com"],
  ["033333333333", "033333333333"],
  ["2012-10-17", "2012-10-17"],
  ["!Ref Named", "deploy"],
  ["!Ref Made", "app-Made-XXXXXXXXXXXX"],
  ["!GetAtt Named.Arn", `arn:aws:iam::${account}:role/ci/deploy`],
  ["!GetAtt [Named, Arn]", `arn:aws:iam::${account}:role/ci/deploy`],
  ["!Ref Managed", `arn:aws:iam::${account}:policy/m`],
  ["!Ref Tokens", `arn:aws:iam::${account}:oidc-provider/team.example.com`],
  ["!GetAtt Bucket.Arn", "arn:aws:s3:::b"],
  ["!GetAtt Table.Arn", `arn:aws:dynamodb:eu-west-1:${account}:table/t`],
  ["!GetAtt Function.Arn", `arn:aws:lambda:eu-west-1:${account}:function:f`],
  [
    "!Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${!aws:username}-${Named}",
    `arn:aws:iam::${account}:role/\${aws:username}-deploy`,
  ],
  [
    '!Sub ["${a}-${Named.Arn}", { a: !Ref Owner }]',
    `team-arn:aws:iam::${account}:role/ci/deploy`,
  ],
  [
    '!Join ["", ["arn:aws:iam::", !Ref AWS::AccountId, ":root"]]',
    `arn:aws:iam::${account}:root`,
  ],
  ['!Select [1, !Split [",", "a,b"]]', "b"],
  ["!Select [0, !Ref Accounts]", "111111111111"],
  ["!FindInMap [Ids, !Ref AWS::Region, main]", "033333333333"],
  ["!If [InEurope, yes-it-is, no]", "yes-it-is"],
  ["!If [Elsewhere, a, !If [Both, b, c]]", "c"],
  ["!If [Either, a, b]", "a"],
  ["!If [Elsewhere, a, !Ref AWS::NoValue]", undefined],
  ["[a, !If [Elsewhere, b, !Ref AWS::NoValue]]", ["a"]],
  ["!Sub a:${Odd}", "a:app-Odd-XXXXXXXXXXXX"],
  ['!Join [":", [a, !Ref Odd]]', "a:app-Odd-XXXXXXXXXXXX"],
  ["!Base64 a", "YQ=="],
  ["{ Fn::ToJsonString: { a: !Ref Owner } }", '{"a":"team"}'],
];

const unread: readonly string[] = [
  "!ImportValue shared",
  "!GetAZs eu-west-1",
  "!Ref Secret",
  "!Ref Missing",
  "!Ref Odd",
  "!GetAtt Odd.Thing",
  "!If [Open, a, b]",
  "!If [Nowhere, a, b]",
  "!Sub ${Missing}-a",
  "!Sub a-${Missing}",
  // It may be an ARN.
  "!Sub ${Odd}/*",
  '!Join ["/", [!Ref Odd, a]]',
  '!Join ["", [a, !ImportValue b]]',
  "'{{resolve:ssm:/a}}'",
  "{ Fn::Transform: { Name: M }, a: b }",
  "!FindInMap [Ids, us-east-1, main]",
];

describe("what a template computes", () => {
  for (const [value, right] of values) {
    it(`of ${value} is ${right === undefined ? "left out" : JSON.stringify(right)}`, () => {
      assert.deepEqual(computed(value), right);
    });
  }

  for (const value of unread) {
    it(`is not read of ${value}`, () => {
      assert.ok(computed(value) instanceof Unread);
    });
  }

  it("goes by the values that the stack gives its parameters", () => {
    const parameters = { Owner: "ops", Accounts: "1,2", Missing: "x" };
    assert.equal(computed("!Ref Owner", { parameters }), "ops");
    assert.deepEqual(computed("!Ref Accounts", { parameters }), ["1", "2"]);
    assert.equal(computed("!If [Open, a, b]", { parameters }), "a");
  });

  it("waits for the values that only the deployment tells, and for no others", () => {
    const given = (key: string) => ({ parameterKey: key, parameterValue: "x" });
    const ofAny = [unknownText, [unknownText], [given(unknownText)]];
    for (const parameters of [{ Owner: unknownText }, ...ofAny]) {
      const value = computed("!Sub ${Owner}-a", { parameters });
      assert.ok(value instanceof Unknown && !(value instanceof Unread));
    }
    const parameters = [unknownText, given("Owner")];
    assert.equal(computed("!Ref Owner", { parameters }), "x");
  });
});

/** Forty of them, each with the name of the next. */
const chain = (
  one: (next: string) => unknown,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [`C${at}`, one(`C${at + 1}`)]),
  );

const roleOnly = { Type: "AWS::IAM::Role", Properties: { RoleName: "deploy" } };
const template = {
  Conditions: { Never: { "Fn::Equals": ["a", "b"] } },
  Resources: { Deploy: roleOnly, Not: { ...roleOnly, Condition: "Never" } },
};

describe("what a resource contains", () => {
  it("is the same of a template in JSON and in YAML", () => {
    const [json, text] = [
      JSON.stringify(template),
      stringify(template, { aliasDuplicateObjects: false }),
    ].map((templateBody) => containedIn(yaml(templateBody)));
    const told = (one: Contained | undefined) =>
      one?.resources.map(({ type, name, inputs, outputs, within }) => [
        ...[type, name, inputs, outputs, within?.what],
      ]);
    assert.deepEqual(told(json), told(text));
    assert.deepEqual(told(json), [
      [
        "aws-native:iam:Role",
        "app.Deploy",
        { roleName: "deploy" },
        { roleName: "deploy", arn: `arn:aws:iam::${account}:role/deploy` },
        "Deploy (AWS::IAM::Role)",
      ],
    ]);
  });

  it("has the names that aws-native gives properties, and documents as they are", () => {
    const { resources } = containedIn(
      container(
        {
          typeName: "AWS::EC2::VPCEndpointService",
          desiredState: JSON.stringify({
            TemplateURL: 1,
            Tags: [{ Key: "A", Value: "B" }],
            PolicyDocument: { Statement: [{ Effect: "Allow" }] },
          }),
        },
        { type: "aws:cloudcontrol/resource:Resource" },
      ),
    );
    assert.equal(resources[0]?.type, "aws-native:ec2:VpcEndpointService");
    assert.deepEqual(resources[0].inputs, {
      templateUrl: 1,
      tags: [{ key: "A", value: "B" }],
      policyDocument: { Statement: [{ Effect: "Allow" }] },
    });
  });

  it("is the same of a template that is an object", () => {
    const inner = JSON.stringify({ TemplateBody: template });
    for (const one of [
      yaml(JSON.stringify(template)),
      container({ templateBody: template }),
      ...[
        container(
          { typeName: "AWS::CloudFormation::Stack", desiredState: inner },
          { type: "aws:cloudcontrol/resource:Resource" },
        ),
        container({
          templateBody: {
            Resources: {
              Inner: {
                Type: "AWS::CloudFormation::Stack",
                Properties: { TemplateBody: template },
              },
            },
          },
        }),
      ],
    ]) {
      const last = withContained(one).at(-1);
      assert.equal(last?.type, "aws-native:iam:Role");
      assert.equal(last.inputs["roleName"], "deploy");
    }
  });

  it("waits for the parts of an object that only the deployment tells", () => {
    for (const templateBody of [
      { Resources: unknownText },
      { Resources: { Deploy: unknownText } },
      { Resources: { Deploy: { ...roleOnly, Properties: unknownText } } },
    ]) {
      const { resources, unread } = containedIn(container({ templateBody }));
      assert.deepEqual(resources, []);
      assert.equal(unread.length, 1);
      assert.ok(!(unread[0]?.value instanceof Unread));
    }
  });

  it("lies in templates that lie in templates as well", () => {
    const inner = {
      Type: "AWS::CloudFormation::StackSet",
      Properties: {
        StackSetName: "all",
        TemplateBody: JSON.stringify(template),
      },
    };
    const all = withContained(
      yaml(JSON.stringify({ Resources: { Inner: inner } })),
    );
    assert.deepEqual(
      all.map(({ type }) => type),
      [
        "aws:cloudformation/stack:Stack",
        "aws-native:cloudformation:StackSet",
        "aws-native:iam:Role",
      ],
    );
    assert.equal(all[2]?.within?.what, "Deploy (AWS::IAM::Role)");
  });

  it("stands in an account that nothing names, where none shows", () => {
    const standsIn = (description: unknown, type: string) => {
      const Properties = { Description: description };
      const templateBody = JSON.stringify({
        Resources: { Deploy: { ...roleOnly, Properties } },
      });
      const more = { type, provider: { urn: "", properties: {} } };
      const [role] = containedIn(container({ templateBody }, more)).resources;
      assert.ok(role);
      return [accountOf(role), role.inputs["description"]];
    };
    for (const type of [
      "aws:cloudformation/stack:Stack",
      "aws:cloudformation/stackSet:StackSet",
    ]) {
      const [own, said] = standsIn({ Ref: "AWS::AccountId" }, type);
      assert.equal(own, "000000000000");
      assert.equal(said, own);
      const [other] = standsIn("not 000000000000", type);
      assert.equal(other, "000000000001");
      assert.ok(standsIn({ Ref: "AWS::Region" }, type)[1] instanceof Unread);
      // In an ARN it decides nothing.
      const inArn = { "Fn::Sub": "arn:aws:logs:${AWS::Region}" };
      assert.equal(standsIn(inArn, type)[1], "arn:aws:logs:us-east-1");
    }
  });

  it("stands in the account of a stack that is made", () => {
    const [role] = containedIn(
      container(
        { templateBody: JSON.stringify({ Resources: { Deploy: roleOnly } }) },
        {
          outputs: {
            id: `arn:aws:cloudformation:eu-west-1:${account}:stack/app/1a2b`,
          },
          provider: { urn: "", properties: {} },
        },
      ),
    ).resources;
    assert.equal(role && accountOf(role), account);
  });

  const circles = {
    "names that refer to each other": {
      Resources: {
        A: { Type: "AWS::IAM::Role", Properties: { RoleName: { Ref: "B" } } },
        B: { Type: "AWS::IAM::Role", Properties: { RoleName: { Ref: "A" } } },
      },
    },
    "conditions that name each other": {
      Conditions: { A: { Condition: "B" }, B: { Condition: "A" } },
      Resources: { A: { ...roleOnly, Condition: "A" } },
    },
  };
  for (const [what, circle] of Object.entries(circles)) {
    it(`is not read where there are ${what}`, () => {
      const { resources, unread } = containedIn(yaml(JSON.stringify(circle)));
      assert.deepEqual(resources, []);
      assert.equal(unread.length, 1);
    });
  }

  const endless = {
    "conditions that name the next one twice": {
      Conditions: chain((next) => ({
        "Fn::And": [{ Condition: next }, { Condition: next }],
      })),
      Resources: { A: { ...roleOnly, Condition: "C0" } },
    },
    "names that hold the next one twice": {
      Resources: chain((next) => ({
        Type: "AWS::IAM::Role",
        Properties: { RoleName: { "Fn::Sub": `\${${next}}\${${next}}` } },
      })),
    },
    "paths that hold the next one twice": {
      Resources: chain((next) => ({
        Type: "AWS::IAM::Role",
        Properties: {
          Path: { "Fn::Join": [{ Ref: next }, [{ Ref: next }, { Ref: next }]] },
        },
      })),
    },
  };
  for (const [what, body] of Object.entries(endless)) {
    it(`is told soon where there are ${what}`, () => {
      const start = process.cpuUsage();
      containedIn(yaml(JSON.stringify(body)));
      assert.ok(process.cpuUsage(start).user < 500_000);
    });
  }

  it("ends where a template makes stack sets of itself", () => {
    const makesItself = {
      Parameters: { P: { Type: "String" } },
      Resources: chain(() => ({
        Type: "AWS::CloudFormation::StackSet",
        Properties: {
          TemplateBody: { Ref: "P" },
          Parameters: [{ ParameterKey: "P", ParameterValue: { Ref: "P" } }],
        },
      })),
    };
    const templateBody = JSON.stringify(makesItself);
    const all = withContained(
      container({ templateBody, parameters: { P: templateBody } }),
    );
    const unread = all.flatMap((one) => containedIn(one).unread);
    assert.ok(
      unread.some(
        ({ value }) =>
          value instanceof Unread && value.why.includes("50 templates"),
      ),
    );
  });

  it("is not read of what is no template, nor of aliases and several, which CloudFormation refuses", () => {
    const two = "Resources: {}\n---\nResources: {A: {Type: AWS::IAM::User}}";
    for (const text of ["{", "a: [", "Resources: &a {A: *a}", "a: b", two]) {
      const { resources, unread } = containedIn(yaml(text));
      assert.deepEqual(resources, []);
      assert.equal(unread.length, 1, text);
    }
  });
});
