import { strict as assert } from "node:assert";
import { userCase } from "../../../policy-pack/decide/callers";
import { powerOf, type Counting } from "../../../policy-pack/decide/power";
import { readWell } from "./reading";

const everything = { Effect: "Allow", Action: "*", Resource: "*" };
/** IAM has no such operator, so nobody can tell whether it closes anything. */
const doubtful = {
  ...everything,
  Effect: "Deny",
  Condition: { StringResembles: { "aws:username": "ada" } },
};

const power = (counting: Counting, ...statements: readonly object[]) =>
  powerOf(
    {
      caller: userCase({
        account: "111111111111",
        partition: "aws",
        arn: undefined,
      }),
      documents: [readWell({ Statement: statements }, "identity")],
      boundary: undefined,
      account: "111111111111",
    },
    counting,
  );

describe("how much an identity can do", () => {
  const all = { iam: "all", usesAnyService: true };
  const none = { iam: "none", usesAnyService: false };

  it("differs, where that is undecided, by what counts", () => {
    assert.deepEqual(power("proven", everything, doubtful), none);
    assert.deepEqual(power("not ruled out", everything, doubtful), all);
  });

  it("is the same either way where it is decided", () => {
    const readAll = { ...everything, Action: "iam:Get*" };
    const passAll = { ...everything, Action: "iam:PassRole" };
    for (const counting of ["proven", "not ruled out"] as const) {
      assert.deepEqual(power(counting, everything), all);
      assert.deepEqual(power(counting, readAll), none);
      assert.deepEqual(power(counting, passAll), { ...none, iam: "some" });
      assert.deepEqual(
        power(counting, {
          ...everything,
          NotAction: "iam:*",
          Action: undefined,
        }),
        { ...all, iam: "none" },
      );
    }
  });
});
