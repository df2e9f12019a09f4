import assert from "node:assert/strict";
import fc from "fast-check";
import * as yaml from "yaml";
import { identityPolicy, trustPolicy } from "../decide/random-documents";
import { runs } from "../../run/property-tests";
import { judge, unknownText, type Declared } from "../pack";
import {
  dev,
  document,
  everything,
  foreign,
  root,
  service,
  trusts,
} from "./documents";
import { foundIn } from "./found";
import { nativeRole, resource } from "./resources";
import { bastionStack, foundBy, testRows, type Row } from "./rows";

const rule = "no-unread-access";

const inYaml = (template: unknown): string =>
  yaml.stringify(template, { aliasDuplicateObjects: false });

type Parts = Readonly<Record<string, unknown>>;

const stack = (name: string, template: Parts | string, more: Parts = {}) =>
  resource("aws:cloudformation/stack:Stack", name, {
    name,
    templateBody:
      typeof template === "string" ? template : JSON.stringify(template),
    ...more,
  });
const stackSet = (name: string, template: Parts) =>
  resource("aws:cloudformation/stackSet:StackSet", name, {
    name,
    templateBody: JSON.stringify(template),
  });
const made = (
  type: string,
  properties: Parts = {},
  more: Parts = {},
): Parts => ({
  Resources: { Made: { Type: type, Properties: properties, ...more } },
});
const role = (trust: unknown, more: Parts = {}): Parts => ({
  RoleName: "deploy",
  AssumeRolePolicyDocument: trust,
  ...more,
});
const roleIn = (trust: unknown, more: Parts = {}): Parts =>
  made("AWS::IAM::Role", role(trust, more));

