import { resource, role } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "no-unseen-code";

const types = [
  "command:local:Command",
  "command:remote:Command",
  "pulumi-nodejs:dynamic:Resource",
  "pulumi-python:dynamic/accounts:Account",
  "null:index/resource:Resource",
  "terraform:index:Module",
  "aws:lambda/invocation:Invocation",
  "aws:cloudformation/cloudFormationType:CloudFormationType",
  "aws-native:cloudformation:Macro",
  "aws-native:cloudformation:CustomResourceEmulator",
  "kubernetes:iam.services.k8s.aws/v1alpha1:Role",
  "kubernetes:iam.aws.upbound.io/v1beta1:Role",
  "kubernetes:helm.sh/v3:Release",
  "roles:tf:null_resource",
];

const template = JSON.stringify({
  Resources: {
    Seed: { Type: "Custom::Seed", Properties: { ServiceToken: "arn" } },
    Other: { Type: "AWS::CloudFormation::CustomResource" },
    Third: { Type: "Acme::Accounts::Role" },
  },
});

describe(rule, () => {
  testRows(rule, [
    ...types.map((type): Row => ({
      title: `says that it does not see what ${type} does`,
      resources: [role("worker"), resource(type, "script")],
      finds: [{ resource: "", kind: "undecided", says: [`script (${type})`] }],
    })),
    {
      title: "says it once, naming some and counting the others",
      resources: Array.from({ length: 7 }, (_, index) =>
        resource("command:local:Command", `script-${index}`),
      ),
      finds: [{ resource: "", says: ["script-0", "script-4", "2 more"] }],
    },
    {
      title: "says it of a template's custom resources, and of types of others",
      resources: [
        resource("aws:cloudformation/stack:Stack", "app", {
          templateBody: template,
        }),
      ],
      finds: [
        {
          resource: "",
          says: ["app.Seed", "app.Other", "app.Third (Acme::Accounts::Role)"],
        },
      ],
    },
    {
      title: "is silent where there is none",
      resources: [
        role("worker"),
        resource("aws:lambda/function:Function", "worker"),
        resource("kubernetes:core/v1:Pod", "pod"),
        resource("kubernetes:helm.sh/v4:Chart", "chart"),
        resource("random:index/randomId:RandomId", "id"),
      ],
    },
  ]);
});
