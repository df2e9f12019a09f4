import { strict as assert } from "node:assert";
import {
  federatedProviders,
  isPinned,
} from "../../../policy-pack/decide/federation";
import { asked, casesOf, shown, type Answer } from "./cases";
import { readWell } from "./reading";

const worst: readonly Answer[] = ["no", "undecided", "yes"];

/** Whether all of the document's providers are pinned. */
describe("trust in providers with known answers", () => {
  for (const one of casesOf("federation")) {
    it(one.title, () => {
      const trust = readWell(one.document, "trust");
      const verdicts = federatedProviders(trust).map((provider) =>
        isPinned(trust, provider),
      );
      assert.ok(verdicts.length > 0, one.title);
      for (const [question, answer] of asked(one.answers)) {
        const found = verdicts.map((verdict): Answer => {
          if (verdict.answer === "undecided") return "undecided";
          return verdict.answer === "pinned" ? "yes" : "no";
        });
        assert.equal(
          worst.find((each) => found.includes(each)),
          answer,
          shown(one, question, verdicts),
        );
      }
    });
  }
});
