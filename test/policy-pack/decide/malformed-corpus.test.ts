import { strict as assert } from "node:assert";
import { readDocument } from "../../../policy-pack/decide/read";
import { casesOf, shown } from "./cases";

describe("malformed documents", () => {
  for (const one of casesOf("malformed")) {
    it(one.title, () => {
      const reading = readDocument(one.document, one.kind);
      assert.equal(reading.kind, "malformed", shown(one, "malformed", reading));
      const said = reading.faults.join("\n");
      for (const piece of one.faults) {
        assert.ok(said.includes(piece), shown(one, piece, reading));
      }
    });
  }
});
