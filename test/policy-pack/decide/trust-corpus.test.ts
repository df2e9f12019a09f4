import { strict as assert } from "node:assert";
import {
  anyMfa,
  withMfaOlderThan,
  withoutMfa,
  withoutMfaKeys,
} from "../../../policy-pack/decide/mfa";
import {
  isForeignTo,
  outsideOf,
  whoMayAssume,
  type TrustClass,
} from "../../../policy-pack/decide/trust";
import { answerOf, asked, casesOf, shown, type TrustQuestion } from "./cases";
import { readWell } from "./reading";
import { everything, simulate } from "./simulate";
import { requestOf } from "./witness";
import { anyCaller, isRoleSession } from "./who";

/** The role with the trust policy, in an account of its own beside the bastion and a third one. */
const role = "arn:aws:iam::222222222222:role/team";
const accounts = ["111111111111", "222222222222", "033333333333"];

const classes: Readonly<Record<TrustQuestion, TrustClass>> = {
  withoutMfa: { counts: anyCaller, mfa: withoutMfa, accounts },
  staleMfa: {
    // Sessions of a role carry no MFA at all.
    counts: (one) => !isRoleSession(one),
    mfa: [withMfaOlderThan(3600)],
    accounts,
  },
  foreign: {
    counts: isForeignTo(accounts),
    mfa: [anyMfa],
    accounts,
    given: outsideOf(["o-abc1234567"]),
  },
  roleSession: { counts: isRoleSession, mfa: [withoutMfaKeys], accounts },
};

describe("trust policies with known answers", () => {
  for (const one of casesOf("trust")) {
    it(one.title, async () => {
      const trust = readWell(one.document, "trust");
      for (const [question, answer] of asked(one.answers)) {
        const verdict = whoMayAssume(trust, classes[question]);
        assert.equal(answerOf(verdict), answer, shown(one, question, verdict));
        if (verdict.answer !== "open" || one.notSimulated !== undefined) {
          continue;
        }
        const { principal, keys } = requestOf(verdict.witness);
        assert.ok(
          await simulate({
            principal,
            action: "sts:AssumeRole",
            resource: role,
            context: keys,
            identity: [everything],
            trust: written(one.document),
          }),
          `the simulator denies ${shown(one, question, { principal, keys })}`,
        );
      }
    });
  }
});

/** The simulator takes documents as IAM has them, and no text or arguments of a function. */
function written(document: unknown): unknown {
  return typeof document === "string" ? JSON.parse(document) : document;
}
