import { strict as assert } from "node:assert";
import fc from "fast-check";
import { Effort, mostSteps } from "../../../policy-pack/decide/effort";
import { seed } from "../../run/property-tests";
import { judge, type Declared } from "../pack";
import { json, trusts } from "../rules/documents";
import { role } from "../rules/resources";
import { largeDocuments } from "./large-documents";

/**
 * Steps and not seconds: they are the same on every machine. `npm run bench:decisions` has the
 * seconds.
 */
function stepsToJudge(holder: Declared): number {
  const spend = Reflect.get<Effort, "spend">(Effort.prototype, "spend");
  let steps = 0;
  Effort.prototype.spend = function (this: Effort, some: number): void {
    steps += some;
    spend.call(this, some);
  };
  try {
    judge({ resources: [holder] });
  } finally {
    Effort.prototype.spend = spend;
  }
  return steps;
}

const holding = (...statements: readonly object[]): Declared =>
  role("holder", {
    inlinePolicies: [
      {
        name: "own",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: statements,
        }),
      },
    ],
  });

const allOfIam = { Effect: "Allow", Action: "iam:*", Resource: "*" };
const tag = (number: number): string => `aws:PrincipalTag/${number}`;

/** Three conditions of six tags, each by its own number: together they close nearly everything. */
const [fortyDenies = []] = fc.sample(
  fc.array(
    fc
      .tuple(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 3, maxLength: 3 }),
        fc.nat(3),
      )
      .map(([tags, equal]) => ({
        ...allOfIam,
        Effect: "Deny",
        Condition: Object.fromEntries(
          [
            ["StringEquals", tags.slice(0, equal)] as const,
            ["StringNotEquals", tags.slice(equal)] as const,
          ]
            .filter(([, some]) => some.length > 0)
            .map(([operator, some]) => [
              operator,
              Object.fromEntries(some.map((one) => [tag(one), "1"])),
            ]),
        ),
      })),
    { minLength: 40, maxLength: 40 },
  ),
  { seed, numRuns: 1 },
);

const slow: readonly (readonly [string, Declared])[] = [
  [
    "many stars in an action",
    holding({ ...allOfIam, Action: "iam:*********0" }),
  ],
  [
    "a long pattern asked for and refused",
    holding({
      ...allOfIam,
      Condition: {
        StringLike: { [tag(1)]: "*a??????????????" },
        StringNotLike: { [tag(1)]: "*a??????????????" },
      },
    }),
  ],
  [
    "one more question mark refused than asked for",
    holding({
      ...allOfIam,
      Condition: {
        StringLike: { [tag(1)]: "*a????????????" },
        StringNotLike: { [tag(1)]: "*a?????????????" },
      },
    }),
  ],
  [
    "a long ARN asked for, and another refused",
    role("holder", {
      assumeRolePolicy: json(
        trusts("*", {
          Condition: {
            StringLike: { "aws:PrincipalArn": `*a${"?".repeat(20)}` },
            StringNotLike: { "aws:PrincipalArn": `*b${"?".repeat(23)}` },
          },
        }),
      ),
    }),
  ],
  ["forty Denies of three conditions", holding(allOfIam, ...fortyDenies)],
  [
    "a hundred Allows against a hundred Denies",
    holding(
      ...Array.from({ length: 50 }, (_, number) => ({
        ...allOfIam,
        Condition: { StringLike: { [tag(number % 7)]: `*${number}*` } },
      })),
      ...Array.from({ length: 50 }, (_, number) => ({
        ...allOfIam,
        Effect: "Deny",
        Condition: { StringLike: { [tag(number % 5)]: `${number % 10}*` } },
      })),
    ),
  ],
];

/** A few questions come to their end, or to the most that one may spend. */
const most = 3 * mostSteps;

describe("what a document may cost", () => {
  for (const [title, holder] of slow) {
    it(title, () => {
      assert.ok(stepsToJudge(holder) <= most);
    });
  }

  it("documents that are as much work as IAM's quotas let them be", () => {
    for (const { document, holder } of largeDocuments(seed, 40)) {
      assert.ok(stepsToJudge(holder) <= most, document);
    }
  });
});
