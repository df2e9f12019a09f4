import assert from "node:assert/strict";
import { parseDocument } from "yaml";
import { yamlFault } from "../../../infra/config/yaml-fault";

describe("what is said of a text that is not YAML", () => {
  for (const [text, said] of [
    ['a: "\\Uhunter42"', "Invalid escape sequence at line 1, column 5"],
    ['a: "\\x\nhunter42"', "Invalid escape sequence"],
    ["a: |hunter42", "Block scalar header includes extra characters"],
    ["a: !hunter42!x y", "Could not resolve tag"],
    ["%hunter42 x\n---\na: 1", "Unknown directive %…"],
  ] as const) {
    it(`quotes nothing of it: ${JSON.stringify(text)}`, () => {
      const { errors, warnings } = parseDocument(text);
      const told = [...errors, ...warnings].map((one) =>
        yamlFault(one.message),
      );
      assert.ok(told[0]?.startsWith(said), told.join("\n"));
      for (const one of told) assert.doesNotMatch(one, /hunt|42/);
    });
  }
});
