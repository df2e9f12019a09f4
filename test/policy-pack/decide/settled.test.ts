import { strict as assert } from "node:assert";
import type { Caller } from "../../../policy-pack/decide/principal";
import { decideRequest } from "./request";
import { readWell } from "./reading";
import { everything, simulate } from "./simulate";

const role = "arn:aws:iam::222222222222:role/team";
const session: Caller = {
  kind: "role session",
  account: "222222222222",
  arn: role,
};

type Keys = Readonly<Record<string, string>>;
type Condition = Readonly<Record<string, Record<string, string | string[]>>>;

interface Asked {
  readonly Action?: string;
  readonly Resource?: string;
  readonly NotResource?: string;
  readonly Condition?: Condition;
  readonly keys?: Keys;
}

const user = "arn:aws:iam::222222222222:user/ada";

/** Both answers to: may the session delete the user ada, through this one statement? */
async function both({ keys = {}, ...statement }: Asked) {
  const policy = { ...everything, Statement: [allowing(statement)] };
  const request = { action: "iam:DeleteUser", resource: user };
  const ours = decideRequest([[readWell(policy, "identity")]], {
    ...request,
    caller: session,
    context: Object.fromEntries(
      Object.entries(keys).map(([key, value]) => [key, [value]]),
    ),
  }).answer;
  const theirs = await simulate({
    ...request,
    principal: "arn:aws:sts::222222222222:assumed-role/team/s",
    context: keys,
    identity: [policy],
  });
  return { ours, theirs };
}

const allowing = (elements: Omit<Asked, "keys">) => ({
  Effect: "Allow",
  Action: "iam:DeleteUser",
  ...("NotResource" in elements ? {} : { Resource: "*" }),
  ...elements,
});

/** AWS's documentation settles these against the simulator; each test cites the page. */
describe("where the decision and the simulator differ", () => {
  // "IAM policy elements: Variables and tags", "Policy variables with no value": such a value
  // matches nothing, so what is inverted does match.
  it("an inverted operator matches a variable without a value", async () => {
    assert.deepEqual(
      await both({
        Condition: {
          StringNotEquals: { "aws:PrincipalTag/owner": "${aws:username}" },
        },
        keys: { "aws:PrincipalTag/owner": "ada" },
      }),
      { ours: "open", theirs: false },
    );
  });

  // The same page.
  it("NotResource matches a variable without a value", async () => {
    assert.deepEqual(
      await both({
        NotResource: "arn:aws:iam::222222222222:user/${aws:username}",
      }),
      { ours: "open", theirs: false },
    );
  });

  // "IAM JSON policy elements: Condition operators": wildcards are StringLike's, so StringEquals has
  // nothing to escape from; "Variables and tags": ${*} is the character * wherever it stands.
  it("${*} is a plain star to StringEquals", async () => {
    const keys = { "aws:PrincipalTag/owner": "b*d" };
    assert.deepEqual(
      await both({
        Condition: { StringEquals: { "aws:PrincipalTag/owner": "b${*}d" } },
        keys,
      }),
      { ours: "open", theirs: false },
    );
  });

  // "IAM JSON policy elements: Resource", "Using wildcards in resource ARNs": in the last part a
  // wildcard stands for any characters, those before the first slash, too.
  it("a wildcard may stand for the type of a resource", async () => {
    assert.deepEqual(
      await both({ Resource: "arn:aws:iam::222222222222:*/ada" }),
      { ours: "open", theirs: false },
    );
  });

  // The same page: a * that is the last character of its part reaches beyond the colon.
  it("a star at the end of its part reaches beyond the colon", async () => {
    assert.deepEqual(await both({ Resource: "arn:aws:*:user/ada" }), {
      ours: "open",
      theirs: false,
    });
    assert.deepEqual(await both({ Resource: "arn:aws:i*m:user/ada" }), {
      ours: "closed",
      theirs: false,
    });
  });

  // "IAM JSON policy elements: Action" has wildcards in actions, and does not keep them out of the
  // name of the service. Where IAM refuses such a document, no harm is done by taking it seriously.
  it("a wildcard in the name of a service counts", async () => {
    const asked = { Action: "i?m:DeleteUser" };
    await assert.rejects(both(asked), /Service can only contain letters/);
    const policy = { ...everything, Statement: [allowing(asked)] };
    const verdict = decideRequest([[readWell(policy, "identity")]], {
      caller: session,
      action: "iam:DeleteUser",
      resource: user,
      context: {},
    });
    assert.equal(verdict.answer, "open");
  });
});

/**
 * "IAM JSON policy elements: Condition operators" leaves these open, so nobody is told that an assignment
 * is closed, or open, because of them.
 */
describe("what AWS does not document is undecided, whatever the simulator says", () => {
  const silent: readonly (readonly [string, Condition, boolean])[] = [
    [
      // ForAnyValue needs the key, and IfExists does without it.
      "ForAnyValue with IfExists on a missing key",
      { "ForAnyValue:StringEqualsIfExists": { "aws:TagKeys": "owner" } },
      false,
    ],
    [
      // "ARN condition operators" compare the six parts of an ARN.
      "an ARN operator with a value that is no ARN",
      { ArnLike: { "aws:PrincipalArn": "*" } },
      false,
    ],
    [
      // "…IfExists": at the end of any operator but Null.
      "Null with IfExists",
      { NullIfExists: { "aws:TagKeys": "true" } },
      true,
    ],
    [
      "Null with a quantifier",
      { "ForAllValues:Null": { "aws:TagKeys": "true" } },
      true,
    ],
    [
      "Null with a value that is neither true nor false",
      { Null: { "aws:TagKeys": "maybe" } },
      false,
    ],
    [
      // "IAM Access Analyzer policy check reference", "Empty array condition".
      "a condition without values",
      { StringEquals: { "aws:PrincipalTag/owner": [] } },
      false,
    ],
    [
      "a negated condition without values",
      { StringNotEquals: { "aws:PrincipalTag/owner": [] } },
      true,
    ],
  ];
  for (const [title, Condition, theirs] of silent) {
    it(title, async () => {
      const keys = {
        "aws:PrincipalTag/owner": "ada",
        "aws:PrincipalArn": role,
      };
      assert.deepEqual(await both({ Condition, keys }), {
        ours: "undecided",
        theirs,
      });
    });
  }
});
