import { strict as assert } from "node:assert";
import fc from "fast-check";
import {
  requestBeyond,
  requestBeyondAll,
  type Rights,
} from "../../../policy-pack/decide/beyond";
import { roleSessionCase } from "../../../policy-pack/decide/callers";
import { runs } from "../../run/property-tests";
import {
  context,
  identityPolicy,
  invertsUnsetVariable,
  type Written,
} from "./random-documents";
import { readWell } from "./reading";
import { decideRequest } from "./request";
import { simulate } from "./simulate";

type Statements = readonly object[];

const role = roleSessionCase({
  account: "222222222222",
  partition: "aws",
  arn: "arn:aws:iam::222222222222:role/team",
});

const documentOf = (...Statement: Statements) =>
  readWell({ Version: "2012-10-17", Statement }, "identity");

const rights = (
  documents: readonly Statements[],
  boundary?: Statements,
): Rights => ({
  documents: documents.map((one) => documentOf(...one)),
  boundary: boundary && [documentOf(...boundary)],
});

const allow = (Action: unknown, Resource: unknown = "*", more = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown, Resource: unknown = "*", more = {}) => ({
  ...allow(Action, Resource, more),
  Effect: "Deny",
});
const but = (Effect: string, NotAction: unknown, more = {}) => ({
  Effect,
  NotAction,
  Resource: "*",
  ...more,
});
const where = (Condition: object) => ({ Condition });

const fromOffice = where({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } });
const fromDesk = where({ IpAddress: { "aws:SourceIp": "203.0.113.7/32" } });
const bucket = "arn:aws:s3:::logs";
const objects = "arn:aws:s3:::logs/*";

const ofTag = (tag: string) =>
  `arn:aws:s3:::logs/\${aws:PrincipalTag/${tag}}/*`;

interface Case {
  readonly name: string;
  readonly one: Rights;
  readonly other: Rights;
  /** What the one allows beyond the other: the action, and the number of the statement. */
  readonly more?: string;
  readonly less?: string;
}

