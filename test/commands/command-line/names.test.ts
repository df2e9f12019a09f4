import assert from "node:assert/strict";
import {
  refuseUnknownNames,
  type NamesGiven,
} from "../../../commands/command-line/names";

const given = (...names: readonly string[]): NamesGiven => ({
  option: "keep",
  names,
  what: "role",
  known: ["vital", "backup"],
});

/** What was given, and the error; undefined: there is none. */
const cases: readonly (readonly [NamesGiven, string | undefined])[] = [
  [given(), undefined],
  [given("vital"), undefined],
  [given("backup", "vital"), undefined],
  [given("vitall"), '--keep "vitall" names no role; the nearest is vital'],
  [given("Vital"), '--keep "Vital" names no role; the nearest is vital'],
  [
    given("vital", "bakup"),
    '--keep "bakup" names no role; the nearest is backup',
  ],
  [given(""), '--keep "" names no role; there are vital, backup'],
  [given("audit"), '--keep "audit" names no role; there are vital, backup'],
  [
    { ...given("audit"), known: ["a1", "b2", "c3", "d4", "e5", "f6", "g7"] },
    '--keep "audit" names no role; there are a1, b2, c3, d4, e5 and 2 more',
  ],
  [{ ...given("vital"), known: [] }, '--keep "vital" names no role'],
];

describe("names that an option takes", () => {
  for (const [asked, message] of cases) {
    const names = JSON.stringify(asked.names);
    it(`${message === undefined ? "takes" : "refuses"} ${names} of ${asked.known.length} names`, () => {
      const refuse = () => {
        refuseUnknownNames(asked);
      };
      if (message === undefined) assert.doesNotThrow(refuse);
      else assert.throws(refuse, { name: "UsageError", message });
    });
  }
});
