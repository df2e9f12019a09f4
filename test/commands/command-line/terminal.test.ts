import assert from "node:assert/strict";
import {
  forReading,
  hasColours,
} from "../../../commands/command-line/terminal";

describe("a text for a person", () => {
  const text = [
    "ada: closed in role PowerUser, role OpsSudo and role ReadOnly",
    "  Not closed in dev: denied by a service control policy",
    "┌──────┬─────┐",
    "",
  ].join("\n");

  it("goes on in a new line between words, in a terminal", () => {
    assert.deepEqual(
      forReading(text, { isTTY: true, columns: 40 }).split("\n"),
      [
        "ada: closed in role PowerUser, role",
        "OpsSudo and role ReadOnly",
        "  Not closed in dev: denied by a service",
        "  control policy",
        "┌──────┬─────┐",
        "",
      ],
    );
  });

  it("is left whole where a program may read it", () => {
    assert.equal(forReading(text, { isTTY: false, columns: 0 }), text);
  });
});

describe("colours", () => {
  it("are for a terminal, and for no pipe of a CI", () => {
    assert.equal(hasColours({}, { isTTY: true }), true);
    assert.equal(hasColours({ CI: "true", FORCE_COLOR: "1" }, {}), false);
  });

  it("are for nobody who asks for none", () => {
    assert.equal(hasColours({ NO_COLOR: "1" }, { isTTY: true }), false);
    assert.equal(hasColours({ NO_COLOR: "" }, { isTTY: true }), true);
  });
});
