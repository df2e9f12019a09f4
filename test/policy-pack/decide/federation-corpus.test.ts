import { strict as assert } from "node:assert";
import {
  federatedProviders,
  foreignToken,
  unpinnedToken,
} from "../../../policy-pack/decide/federation";
import { organisationFrom } from "../../../policy-pack/organisation/config";
import { answerOf, asked, casesOf, shown, type Answer } from "./cases";
import { readWell } from "./reading";

const worst: readonly Answer[] = ["yes", "undecided", "no"];
const opposite = { yes: "no", no: "yes", undecided: "undecided" } as const;

/** Whether all of the document's providers are pinned, and known to the config. */
describe("trust in providers with known answers", () => {
  for (const one of casesOf("federation")) {
    it(one.title, () => {
      const trust = readWell(one.document, "trust");
      const { identityProviders } = organisationFrom({
        identityProviders: one.identityProviders ?? [],
      });
      const providers = federatedProviders(trust);
      assert.ok(providers.length > 0, one.title);
      for (const [question, answer] of asked(one.answers)) {
        const find = question === "pinned" ? unpinnedToken : foreignToken;
        const verdicts = providers.map((provider) =>
          find(trust, provider, identityProviders),
        );
        const found = verdicts.map(answerOf);
        const strangers = worst.find((each) => found.includes(each)) ?? "no";
        assert.equal(
          opposite[strangers],
          answer,
          shown(one, question, verdicts),
        );
      }
    });
  }
});