const cases: readonly Case[] = [
  {
    name: "statements in another order",
    one: rights([[allow("s3:*", bucket), deny("iam:*")]]),
    other: rights([[deny("iam:*"), allow("s3:*", bucket)]]),
  },
  {
    name: "two documents for one",
    one: rights([[allow("s3:*", bucket)], [deny("iam:*")]]),
    other: rights([[allow("s3:*", bucket), deny("iam:*")]]),
  },
  {
    name: "lists of actions and resources split over statements, in another case",
    one: rights([
      [allow(["s3:GetObject", "s3:PutObject"], [objects, `${bucket}2/*`])],
    ]),
    other: rights([
      [
        allow("s3:putobject", [`${bucket}2/*`, objects]),
        allow("S3:GetObject", objects),
        allow("s3:GetObject", `${bucket}2/*`),
      ],
    ]),
  },
  {
    name: "a list of denied actions split over statements",
    one: rights([[allow("*"), deny(["iam:*", "sts:*"])]]),
    other: rights([[allow("*"), deny("iam:*")], [deny("sts:*")]]),
  },
  {
    name: "what a wider statement says already",
    one: rights([[allow("s3:*")]]),
    other: rights([[allow("s3:*"), allow("s3:Get*", objects, fromOffice)]]),
  },
  {
    name: "NotAction for a Deny",
    one: rights([[but("Allow", ["iam:*", "sts:*"])]]),
    other: rights([[allow("*"), deny(["iam:*", "sts:*"])]]),
  },
  {
    name: "values of a condition in another order",
    one: rights([
      [allow("s3:*", "*", where({ StringEquals: { "aws:x": ["a", "b"] } }))],
    ]),
    other: rights([
      [allow("s3:*", "*", where({ StringEquals: { "AWS:X": ["b", "a"] } }))],
    ]),
  },
  {
    name: "a boundary that leaves everything",
    one: rights([[allow("s3:*")]], [allow("*")]),
    other: rights([[allow("s3:*")]]),
  },
  {
    name: "a boundary for a Deny",
    one: rights([[allow("*")]], [allow("s3:*")]),
    other: rights([[allow("*"), but("Deny", "s3:*")]]),
  },
  {
    name: "documents with a variable",
    one: rights([[allow("s3:*", `${bucket}/\${aws:userid}/*`)]]),
    other: rights([[allow(["s3:*"], [`${bucket}/\${aws:userid}/*`])]]),
  },
  {
    name: "the variable of another key",
    one: rights([[allow("s3:GetObject", ofTag("owner"))]]),
    other: rights([[allow("s3:GetObject", ofTag("team"))]]),
    more: "s3:GetObject 1",
    less: "s3:GetObject 1",
  },
  {
    name: "an action more",
    one: rights([[allow(["s3:GetObject", "iam:PassRole"])]]),
    other: rights([[allow("s3:GetObject")]]),
    more: "iam:PassRole 1",
  },
  {
    name: "a wildcard for an action",
    one: rights([[allow("sqs:Send*")]]),
    other: rights([[allow("sqs:SendMessage")]]),
    more: "sqs:Sendx 1",
  },
  {
    name: "a resource more, and another less",
    one: rights([[allow("s3:GetObject", [objects, `${bucket}2/*`])]]),
    other: rights([[allow("s3:GetObject", [objects, `${bucket}3/*`])]]),
    more: "s3:GetObject 1",
    less: "s3:GetObject 1",
  },
  {
    name: "a statement without its condition",
    one: rights([[allow("s3:*")]]),
    other: rights([[allow("s3:*", "*", fromOffice)]]),
    more: "s3:x 1",
  },
  {
    name: "a condition that is met more often",
    one: rights([[allow("s3:ListBucket", "*", fromOffice)]]),
    other: rights([[allow("s3:ListBucket", "*", fromDesk)]]),
    more: "s3:ListBucket 1",
  },
  {
    name: "a Deny that is gone",
    one: rights([[allow("*")]]),
    other: rights([[allow("*"), deny("iam:CreateUser")]]),
    more: "iam:CreateUser 1 denied by 2",
  },
  {
    name: "a Deny of part of what it was",
    one: rights([[allow("*"), deny(["iam:CreateUser"])]]),
    other: rights([[allow("*"), deny(["iam:CreateUser", "iam:CreateRole"])]]),
    more: "iam:CreateRole 1 denied by 2",
  },
  {
    name: "a Deny that closes less often",
    one: rights([[allow("*"), deny("iam:CreateUser", "*", fromDesk)]]),
    other: rights([[allow("*"), deny("iam:CreateUser", "*", fromOffice)]]),
    more: "iam:CreateUser 1 denied by 2",
  },
  {
    name: "a boundary that is gone",
    one: rights([[allow("sqs:SendMessage"), allow("iam:CreateUser")]]),
    other: rights(
      [[allow("sqs:SendMessage"), allow("iam:CreateUser")]],
      [allow("sqs:*")],
    ),
    more: "iam:CreateUser 2",
  },
  {
    name: "a boundary that leaves more",
    one: rights([[allow("*")]], [allow(["sqs:SendMessage", "iam:GetUser"])]),
    other: rights([[allow("*")]], [allow("sqs:SendMessage")]),
    more: "iam:GetUser 1 1",
  },
  {
    name: "a Deny of the boundary that is gone",
    one: rights([[allow("*")]], [allow("*")]),
    other: rights([[allow("*")]], [allow("*"), deny("iam:CreateUser")]),
    more: "iam:CreateUser 1 1 denied by 2",
  },
  {
    name: "NotAction that leaves out less",
    one: rights([[but("Allow", "iam:*")]]),
    other: rights([[but("Allow", ["iam:*", "sts:AssumeRole"])]]),
    more: "sts:AssumeRole 1",
  },
  {
    name: "an action more that is denied, and an Allow that never was of use",
    one: rights([[allow("s3:*"), deny("iam:*"), allow("iam:GetUser")]]),
    other: rights([[allow("s3:*")]]),
  },
];

const beyond = (found: Rights, meant: Rights): string => {
  const verdict = requestBeyond(found, meant, role);
  if (verdict.answer !== "open") return verdict.answer;
  const [action = ""] = verdict.witness.values.get(":action") ?? [];
  return [
    action,
    ...verdict.statements.map(({ number }) => number),
    ...(verdict.denied ? [`denied by ${verdict.denied.number}`] : []),
  ].join(" ");
};