const trustOfOwn = {
  "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/deploy-${AWS::Region}",
};
const sam = {
  Transform: "AWS::Serverless-2016-10-31",
  ...made("AWS::Serverless::Function", { Handler: "index.handler" }),
};

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
    ],
    finds: [
      { resource: "new", kind: "undecided", says: ["aws:iam/superUser"] },
      { resource: "application", kind: "undecided" },
      { resource: "other", kind: "undecided", says: ["parameterOverrides"] },
      { resource: "set", kind: "undecided", says: ["parameterOverrides"] },
    ],
  },
  {
    title: "says that nobody knows the regions of a stack set",
    resources: [stackSet("all", roleIn(document(trusts({ AWS: trustOfOwn }))))],
    finds: [{ resource: "all", kind: "undecided", says: ["AWS::Region"] }],
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

  const foreignTrust = document(trusts({ AWS: root(foreign) }));
  const containers: readonly Declared[] = [
    stack("json", roleIn(foreignTrust)),
    stack("yaml", inYaml(roleIn(foreignTrust))),
    resource("aws-native:cloudformation:Stack", "native", {
      templateBody: inYaml(roleIn(foreignTrust)),
    }),
    stackSet("set", roleIn(foreignTrust)),
    resource("aws-native:cloudformation:StackSet", "native-set", {
      stackSetName: "set",
      templateBody: JSON.stringify({
        Parameters: { Trusted: { Type: "String" } },
        ...roleIn(document(trusts({ AWS: { Ref: "Trusted" } }))),
      }),
      parameters: [{ parameterKey: "Trusted", parameterValue: root(foreign) }],
    }),
    resource("aws:cloudcontrol/resource:Resource", "control", {
      typeName: "AWS::IAM::Role",
      desiredState: JSON.stringify(role(foreignTrust)),
    }),
    resource("aws-native:index:ExtensionResource", "extension", {
      type: "AWS::IAM::Role",
      properties: role(foreignTrust),
    }),
  ];
  for (const one of containers) {
    it(`leaves to the other rules what they find in ${one.type} (${one.name})`, () => {
      const found = foundBy("known-accounts-only", { resources: [one] });
      assert.deepEqual(
        found.map((finding) => [finding.resource, foundIn(finding).field]),
        [[one.name, "assumeRolePolicyDocument"]],
      );
    });
  }

  it("has the other rules find what hangs on an account that shows at the end", () => {
    const id = `arn:aws:cloudformation:eu-west-1:${dev}:stack/app/1a2b`;
    const app = stack("app", roleIn(foreignTrust));
    const found = (outputs: Parts) =>
      foundBy("known-accounts-only", {
        resources: [{ ...app, provider: {}, outputs }],
      }).length;
    assert.equal(found({ ...app.inputs }), 1);
    assert.equal(found({ ...app.inputs, id }), 1);
  });

  it("takes the own account for no foreign one, though nothing tells it", () => {
    const ofOwn = trusts({
      AWS: { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root" },
    });
    const app = stackSet("app", roleIn(document(ofOwn)));
    const resources = [{ ...app, provider: {} }];
    assert.deepEqual(foundBy("known-accounts-only", { resources }), []);
    assert.equal(foundBy("people-need-mfa", { resources }).length, 1);
  });

  it("has policies, groups and memberships of a template judged together", () => {
    const template = {
      Resources: {
        Worker: {
          Type: "AWS::IAM::Role",
          Properties: { AssumeRolePolicyDocument: document(service) },
        },
        Power: {
          Type: "AWS::IAM::Policy",
          Properties: {
            PolicyName: "all",
            PolicyDocument: document(everything),
            Roles: [{ Ref: "Worker" }],
          },
        },
      },
    };
    const found = foundBy("iam-power-is-guarded", {
      resources: [stack("app", template)],
    });
    assert.deepEqual(
      found.map((one) => [one.resource, foundIn(one).source]),
      [["app", "app.Power policyDocument"]],
    );
  });

  it("has users of one template told apart", () => {
    const userIn = (
      UserName: string,
      ...Groups: readonly unknown[]
    ): Parts => ({
      Type: "AWS::IAM::User",
      Properties: { UserName, Groups },
    });
    const template = {
      Resources: {
        Guard: {
          Type: "AWS::IAM::Group",
          Properties: { GroupName: "bastion-users" },
        },
        Ada: userIn("ada", { Ref: "Guard" }),
        Grace: userIn("grace"),
      },
    };
    const found = foundBy("users-are-in-the-mfa-group", {
      stack: bastionStack,
      resources: [stack("people", template)],
    });
    assert.deepEqual(
      found.map(({ finding }) => finding?.resource?.name),
      ["people.Grace"],
    );
  });

  it("has whoever exempts a stack, or a resource of its template, exempt that", () => {
    const countOf = (exempt: string) =>
      foundBy("known-accounts-only", {
        stack: "orders/dev",
        resources: [stack("app", roleIn(foreignTrust))],
        organisation: {
          exemptions: [
            {
              stack: "orders/dev",
              resource: exempt,
              reason: "known",
              until: "2999-12-31",
            },
          ],
        },
      }).length;
    assert.deepEqual(["app", "app.Made", "other"].map(countOf), [0, 0, 1]);
  });

  it("finds a template in the bastion once, and people in it", () => {
    const resources = [
      stack("people", made("AWS::IAM::User", { UserName: "ada" })),
    ];
    const inBastion = judge({ stack: bastionStack, resources });
    assert.deepEqual(
      inBastion.filter((one) => one.rule === "bastion-holds-only-iam").length,
      1,
    );
    assert.equal(
      foundBy("people-only-in-the-bastion", { resources }).length,
      1,
    );
  });

  /** What is found of a role, but for where: all rules but those that count resources. */
  const told = (resources: readonly Declared[]): readonly unknown[] =>
    judge({ resources })
      .map((one) => {
        const found = foundIn(one);
        const source = found.source?.split(" ").at(-1);
        return JSON.stringify([one.rule, { ...found, resource: "", source }]);
      })
      .sort();

  it("judges a role in a template as the same role in the program", () => {
    fc.assert(
      fc.property(trustPolicy, identityPolicy, (trust, policy) => {
        const Policies = [{ PolicyName: "p", PolicyDocument: policy }];
        const inProgram = nativeRole("deploy", {
          assumeRolePolicyDocument: trust,
          policies: [{ policyName: "p", policyDocument: policy }],
        });
        const template = roleIn(trust, { Policies });
        const right = told([inProgram]);
        assert.deepEqual(told([stack("app", template)]), right);
        assert.deepEqual(told([stack("app", inYaml(template))]), right);
      }),
      { numRuns: runs(15) },
    );
  });
});
