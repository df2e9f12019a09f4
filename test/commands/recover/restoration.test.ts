import assert from "node:assert/strict";
import { differencesFrom } from "../../../commands/recover/restoration";
import type { ExportedStack } from "../../../commands/stacks/exported-stack";

const urn = (name: string): string =>
  `urn:pulumi:bastion::acme::aws:iam/user:User::${name}`;

const backup: ExportedStack = {
  version: 3,
  deployment: {
    resources: ["ada", "bashir"].map((name) => ({
      urn: urn(name),
      type: "aws:iam/user:User",
      custom: true,
    })),
  },
};

/** The state as it was, and cut. */
const leftOf = (names: readonly string[], space = ""): string =>
  `{"resources":[${names.map((name) => `{"urn":${space}"${urn(name)}"`).join(",")}`;

const told = (left: string | undefined): string =>
  differencesFrom(left, backup).join("\n");

describe("what a restored state differs by from the one that is cut", () => {
  it("is told where all that is left is in it", () => {
    for (const space of ["", " "]) {
      assert.match(
        told(leftOf(["ada"], space)),
        /names 1\.\n {2}All that are named there are in it\.\n {2}1 of it/,
      );
    }
  });

  it("is what was made since", () => {
    assert.match(told(leftOf(["ada", "chen"])), /Not in it: chen\./);
  });

  it("is not that all is in it, where nothing is left", () => {
    const text = told("");
    assert.match(text, /names 0\.\n {2}2 of it are not named/);
    assert.doesNotMatch(text, /All that/);
  });

  it("is not known where the state could not be read, as in a store elsewhere", () => {
    const text = told(undefined);
    assert.match(text, /It has 2 resources\. What is left .* not be read/);
    assert.doesNotMatch(text, /names 0|All that/);
  });
});