describe("a request that one of two allows", () => {
  for (const { name, one, other, more = "closed", less = "closed" } of cases) {
    it(name, () => {
      assert.equal(beyond(one, other), more);
      assert.equal(beyond(other, one), less);
    });
  }

  it("is undecided where nobody can tell what a condition does", () => {
    const odd = where({ StringResembles: { "aws:x": "y" } });
    const found = rights([[allow("s3:*", "*", odd)]]);
    assert.equal(beyond(found, rights([[allow("sqs:*")]])), "undecided");
    assert.equal(beyond(found, found), "closed");
  });

  it("takes a document that is as long as AWS's own", () => {
    const actions = Array.from({ length: 900 }, (_, n) => `svc${n}:Get*`);
    const long = rights([[allow(actions)]]);
    assert.equal(
      beyond(long, rights([[allow([...actions].reverse())]])),
      "closed",
    );
    assert.equal(
      beyond(long, rights([[allow(actions.slice(1))]])).slice(0, 8),
      "svc0:Get",
    );
    const all = rights([[allow(actions)], [allow("iam:*")]]);
    assert.match(beyond(all, long), /^iam:/);
    const some = rights([[allow(["svc7:*", "svc8:Get*"])]]);
    assert.equal(beyond(some, long), "svc7:x 1");
  });

  it("is beyond several where no one of them has it, and each has a part", () => {
    const both = rights([[allow(["sqs:SendMessage", "sns:Publish"])]]);
    const [queues, topics] = [
      rights([[allow("sqs:*")]]),
      rights([[allow("*"), deny("sqs:*")]]),
    ];
    const answer = (...meant: readonly Rights[]) => {
      const beyond = requestBeyondAll(both, meant, role);
      return beyond.answer === "open"
        ? beyond.witness.values.get(":action")?.[0]
        : beyond.answer;
    };
    assert.equal(answer(queues, topics), "closed");
    assert.equal(answer(queues), "sns:Publish");
    assert.equal(answer(topics, topics), "sqs:SendMessage");
    assert.equal(answer(), "sqs:SendMessage");
  });

  describe("of random ones", () => {
    const written = fc.record({
      policies: fc.array(identityPolicy, { minLength: 1, maxLength: 2 }),
      boundary: fc.option(identityPolicy, { nil: undefined }),
    });
    interface Plain {
      readonly policies: readonly Written[];
      readonly boundary: Written | undefined;
    }
    const read = ({ policies, boundary }: Plain): Rights => ({
      documents: policies.map((one) => readWell(one, "identity")),
      boundary: boundary && [readWell(boundary, "identity")],
    });
    const layersOf = ({ documents, boundary }: Rights) =>
      boundary === undefined ? [documents] : [documents, boundary];
    const { caller } = role;
    const anyRequest = { ...role, given: [], derived: [] };
    const beyondAny = (found: Plain, meant: Plain) =>
      requestBeyond(read(found), read(meant), anyRequest);

    it("is there where a simulator that is not ours tells them apart", async () => {
      await fc.assert(
        fc.asyncProperty(
          written,
          written,
          fc.constantFrom("iam:CreateUser", "iam:GetUser", "s3:GetObject"),
          context,
          async (found, meant, action, keys) => {
            const all = [found, meant].flatMap(({ policies, boundary }) =>
              boundary === undefined ? policies : [...policies, boundary],
            );
            fc.pre(!all.some((policy) => invertsUnsetVariable(policy, keys)));
            const resource = action.startsWith("s3:")
              ? "arn:aws:s3:::bucket/key"
              : "arn:aws:iam::222222222222:user/ada";
            const isAllowed = ({ policies, boundary }: Plain) =>
              simulate({
                principal: "arn:aws:sts::222222222222:assumed-role/team/s",
                action,
                resource,
                context: keys,
                identity: policies,
                boundary,
              });
            if ((await isAllowed(found)) && !(await isAllowed(meant))) {
              assert.notEqual(beyondAny(found, meant).answer, "closed");
            }
            assert.equal(beyondAny(found, found).answer, "closed");
          },
        ),
        { numRuns: runs(250) },
      );
    });

    it("gets through the one, and not through the other", () => {
      const answers = new Map<string, number>();
      fc.assert(
        fc.property(written, written, (found, meant) => {
          const verdict = beyondAny(found, meant);
          answers.set(verdict.answer, (answers.get(verdict.answer) ?? 0) + 1);
          if (verdict.answer !== "open") return;
          const { values } = verdict.witness;
          const [action = ""] = values.get(":action") ?? [];
          const [resource = "arn:::::"] = values.get(":resource") ?? [];
          const context = Object.fromEntries(
            [...values].filter(([key]) => !key.startsWith(":")),
          );
          const asked = { caller, action, resource, context };
          const answerOf = (one: Plain) =>
            decideRequest(layersOf(read(one)), asked).answer;
          assert.equal(answerOf(found), "open");
          assert.equal(answerOf(meant), "closed");
        }),
        { numRuns: runs(250) },
      );
      assert.ok((answers.get("open") ?? 0) > 50, JSON.stringify([...answers]));
      assert.ok((answers.get("closed") ?? 0) > 50);
    });

    it("gets past none of several, and none is left where one has it all", () => {
      let open = 0;
      fc.assert(
        fc.property(written, written, written, (found, one, other) => {
          const beyond = (...meant: readonly Plain[]) =>
            requestBeyondAll(read(found), meant.map(read), anyRequest);
          assert.equal(beyond(one, found).answer, "closed");
          assert.equal(beyond(found, one).answer, "closed");
          const both = beyond(one, other);
          if (beyondAny(found, one).answer === "closed") {
            assert.equal(both.answer, "closed");
          }
          if (both.answer !== "open") return;
          open += 1;
          const { values } = both.witness;
          const [action = ""] = values.get(":action") ?? [];
          const [resource = "arn:::::"] = values.get(":resource") ?? [];
          const context = Object.fromEntries(
            [...values].filter(([key]) => !key.startsWith(":")),
          );
          const asked = { caller, action, resource, context };
          const answers = [found, one, other].map(
            (rights) => decideRequest(layersOf(read(rights)), asked).answer,
          );
          assert.deepEqual(answers, ["open", "closed", "closed"]);
        }),
        { numRuns: runs(150) },
      );
      assert.ok(open > 20, String(open));
    });
  });
});
