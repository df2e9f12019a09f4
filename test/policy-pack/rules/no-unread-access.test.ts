import { unknownText } from "../pack";
import {
  allow,
  document,
  everything,
  foreign,
  root,
  service,
  trusts,
} from "./documents";
import { resource } from "./resources";
import { testRows, type Row } from "./rows";
import { inYaml, made, role, roleIn, stack, stackSet } from "./templates";

const rule = "no-unread-access";

const trustOfOwn = {
  "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/deploy-${AWS::Region}",
};
const sam = {
  Transform: "AWS::Serverless-2016-10-31",
  ...made("AWS::Serverless::Function", { Handler: "index.handler" }),
};

const include = { "Fn::Transform": { Name: "AWS::Include" } };
const native = (name: string, templateBody: unknown) =>
  resource("aws-native:cloudformation:Stack", name, { templateBody });

const rows: readonly Row[] = [
  {
    title: "lets be what it reads in whole",
    resources: [
      stack("yaml", inYaml(roleIn(document(service)))),
      stack("empty", { Resources: {} }),
      stack("own", roleIn(document(trusts({ AWS: trustOfOwn }))), {
        region: "eu-west-1",
      }),
      // Nobody is let in by a description.
      stack(
        "shared",
        roleIn(document(service), { Description: { "Fn::ImportValue": "a" } }),
      ),
    ],
  },
  {
    title: "says which value of a template it can't read, and why",
    resources: [
      stack(
        "trust",
        roleIn(document(trusts({ AWS: { "Fn::ImportValue": "people" } }))),
      ),
      stack(
        "attached",
        roleIn(document(service), { ManagedPolicyArns: [{ Ref: "Nowhere" }] }),
      ),
      stack(
        "bucket",
        made("AWS::S3::BucketPolicy", {
          Bucket: "b",
          PolicyDocument: { "Fn::ImportValue": "a" },
        }),
      ),
    ],
    finds: [
      {
        resource: "trust",
        kind: "undecided",
        field: "assumeRolePolicyDocument.Statement[0].Principal.AWS",
        says: ["In Made (AWS::IAM::Role)", "Fn::ImportValue"],
      },
      {
        resource: "attached",
        kind: "undecided",
        field: "managedPolicyArns[0]",
      },
      { resource: "bucket", kind: "undecided", field: "policyDocument" },
    ],
  },
  {
    title: "says which templates it can't read at all",
    resources: [
      resource("aws:cloudformation/stack:Stack", "far", {
        templateUrl: "https://example.com/template.yaml",
      }),
      stack(
        "nested",
        made("AWS::CloudFormation::Stack", {
          TemplateURL: "https://example.com/t",
        }),
      ),
      stack("torn", "{"),
      stack("module", made("Acme::Roles::Deploy::MODULE")),
      stack("loop", { Resources: { "Fn::ForEach::Roles": ["A", ["b"], {}] } }),
      stack("sam", sam),
      stack("perhaps", {
        Conditions: {
          Here: { "Fn::Equals": [{ "Fn::ImportValue": "a" }, "b"] },
        },
        ...made("AWS::IAM::Role", role(document(service)), {
          Condition: "Here",
        }),
      }),
      stack("perhaps-a-bucket", {
        Conditions: {
          Here: { "Fn::Equals": [{ "Fn::ImportValue": "a" }, "b"] },
        },
        ...made("AWS::S3::Bucket", {}, { Condition: "Here" }),
      }),
      resource("aws:cloudcontrol/resource:Resource", "state", {
        typeName: "AWS::IAM::Role",
        desiredState: "{",
      }),
    ],
    finds: [
      { resource: "far", kind: "undecided", says: ["at a URL"] },
      { resource: "nested", kind: "undecided", says: ["at a URL", "Made"] },
      { resource: "torn", kind: "undecided" },
      { resource: "module", kind: "undecided", says: ["Made"] },
      { resource: "loop", kind: "undecided", says: ["Fn::ForEach"] },
      { resource: "sam", kind: "undecided", says: ["macro"] },
      { resource: "sam", kind: "undecided", says: ["SAM makes"] },
      { resource: "perhaps", kind: "undecided", says: ["whether Made"] },
      { resource: "state", kind: "undecided", says: ["no JSON"] },
    ],
  },
  {
    title: "says what is neither a text nor an object, and what a macro writes",
    resources: [
      native("list", [{}]),
      native("number", 1),
      native("torn", { Resources: "all" }),
      stack("text", "only a text"),
      stack("entry", { Resources: { Made: include } }),
      stack("beside", roleIn(document(service), {}, include)),
      stack("among", roleIn(document(service), include)),
      stack("whole", { ...include, ...made("AWS::SNS::Topic") }),
      stack("condition", {
        Conditions: include,
        ...roleIn(document(service), {}, { Condition: "Here" }),
      }),
      stack("map", {
        Mappings: { Ids: { main: { ...include, id: foreign } } },
        ...roleIn(
          document(trusts({ AWS: { "Fn::FindInMap": ["Ids", "main", "id"] } })),
        ),
      }),
      // Metadata makes nothing.
      stack("nothing", { Metadata: include, ...roleIn(document(service)) }),
      resource("aws:cloudcontrol/resource:Resource", "state", {
        typeName: "AWS::IAM::User",
        desiredState: "[]",
      }),
      resource("aws-native:index:ExtensionResource", "topic", {
        type: "AWS::SNS::Topic",
      }),
    ],
    finds: [
      { resource: "list", kind: "undecided", says: ["no Resources"] },
      { resource: "number", kind: "undecided", says: ["no Resources"] },
      { resource: "torn", kind: "undecided", says: ["no Resources"] },
      { resource: "text", kind: "undecided", says: ["no Resources"] },
      ...["entry", "beside", "among", "whole", "condition"].map((name) => ({
        resource: name,
        kind: "undecided" as const,
        says: ["macro"],
      })),
      {
        resource: "map",
        kind: "undecided",
        field: "assumeRolePolicyDocument.Statement[0].Principal.AWS",
      },
      { resource: "state", kind: "undecided", says: ["no map"] },
    ],
  },
  {
    title: "names the line and the cause, and how to mend it",
    resources: [
      stack("again", "Resources:\n  A: {Type: X}\n  A: {Type: Y}\n"),
      stack("merge", "Resources:\n  A:\n    Type: X\n    <<: {a: b}\n"),
      stack("alias", "A: &a {Type: X}\nResources:\n  A: *a\n"),
      stack("torn", "Resources:\n  A: [\n"),
      stack("mark", `\uFEFF${JSON.stringify(made("AWS::SNS::Topic"))}`),
    ],
    finds: [
      {
        resource: "again",
        kind: "undecided",
        says: ["line 3", "key A", "once"],
      },
      { resource: "merge", kind: "undecided", says: ["line 4", "merge"] },
      { resource: "alias", kind: "undecided", says: ["line 3", "alias"] },
      { resource: "torn", kind: "undecided", says: ["line 3", "correct it"] },
    ],
  },
  {
    title:
      "waits for a template, and for a parameter, that the deployment tells",
    resources: [
      stack("later", unknownText),
      stack(
        "name",
        {
          Parameters: { Trust: { Type: "String" } },
          ...roleIn(document(trusts({ AWS: { Ref: "Trust" } }))),
        },
        { parameters: { Trust: unknownText } },
      ),
    ],
    finds: [{ resource: "later", kind: "unknown", field: "templateBody" }],
  },
  {
    title:
      "says which types give access by what it can't read, or does not know",
    resources: [
      resource("aws:iam/superUser:SuperUser", "new"),
      resource("awscc:index/iamRole:IamRole", "awscc"),
      resource("roles:tf:aws_iam_role", "module"),
      resource("aws:index/iamRole:IamRole", "terraform"),
      resource("aws:accountaccess/entitlement:Entitlement", "entitlement"),
      resource("roles:tf:random_id", "id"),
      resource(
        "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
        "application",
      ),
      resource("aws:cloudformation/stackInstances:StackInstances", "other", {
        parameterOverrides: { Trusted: root(foreign) },
      }),
      resource("aws:cloudformation/stackInstances:StackInstances", "same"),
      resource("aws-native:cloudformation:StackSet", "set", {
        templateBody: "Resources: {}",
        stackInstancesGroup: [
          { regions: ["eu-west-1"], parameterOverrides: [] },
        ],
      }),
      ...[unknownText, [unknownText], [{ regions: ["eu-west-1"] }]].map(
        (stackInstancesGroup, index) =>
          resource("aws-native:cloudformation:StackSet", `group-${index}`, {
            templateBody: "Resources: {}",
            stackInstancesGroup,
          }),
      ),
    ],
    finds: [
      { resource: "new", kind: "undecided", says: ["aws:iam/superUser"] },
      { resource: "awscc", kind: "undecided", says: ["aws-native"] },
      { resource: "module", kind: "undecided", says: ["aws-native"] },
      { resource: "terraform", kind: "undecided" },
      { resource: "entitlement", kind: "undecided" },
      { resource: "application", kind: "undecided" },
      { resource: "other", kind: "undecided", says: ["parameterOverrides"] },
      { resource: "set", kind: "undecided", says: ["parameterOverrides"] },
      { resource: "group-0", kind: "unknown", field: "stackInstancesGroup" },
      { resource: "group-1", kind: "unknown", field: "stackInstancesGroup.0" },
    ],
  },
  {
    title:
      "says that nobody knows the region of a stack set, where it may decide",
    resources: [
      stackSet("arn", roleIn(document(trusts({ AWS: trustOfOwn })))),
      stackSet(
        "condition",
        made("AWS::IAM::ManagedPolicy", {
          PolicyDocument: document(
            allow("iam:*", "*", {
              Condition: {
                StringEquals: { "aws:RequestedRegion": { Ref: "AWS::Region" } },
              },
            }),
          ),
        }),
      ),
    ],
    finds: [
      { resource: "condition", kind: "undecided", says: ["AWS::Region"] },
    ],
  },
  ...["role/app-Made-A*", "role/*-A*", "role/app-Made-1CNZ6CJP1XQK"].map(
    (text): Row => ({
      title: `says that ${text} may mean a role whose name is made`,
      resources: [
        stack(
          "app",
          made("AWS::IAM::Role", {
            AssumeRolePolicyDocument: document(service),
            Policies: [
              {
                PolicyName: "p",
                PolicyDocument: document(
                  allow("iam:GetRole", `arn:aws:iam::*:${text}`),
                ),
              },
            ],
          }),
        ),
        resource("aws:iam/policy:Policy", "beside", {
          name: "beside",
          policy: JSON.stringify(
            document(allow("iam:GetRole", `arn:aws:iam::*:${text}`)),
          ),
        }),
      ],
      finds: [{ resource: "app", kind: "undecided", says: [text, "name"] }],
    }),
  ),
  {
    title: "says it of a name beside templates that reads like a made one",
    resources: [
      stack(
        "app",
        made("AWS::IAM::Role", {
          AssumeRolePolicyDocument: document(service),
        }),
      ),
      resource("aws:iam/policy:Policy", "beside", {
        name: "beside",
        policy: JSON.stringify(
          document(
            allow("iam:GetRole", "arn:aws:iam::*:role/app-Made-XXXXXXXXXXXX"),
          ),
        ),
      }),
    ],
    finds: [{ resource: "app", kind: "undecided", says: ["XXXXXXXXXXXX"] }],
  },
  {
    title: "is silent where a made name decides nothing",
    resources: [stack, stackSet].map((container) =>
      container("app", {
        Resources: {
          ...(made("AWS::IAM::Role", {
            AssumeRolePolicyDocument: document(service),
            Policies: ["app-Made-*", "*app-Made-????????????*", "other-A*"].map(
              (text) => ({
                PolicyName: "p",
                PolicyDocument: document(
                  allow("iam:GetRole", `arn:aws:iam::*:role/${text}`),
                ),
              }),
            ),
          })["Resources"] as object),
          Policy: {
            Type: "AWS::IAM::Policy",
            Properties: {
              PolicyName: "p",
              PolicyDocument: document(
                allow("iam:GetRole", { "Fn::GetAtt": "Made.Arn" }),
              ),
              Roles: [{ Ref: "Made" }],
            },
          },
        },
      }),
    ),
  },
  {
    title: "says it of a stack set, by the id of its stacks",
    resources: [
      stackSet(
        "app",
        made("AWS::IAM::ManagedPolicy", {
          PolicyDocument: document(
            allow("iam:GetPolicy", "arn:aws:iam::*:policy/StackSet-app-0*"),
          ),
        }),
      ),
    ],
    finds: [{ resource: "app", kind: "undecided", says: ["StackSet-app-0*"] }],
  },
  {
    title: "says it once, whichever rules ask for a value",
    resources: [
      stack(
        "anchor",
        made("AWS::RolesAnywhere::TrustAnchor", {
          Source: { "Fn::ImportValue": "a" },
        }),
      ),
      stack(
        "given",
        made("AWS::IAM::Policy", {
          PolicyName: "p",
          PolicyDocument: document(everything),
          Roles: [{ "Fn::ImportValue": "a" }],
        }),
      ),
      stack(
        "named",
        made("AWS::IAM::Role", {
          RoleName: { "Fn::ImportValue": "a" },
          AssumeRolePolicyDocument: document(service),
        }),
      ),
    ],
    finds: [
      { resource: "anchor", kind: "undecided", field: "source" },
      { resource: "given", kind: "undecided", field: "roles[0]" },
      { resource: "named", kind: "undecided", field: "roleName" },
    ],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
