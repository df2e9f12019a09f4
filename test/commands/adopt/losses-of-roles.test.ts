import assert from "node:assert/strict";
import type { LiveRole } from "../../../commands/accounts/live-account";
import {
  allow,
  devId,
  group,
  inline,
  managed,
  ofService,
  role,
  root,
  trusting,
} from "./account";
import {
  deny,
  erin,
  holding,
  iam,
  losing,
  waitsFor,
  when,
  type Statements,
} from "./erin";
import {
  administrator,
  deployedWith,
  member,
  type Situation,
} from "./situation";

describe("what a user would lose, by roles", () => {
  it("is a role of the bastion that nobody can take any more, and not one that stays open", () => {
    const withMfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
    const takenBy = (own: LiveRole, old: Statements) => {
      const users = [member("erin", "operations", holding(...old))];
      return waitsFor(deployedWith({ users, roles: [own], acceptLess: [] }));
    };
    const legacy = role("Legacy", trusting(root, withMfa), administrator);
    const asking = allow("sts:AssumeRole", legacy.arn);
    assert.equal(
      takenBy(legacy, [asking]),
      losing(`sts:AssumeRole on ${legacy.arn}`),
    );
    const named = trusting({ AWS: `${iam}:user/erin` }, withMfa);
    assert.equal(takenBy(role("Legacy", named, administrator), [asking]), "");
    const ofInstances = role("Legacy", trusting(ofService("ec2")));
    assert.equal(takenBy(ofInstances, [asking]), "");
  });

  it("is a role that goes, though its own trust policy let the user in", () => {
    const users = [member("erin", "operations")];
    const roles = [role("hers", trusting({ AWS: `${iam}:user/erin` }))];
    const of = (more: Situation) =>
      waitsFor(deployedWith({ users, roles, ...more }));
    assert.equal(
      of({ acceptLess: [] }),
      losing(`sts:AssumeRole on ${iam}:role/hers`),
    );
    assert.equal(of({ acceptLess: ["erin"] }), "");
  });

  it("is not a role of the stack that an old policy happened to reach", () => {
    const old = { groups: ["Takers"] };
    const takers = group("Takers", {
      inlinePolicies: [
        inline("dev", allow("sts:AssumeRole", `arn:aws:iam::${devId}:role/*`)),
      ],
    });
    const users = [member("erin", "readers", old)];
    const deployed = deployedWith({ users, groups: [takers], acceptLess: [] });
    assert.equal(waitsFor(deployed), "");
  });

  it("is nothing in the bastion where a role that stays there allows it", () => {
    const users = [member("erin", "operations", holding(allow("s3:*")))];
    const withMfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
    const staying = (more: Partial<LiveRole>) =>
      role("Staying", trusting({ AWS: `${iam}:user/erin` }, withMfa), more);
    const having = (more: Partial<LiveRole>) =>
      waitsFor(deployedWith({ users, roles: [staying(more)], acceptLess: [] }));
    assert.equal(having(administrator), "");
    assert.match(having(managedOnly("ReadOnlyAccess")), /^erin would lose s3:/);
    assert.match(
      having({ ...administrator, boundary: managed("ReadOnlyAccess").arn }),
      /^erin would lose s3:/,
    );
    assert.match(
      having({
        ...administrator,
        inlinePolicies: [inline("but", deny("s3:DeleteBucket"))],
      }),
      /^erin would lose s3:DeleteBucket in account 1/,
    );
  });

  it("is what no one of several roles allows, and not what each allows a part of", () => {
    const two = (first: string, second: string) => {
      const deployed = erin("operations", {
        ...holding(
          allow(["s3:GetObject", "sqs:SendMessage"], `arn:aws:*:*:${devId}:*`),
        ),
      });
      const actions = new Map([
        ["PowerUser", first],
        ["OpsSudo", second],
      ]);
      const workloads = deployed.workloads.map((account) => ({
        ...account,
        roles: account.roles.map((one) => ({
          ...one,
          attachedPolicies: [],
          inlinePolicies: [
            inline("does", allow(actions.get(one.name) ?? "logs:Get*")),
          ],
        })),
      }));
      return waitsFor({ ...deployed, workloads });
    };
    assert.equal(two("s3:*", "sqs:*"), "");
    assert.match(two("s3:*", "s3:Get*"), /^erin would lose sqs:SendMessage/);
  });

  it("counts no Allow of a role that asks who calls, and each Deny that does", () => {
    const asking = { StringEquals: { "aws:PrincipalTag/team": "a" } };
    const having = (...statements: Statements) => {
      const old = holding(allow("sqs:*", `arn:aws:sqs:*:${devId}:*`));
      const deployed = erin("readers", old);
      const workloads = deployed.workloads.map((account) => ({
        ...account,
        roles: account.roles.map((one) =>
          one.name === "ReadOnly"
            ? { ...one, ...holding(...statements), attachedPolicies: [] }
            : one,
        ),
      }));
      return waitsFor({ ...deployed, workloads });
    };
    assert.equal(having(allow("sqs:*")), "");
    assert.match(having(when(allow("sqs:*"), asking)), /would lose sqs:/);
    assert.match(
      having(allow("sqs:*"), when(deny("sqs:SendMessage"), asking)),
      /would lose sqs:SendMessage/,
    );
  });
});

const managedOnly = (name: string): Partial<LiveRole> => ({
  attachedPolicies: [managed(name)],
});
