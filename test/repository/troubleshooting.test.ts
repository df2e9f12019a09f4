import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findingKinds } from "../../commands/verify/finding-kinds";
import { checkout } from "../../sandbox/engine/paths";
import { below, messagesIn } from "./messages-page";

/** Source code as its strings read when they are put together; each value in them is an ellipsis. */
const asRead = (code: string): string =>
  code
    .replace(/["'`]\s*\+\s*["'`]/g, "")
    .replace(/\\(["'`])/g, "$1")
    .replace(/\$\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g, "…");

const sources = (folders: readonly string[]): readonly string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(checkout, folder), { recursive: true })
      .map(String)
      .filter((file) => /\.(ts|js)$/.test(file))
      .filter((file) => !/(^|\/)(bin|node_modules)\//.test(file))
      .map((file) =>
        asRead(readFileSync(join(checkout, folder, file), "utf8")),
      ),
  );

/** A message is on one line, and what differs in it may be left out. */
const patternOf = (message: string): RegExp =>
  new RegExp(
    message
      .replace(/^…|…$/g, "")
      .split("…")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("[^\n]{0,300}?"),
  );

/** Words of AWS and its clients that the sandbox has no need to say. */
const notInTheSandbox = [
  "You need permissions",
  "unable to find credentials",
  "Unable to locate credentials",
];

/** What AWS, and so the sandbox, puts together of several pieces. */
const composed: Readonly<Record<string, readonly string[]>> = {
  "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.":
    [
      "MultiFactorAuthentication failed, …",
      "unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
    ],
  "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.":
    [
      "MultiFactorAuthentication failed, …",
      "must provide both MFA serial number and one time pass code.",
    ],
  "because no identity-based policy allows": [
    "because no … allows",
    "identity-based policy",
  ],
  "because no resource-based policy allows": [
    "because no … allows",
    "resource-based policy",
  ],
  "with an explicit deny in an identity-based policy": [
    "with an explicit deny in …",
    "identity-based policy",
  ],
  "with an explicit deny in a service control policy": [
    "with an explicit deny in …",
    "service control policy",
  ],
};

describe("the page of messages", () => {
  const own = sources(["infra", "commands", "policy-pack", "sandbox"]);
  const isSaid = (message: string): boolean =>
    (composed[message] ?? [message])
      .map(patternOf)
      .every((piece) => own.some((text) => piece.test(text)));

  for (const heading of ["Config", "The commands beside Pulumi"]) {
    it(`quotes of this project only what its code says: ${heading}`, () => {
      const messages = messagesIn(below(heading));
      assert.ok(messages.length > 8);
      assert.deepEqual(
        messages.filter((message) => !isSaid(message)),
        [],
      );
    });
  }

  it("quotes AWS as the sandbox does, which has its words from AWS's documentation", () => {
    const messages = [
      "People: signing in, MFA, roles",
      "Deploying: what AWS says",
    ].flatMap((heading) => messagesIn(below(heading)));
    assert.ok(messages.length > 25);
    assert.deepEqual(
      messages.filter((message) => !isSaid(message)).sort(),
      [...notInTheSandbox].sort(),
    );
  });

  it("has every message of the program and its commands that says how to mend something", () => {
    const known = ["Config", "The commands beside Pulumi"]
      .flatMap((heading) => messagesIn(below(heading)))
      .map(patternOf);
    const missing = sources(["infra", "commands"])
      .flatMap((text) => text.split("\n"))
      .filter((line) => line.includes("Fix: ") && !/["`] *Fix: /.test(line))
      .filter((line) => !known.some((pattern) => pattern.test(line)));
    assert.deepEqual(missing, []);
  });

  it("names every kind of verify's findings once", () => {
    const named = [
      ...below("What verify finds").matchAll(/`([a-z]+(?:-[a-z]+)*)`/g),
    ].map(([, kind = ""]) => kind);
    assert.deepEqual([...named].sort(), [...findingKinds].sort());
  });
});
