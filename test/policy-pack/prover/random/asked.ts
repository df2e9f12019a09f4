import fc from "fast-check";
import type { Asked } from "../both";
import { identity, resourcePolicy, trustPolicy } from "./documents";

/** Documents, each with a question that suits it. */
export const asked: fc.Arbitrary<Asked> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          "foreign",
          "foreign",
          "without MFA",
          "without MFA",
          "old MFA",
          "vendor without id",
        ),
        trustPolicy,
      )
      .map(([question, trust]): Asked => ({ question, trust })),
  },
  {
    weight: 3,
    arbitrary: resourcePolicy.map((policy): Asked => ({
      question: "foreign use",
      policy,
    })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom("changes IAM", "passes a role", "creates a user"),
        identity,
      )
      .map(([question, { documents, boundary }]): Asked => ({
        question,
        documents,
        ...(boundary === undefined ? {} : { boundary }),
      })),
  },
);

/** The same documents for the same seed. */
export const sample = (seed: number, count: number): readonly Asked[] =>
  fc.sample(asked, { seed, numRuns: count });
