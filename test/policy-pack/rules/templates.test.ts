import assert from "node:assert/strict";
import fc from "fast-check";
import { identityPolicy, trustPolicy } from "../decide/random-documents";
import { runs } from "../../run/property-tests";
import { judge, type Declared } from "../pack";
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
import { bastionStack, foundBy } from "./rows";

import {
  inYaml,
  made,
  roleIn,
  role,
  stack,
  stackSet,
  type Parts,
} from "./templates";

/** What the rules find in what holds other resources: the same as of those in the program. */
describe("what stands in a template", () => {
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

  it("tells no number of ours for an account that does not show", () => {
    const own = document(
      trusts({ AWS: { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root" } }),
    );
    const [found, ...more] = foundBy("people-need-mfa", {
      resources: [stackSet("set", roleIn(own))],
    });
    assert.deepEqual(more, []);
    assert.match(found?.message ?? "", /account <its account>/);
    assert.doesNotMatch(found?.message ?? "", /\d{12}/);
  });

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
