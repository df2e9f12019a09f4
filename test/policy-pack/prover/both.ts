import type { Verdict } from "../../../policy-pack/decide/search";
import * as decided from "./decided";
import type { Answer, Prover, Question } from "./prover";
import * as questions from "./questions";

/** A document, and what is asked of it. */
export type Asked =
  | {
      readonly question:
        "foreign" | "without MFA" | "old MFA" | "vendor without id";
      readonly trust: unknown;
    }
  | { readonly question: "foreign use"; readonly policy: unknown }
  | {
      readonly question: "changes IAM" | "passes a role" | "creates a user";
      readonly documents: readonly unknown[];
      readonly boundary?: unknown;
    };

export interface Both {
  readonly decide: Verdict;
  readonly prover: Answer;
}

const known = {
  accounts: ["111111111111", "222222222222", "333333333333"],
  organisations: ["o-abc1234567"],
};
const vendor = "444444444444";
const hour = 3600;

/** Puts the same question to the policy pack and to the prover. */
export async function askBoth(prover: Prover, asked: Asked): Promise<Both> {
  return {
    decide: decide(asked),
    prover: prover.any(await questionsOf(asked)),
  };
}

const holderOf = (asked: {
  documents: readonly unknown[];
  boundary?: unknown;
}) => ({
  documents: asked.documents,
  boundary: asked.boundary,
  account: questions.ownAccount,
  name: "team",
  role: `arn:aws:iam::${questions.ownAccount}:role/team`,
});

export function decide(asked: Asked): Verdict {
  switch (asked.question) {
    case "foreign":
      return decided.foreignersAssume(asked.trust, known);
    case "without MFA":
      return decided.anybodyAssumesWithoutMfa(asked.trust, [vendor]);
    case "old MFA":
      return decided.usersAssumeWithMfaOlderThan(asked.trust, hour);
    case "vendor without id":
      return decided.vendorAssumesWithoutId(asked.trust, vendor);
    case "foreign use":
      return decided.foreignersUse(asked.policy, known);
    case "changes IAM":
      return decided.sessionChangesIam(holderOf(asked));
    case "passes a role":
      return decided.sessionRequests(holderOf(asked), "iam:PassRole", "role");
    case "creates a user":
      return decided.sessionRequests(holderOf(asked), "iam:CreateUser", "user");
  }
}

export async function questionsOf(asked: Asked): Promise<readonly Question[]> {
  switch (asked.question) {
    case "foreign":
      return questions.foreignersAssume(asked.trust, known);
    case "without MFA":
      return questions.anybodyAssumesWithoutMfa(asked.trust, [vendor]);
    case "old MFA":
      return questions.usersAssumeWithMfaOlderThan(asked.trust, BigInt(hour));
    case "vendor without id":
      return questions.vendorAssumesWithoutId(asked.trust, vendor);
    case "foreign use":
      return questions.foreignersUse(asked.policy, known);
    case "changes IAM":
      return questions.sessionChangesIam(holderOf(asked));
    case "passes a role":
      return questions.sessionRequests(holderOf(asked), "iam:PassRole", "role");
    case "creates a user":
      return questions.sessionRequests(
        holderOf(asked),
        "iam:CreateUser",
        "user",
      );
  }
}
