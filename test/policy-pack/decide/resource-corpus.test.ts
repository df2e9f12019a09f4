import { whoMayUse } from "../../../policy-pack/decide/resource-policy";
import {
  isForeignTo,
  outsideOf,
  standsIn,
} from "../../../policy-pack/decide/trust";
import { strict as assert } from "node:assert";
import { answerOf, asked, casesOf, shown } from "./cases";
import { readWell } from "./reading";

/** The resource stands in the second of these, which are all that are known. */
const known = ["111111111111", "222222222222", "033333333333"];

describe("policies of resources with known answers", () => {
  for (const one of casesOf("resource")) {
    it(one.title, () => {
      const foreign = isForeignTo(known);
      const verdict = whoMayUse(readWell(one.document, "resource"), {
        counts: (each) => each.caller.kind === "anonymous" || foreign(each),
        accounts: known,
        given: [...outsideOf(["o-abc1234567"]), ...standsIn("222222222222")],
      });
      for (const [question, answer] of asked(one.answers)) {
        assert.equal(answerOf(verdict), answer, shown(one, question, verdict));
      }
    });
  }
});
