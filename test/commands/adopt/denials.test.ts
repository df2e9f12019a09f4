import assert from "node:assert/strict";
import { allow, bastionId, devId, group, inline } from "./account";
import { planned } from "./planned";
import { member } from "./situation";

describe("a Deny that goes with what a user has", () => {
  it("removes a Deny of what nobody could do afterwards", () => {
    const no = (Action: string) =>
      inline("no", { Effect: "Deny", Action, Resource: "*" });
    const reader = planned({
      users: [member("ada", "readers", { inlinePolicies: [no("s3:Delete*")] })],
    });
    assert.deepEqual(reader.goes, ["user ada: inline policy no"]);
    assert.deepEqual(reader.stays, []);
    const ada = member("ada", "readers", { inlinePolicies: [no("s3:*")] });
    const kept = planned({
      users: [{ ...ada, groups: [...ada.groups, "Buckets"] }],
      groups: [
        group("Buckets", { inlinePolicies: [inline("s3", allow("s3:Get*"))] }),
      ],
      keep: ["Buckets"],
    });
    assert.deepEqual(kept.goes, []);
    assert.match(kept.stays.join(), /opens s3:Get\w+ .*to ada/);
  });

  const role = (name: string) => `arn:aws:iam::${devId}:role/${name}`;
  const closed: readonly (readonly [
    what: string,
    team: string,
    deny: object,
    opens: RegExp | undefined,
  ])[] = [
    [
      "deleting, which a role allows",
      "operations",
      { Action: ["s3:Delete*", "dynamodb:DeleteTable"], Resource: "*" },
      new RegExp(`opens s3:Delete\\w+ to ada in ${role("\\w+")}: statement 1`),
    ],
    [
      "a change of IAM, which a role allows in its own account",
      "operations",
      { Action: "iam:CreateUser", Resource: "*" },
      new RegExp(`opens iam:\\w+ to ada in ${role("\\w+")}`),
    ],
    [
      "reading one bucket",
      "readers",
      { Action: "s3:GetObject", Resource: "arn:aws:s3:::secret/*" },
      /opens s3:GetObject on arn:aws:s3:::secret/,
    ],
    [
      "all from elsewhere than the office",
      "readers",
      {
        Action: "*",
        Resource: "*",
        Condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
      },
      /a Deny goes with it, and opens/,
    ],
    [
      "all but some actions",
      "readers",
      { NotAction: ["s3:*", "sts:*", "iam:*"], Resource: "*" },
      /opens (dynamodb|sqs):\w+ to ada/,
    ],
    [
      "what a role does not allow",
      "readers",
      { Action: "s3:Delete*", Resource: "*" },
      undefined,
    ],
    [
      "what is in the bastion, where the roles are not",
      "operations",
      { Action: "sqs:*", Resource: `arn:aws:sqs:*:${bastionId}:*` },
      undefined,
    ],
    [
      "all without MFA",
      "operations",
      {
        Action: "*",
        Resource: "*",
        Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
      },
      undefined,
    ],
    [
      "all until a day that is over",
      "operations",
      {
        Action: "s3:*",
        Resource: "*",
        Condition: {
          DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" },
        },
      },
      undefined,
    ],
  ];
  for (const [what, team, deny, opens] of closed) {
    const name =
      opens === undefined ? "lets a Deny go that closes" : "keeps a Deny of";
    it(`${name} ${what}`, () => {
      const policy = inline("no", { Effect: "Deny", ...deny });
      const users = [member("ada", team, { inlinePolicies: [policy] })];
      const { goes, stays } = planned({ users });
      assert.equal(goes.length, opens === undefined ? 1 : 0, stays.join());
      if (opens !== undefined) assert.match(stays.join(), opens);
    });
  }
});
