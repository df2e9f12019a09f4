import { strict as assert } from "node:assert";
import { tellUsersApart } from "../../../policy-pack/decide/assume-role";
import { unlikeUsers } from "../../../policy-pack/identities/alike";
import { gatherIdentities } from "../../../policy-pack/identities/gather";
import type { Declared } from "../pack";
import { readResources } from "../read-resources";
import { allow, dev, everything, json, mfa } from "../rules/documents";
import { group, iam, member, user } from "../rules/resources";

const many = Array.from({ length: 100 }, (_, index) => `user-${index}`);
const admins = `arn:aws:iam::${dev}:role/OpsSudo`;
const gives = (name: string, condition: object) =>
  iam("GroupPolicy", `${name}-roles`, {
    group: name,
    policy: json(allow("sts:AssumeRole", admins, { Condition: condition })),
  });

/** A hundred users of two groups, and what else there is. */
const unlike = (...more: readonly Declared[]): readonly string[] =>
  unlikeUsers(
    gatherIdentities(
      readResources(
        ...many.flatMap((name, index) => [
          user(name),
          member(name, "bastion-users", index % 2 === 0 ? "even" : "odd"),
        ]),
        ...["bastion-users", "even", "odd"].map(group),
        ...more,
      ),
    ).users,
    tellUsersApart,
  ).map(({ name }) => name ?? "?");

describe("users of the same groups", () => {
  it("are one question, of which the first of them is asked", () => {
    assert.deepEqual(unlike(gives("even", mfa)), ["user-0", "user-1"]);
  });

  it("are still one where what they do to themselves names them", () => {
    const self = allow(
      "iam:CreateAccessKey",
      "arn:aws:iam::*:user/${aws:username}",
    );
    assert.deepEqual(
      unlike(
        gives("even", mfa),
        iam("GroupPolicy", "self", { group: "even", policy: json(self) }),
      ),
      ["user-0", "user-1"],
    );
  });

  for (const key of [
    "aws:username",
    "aws:PrincipalArn",
    "aws:PrincipalTag/x",
  ]) {
    it(`are as many as there are where roles depend on ${key}`, () => {
      const condition = { StringLike: { [key]: "*-4?" } };
      const evens = many.filter((_, index) => index % 2 === 0);
      const found = unlike(gives("even", condition));
      assert.deepEqual([...found].sort(), [...evens, "user-1"].sort());
    });
  }

  it("are others where one holds a policy, or has a boundary", () => {
    assert.deepEqual(
      unlike(
        iam("UserPolicy", "p", { user: "user-8", policy: json(everything) }),
        iam("User", "bounded", {
          name: "bounded",
          permissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess",
        }),
        member("bounded", "bastion-users", "even"),
      ),
      ["user-0", "user-1", "user-8", "bounded"],
    );
  });
});
