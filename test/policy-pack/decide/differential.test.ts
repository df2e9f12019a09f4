import { strict as assert } from "node:assert";
import fc from "fast-check";
import { decideRequest } from "./request";
import type { Caller } from "../../../policy-pack/decide/principal";
import { runs } from "../../run/property-tests";
import { readWell } from "./reading";
import { everything, simulate } from "./simulate";
import {
  context,
  identityPolicy,
  invertsUnsetVariable,
  trustPolicy,
} from "./random-documents";

const role = "arn:aws:iam::222222222222:role/team";

const callers: readonly (readonly [string, Caller])[] = [
  [
    "arn:aws:iam::111111111111:user/ada",
    {
      kind: "user",
      account: "111111111111",
      arn: "arn:aws:iam::111111111111:user/ada",
    },
  ],
  [
    "arn:aws:iam::111111111111:user/bashir",
    {
      kind: "user",
      account: "111111111111",
      arn: "arn:aws:iam::111111111111:user/bashir",
    },
  ],
  [
    "arn:aws:sts::222222222222:assumed-role/PowerUser/s",
    {
      kind: "role session",
      account: "222222222222",
      arn: "arn:aws:iam::222222222222:role/PowerUser",
      sessionArn: "arn:aws:sts::222222222222:assumed-role/PowerUser/s",
    },
  ],
];

describe("the decision, beside a simulator that is not ours", () => {
  it("is the same on random trust policies and requests", async () => {
    await fc.assert(
      fc.asyncProperty(
        trustPolicy,
        fc.constantFrom(...callers),
        context,
        async (policy, [principal, caller], keys) => {
          fc.pre(!invertsUnsetVariable(policy, keys));
          const expected = await simulate({
            principal,
            action: "sts:AssumeRole",
            resource: role,
            context: keys,
            identity: [everything],
            trust: policy,
          });
          const verdict = decideRequest([[readWell(policy, "trust")]], {
            caller,
            action: "sts:AssumeRole",
            resource: role,
            context: Object.fromEntries(
              Object.entries(keys).map(([key, value]) => [key, [value]]),
            ),
          });
          assert.equal(verdict.answer, expected ? "open" : "closed");
        },
      ),
      { numRuns: runs(250) },
    );
  });

  it("is the same on random identity policies, with and without a boundary", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(identityPolicy, { minLength: 1, maxLength: 2 }),
        fc.option(identityPolicy, { nil: undefined }),
        fc.constantFrom("iam:CreateUser", "iam:GetUser", "s3:GetObject"),
        context,
        async (policies, boundary, action, keys) => {
          const all = [
            ...policies,
            ...(boundary === undefined ? [] : [boundary]),
          ];
          fc.pre(!all.some((policy) => invertsUnsetVariable(policy, keys)));
          const resource = action.startsWith("s3:")
            ? "arn:aws:s3:::bucket/key"
            : "arn:aws:iam::222222222222:user/ada";
          const expected = await simulate({
            principal: "arn:aws:sts::222222222222:assumed-role/team/s",
            action,
            resource,
            context: keys,
            identity: policies,
            boundary,
          });
          const layers = [
            policies.map((policy) => readWell(policy, "identity")),
            ...(boundary === undefined
              ? []
              : [[readWell(boundary, "identity")]]),
          ];
          const verdict = decideRequest(layers, {
            caller: {
              kind: "role session",
              account: "222222222222",
              arn: role,
            },
            action,
            resource,
            context: Object.fromEntries(
              Object.entries(keys).map(([key, value]) => [key, [value]]),
            ),
          });
          assert.equal(verdict.answer, expected ? "open" : "closed");
        },
      ),
      { numRuns: runs(250) },
    );
  });
});
