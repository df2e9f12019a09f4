import { strict as assert } from "node:assert";
import { Effort } from "../../../policy-pack/decide/effort";
import { mayRequest } from "../../../policy-pack/decide/powers";
import { gatherIdentities } from "../../../policy-pack/identities/gather";
import {
  permissionSetRole,
  powerRole,
} from "../../../policy-pack/role-chaining/people-roles";
import type { RoleNode } from "../../../policy-pack/role-chaining/role-node";
import { readResources } from "../read-resources";
import { allow, dev, json } from "../rules/documents";
import { resource } from "../rules/resources";

const place = { account: dev, home: dev, partition: "aws" };

function permissionSet(name: string): RoleNode {
  const [set] = gatherIdentities(
    readResources(
      resource("aws-native:sso:PermissionSet", name, {
        name,
        inlinePolicy: json(allow("s3:GetObject", "arn:aws:s3:::orders/*")),
      }),
    ),
  ).permissionSets;
  assert.ok(set);
  return permissionSetRole(set, place, () => 0);
}

function stepsToAsk({ permissions }: RoleNode): number {
  const effort = new Effort();
  const { answer } = mayRequest(permissions, {
    action: "s3:GetObject",
    resource: "arn:aws:s3:::orders/*",
    effort,
  });
  assert.equal(answer, "open");
  return effort.steps;
}

describe("the role of a permission set", () => {
  it("takes about as many steps to ask about as any role", () => {
    const most = 3 * stepsToAsk(powerRole("PowerUser", place));
    for (const name of ["Dev", "A_B", "long".repeat(8)]) {
      const steps = stepsToAsk(permissionSet(name));
      assert.ok(steps <= most, `${name}: ${steps} of ${most}`);
    }
  });
});
