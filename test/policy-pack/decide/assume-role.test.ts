import assert from "node:assert/strict";
import {
  mayAssumeRole,
  ofUser,
  tagsByKey,
} from "../../../policy-pack/decide/assume-role";
import { userCase } from "../../../policy-pack/decide/callers";
import type { Document } from "../../../policy-pack/decide/document";
import { withMfaOfAge } from "../../../policy-pack/decide/mfa";
import { readDocument } from "../../../policy-pack/decide/read";

const bastion = "111111111111";
const dev = "222222222222";
const other = "333333333333";
const ada = `arn:aws:iam::${bastion}:user/ada`;

function read(
  kind: "identity" | "trust",
  ...statements: readonly object[]
): Document {
  const reading = readDocument(
    { Version: "2012-10-17", Statement: statements },
    kind,
  );
  if (reading.kind === "malformed") assert.fail(reading.faults.join("; "));
  return reading.document;
}

const allow = (Resource: string, Condition: object = {}) => ({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Resource,
  Condition,
});

const trusting = (AWS: string, Condition: object = {}) =>
  read("trust", {
    Effect: "Allow",
    Principal: { AWS },
    Action: "sts:AssumeRole",
    Condition,
  });

const ofBastion = trusting(`arn:aws:iam::${bastion}:root`);

interface Situation {
  readonly policy: readonly object[];
  readonly boundary?: readonly object[];
  readonly userTags?: Readonly<Record<string, string>> | "unknown";
  readonly userId?: string;
  readonly arn?: string;
  readonly trust?: Document | "unknown";
  readonly roleTags?: Readonly<Record<string, string>> | "unknown";
}

function decided({
  policy,
  boundary,
  userTags = {},
  userId = "AIDAEXAMPLEEXAMPLE234",
  arn = `arn:aws:iam::${dev}:role/PowerUser`,
  trust = ofBastion,
  roleTags = {},
}: Situation) {
  const user = ofUser(
    {
      caller: userCase({ account: bastion, partition: "aws", arn: ada }),
      documents: [read("identity", ...policy)],
      boundary: boundary && [read("identity", ...boundary)],
      account: bastion,
    },
    {
      id: userId,
      tags: userTags === "unknown" ? undefined : tagsByKey(userTags),
    },
  );
  const role = {
    arn,
    trust: trust === "unknown" ? undefined : [trust],
    tags: roleTags === "unknown" ? undefined : tagsByKey(roleTags),
  };
  return mayAssumeRole(user, role, [withMfaOfAge(1)]);
}

const answerTo = (situation: Situation) => decided(situation).answer;

