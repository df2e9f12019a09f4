import { throughNoNetworkOf } from "../../../policy-pack/decide/own-network";
import { standsIn } from "../../../policy-pack/decide/own-places";
import { whoMayUse } from "../../../policy-pack/decide/resource-policy";
import { isForeignTo, outsideOf } from "../../../policy-pack/decide/trust";
import { strict as assert } from "node:assert";
import { answerOf, asked, casesOf, shown } from "./cases";
import { readWell } from "./reading";

/** The resource stands in the second of these accounts, which are all that are known. */
const accounts = ["111111111111", "222222222222", "033333333333"];
const organisations = ["o-abc1234567"];

describe("policies of resources with known answers", () => {
  for (const one of casesOf("resource")) {
    it(one.title, () => {
      const foreign = isForeignTo(accounts);
      const document = readWell(one.document, "resource");
      const verdict = whoMayUse(document, {
        counts: (each) => each.caller.kind === "anonymous" || foreign(each),
        accounts,
        given: [
          ...outsideOf(organisations),
          ...standsIn({ account: "222222222222", organisation: undefined }),
        ],
        ofStrangers: throughNoNetworkOf(document, { accounts, organisations }),
      });
      for (const [question, answer] of asked(one.answers)) {
        assert.equal(answerOf(verdict), answer, shown(one, question, verdict));
      }
    });
  }
});