describe("whether a user may assume a role", () => {
  const anyAccount = "arn:aws:iam::*:role/PowerUser";
  const managedForm = allow(anyAccount, {
    StringEquals: { "aws:ResourceAccount": [dev] },
  });

  it("takes the role's account from its ARN, where a policy names roles of any account", () => {
    const in222 = { policy: [managedForm] };
    assert.equal(answerTo(in222), "open");
    const arn = `arn:aws:iam::${other}:role/PowerUser`;
    assert.equal(answerTo({ ...in222, arn }), "closed");
    assert.equal(answerTo({ ...in222, arn, trust: "unknown" }), "closed");
  });

  it("needs both sides, and the boundary", () => {
    const policy = [allow("*")];
    assert.equal(answerTo({ policy }), "open");
    assert.equal(
      answerTo({ policy, trust: trusting(`arn:aws:iam::${other}:root`) }),
      "closed",
    );
    assert.equal(
      answerTo({ policy: [{ ...allow("*"), Action: "sts:Get*" }] }),
      "closed",
    );
    const boundary = [{ ...allow("*"), Action: "s3:*" }];
    assert.equal(answerTo({ policy, boundary }), "closed");
  });

  it("needs no permission where a role of the same account names the user, unless one is denied", () => {
    const policy = [{ ...allow("*"), Action: "sts:Get*" }];
    const arn = `arn:aws:iam::${bastion}:role/Local`;
    const trust = trusting(ada);
    assert.equal(answerTo({ policy, arn, trust }), "open");
    assert.equal(answerTo({ policy, arn, trust: ofBastion }), "closed");
    assert.equal(answerTo({ policy, arn, trust: trusting("*") }), "open");
    assert.equal(
      answerTo({
        policy,
        boundary: [{ ...allow("*"), Action: "s3:*" }],
        arn,
        trust,
      }),
      "open",
    );
    const denied = [{ ...allow("*"), Effect: "Deny" }];
    assert.equal(answerTo({ policy: denied, arn, trust }), "closed");
    assert.equal(answerTo({ policy, trust }), "closed");
  });

  it("goes by the user's tags, in conditions as in policy variables", () => {
    const byCondition = allow("*", {
      StringEquals: { "aws:PrincipalTag/Ops": "yes" },
    });
    const byVariable = allow(
      `arn:aws:iam::${dev}:role/\${aws:PrincipalTag/Role}`,
    );
    for (const [policy, userTags] of [
      [[byCondition], { ops: "yes" }],
      [[byVariable], { Role: "PowerUser" }],
    ] as const) {
      assert.equal(answerTo({ policy, userTags }), "open");
      assert.equal(answerTo({ policy, userTags: {} }), "closed");
      assert.equal(
        answerTo({ policy, userTags: { ops: "no", Role: "ReadOnly" } }),
        "closed",
      );
    }
  });

  it("goes by the user's tags in the role's trust policy as well", () => {
    const trust = trusting(`arn:aws:iam::${bastion}:root`, {
      StringEquals: { "aws:PrincipalTag/Ops": "yes" },
    });
    const policy = [allow("*")];
    assert.equal(answerTo({ policy, trust, userTags: { ops: "yes" } }), "open");
    assert.equal(answerTo({ policy, trust, userTags: {} }), "closed");
    assert.equal(answerTo({ policy, trust, userTags: "unknown" }), "undecided");
  });

  it("goes by the user's id, and proves nothing from one that AWS gives nobody", () => {
    const byId = allow("*", {
      StringEquals: { "aws:userid": "AIDAEXAMPLEEXAMPLE234" },
    });
    assert.equal(answerTo({ policy: [byId] }), "open");
    const another = "AIDAEXAMPLEEXAMPLE567";
    assert.equal(answerTo({ policy: [byId], userId: another }), "closed");
    assert.equal(answerTo({ policy: [allow("*")], userId: "of ada" }), "open");
  });

  it("goes by the role's tags, on both sides", () => {
    const tagged = { StringEquals: { "aws:ResourceTag/Team": "blue" } };
    const trust = trusting(`arn:aws:iam::${bastion}:root`, tagged);
    for (const situation of [
      { policy: [allow("*", tagged)] },
      { policy: [allow("*")], trust },
    ]) {
      assert.equal(
        answerTo({ ...situation, roleTags: { team: "blue" } }),
        "open",
      );
      assert.equal(answerTo({ ...situation, roleTags: {} }), "closed");
    }
  });

  it("is undecided where it hangs on tags that are not known, and on nothing else", () => {
    const tagged = { StringEquals: { "aws:ResourceTag/team": "blue" } };
    const unknown = { roleTags: "unknown" } as const;
    const verdict = decided({ policy: [allow("*", tagged)], ...unknown });
    assert.deepEqual(verdict, {
      answer: "undecided",
      why: "it depends on aws:resourcetag/team, which is not known",
    });
    const deny = { ...allow("*", tagged), Effect: "Deny" };
    assert.equal(
      answerTo({ policy: [allow("*"), deny], ...unknown }),
      "undecided",
    );
    assert.equal(
      answerTo({ policy: [allow("*"), allow("*", tagged)], ...unknown }),
      "open",
    );
    const own = allow(`arn:aws:iam::${dev}:role/\${aws:PrincipalTag/role}`);
    assert.equal(answerTo({ policy: [own], userTags: "unknown" }), "undecided");
    assert.equal(
      answerTo({ policy: [{ ...own, Action: "s3:*" }], userTags: "unknown" }),
      "closed",
    );
  });

  it("tries any partition where the role's is not known", () => {
    const arn = `arn:aws*:iam::${dev}:role/PowerUser`;
    const policy = [allow(`arn:aws-cn:iam::${dev}:role/PowerUser`)];
    assert.equal(answerTo({ policy, arn, trust: "unknown" }), "open");
    assert.equal(
      answerTo({ policy, arn: arn.replace(dev, other), trust: "unknown" }),
      "closed",
    );
  });
});
