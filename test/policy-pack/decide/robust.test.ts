import { strict as assert } from "node:assert";
import fc from "fast-check";
import { userCase } from "../../../policy-pack/decide/callers";
import {
  federatedProviders,
  foreignToken,
  unpinnedToken,
} from "../../../policy-pack/decide/federation";
import { anyMfa } from "../../../policy-pack/decide/mfa";
import {
  isAdministrator,
  mayChangeIam,
  mayPassAnyRole,
  mayUseAnyService,
} from "../../../policy-pack/decide/powers";
import { readDocument } from "../../../policy-pack/decide/read";
import { whoMayAssume } from "../../../policy-pack/decide/trust";
import { runs } from "../../run/property-tests";
import { identityPolicy, trustPolicy } from "./random-documents";
import { anyCaller } from "./who";

const kinds = ["trust", "identity", "resource"] as const;
const answers = ["open", "closed", "undecided", "pinned"];

/** The decisions over a document of the kind, each to the end. */
function decideAll(value: unknown, kind: (typeof kinds)[number]): void {
  const reading = readDocument(value, kind);
  if (reading.kind === "malformed") {
    assert.ok(reading.faults.length > 0);
    return;
  }
  const { document } = reading;
  const permissions = {
    caller: userCase({
      account: "111111111111",
      partition: "aws",
      arn: "arn:aws:iam::111111111111:user/ada",
    }),
    documents: [document],
    boundary: [document],
    account: undefined,
  };
  const trust = { counts: anyCaller, mfa: [anyMfa], accounts: [] };
  for (const { answer } of [
    mayChangeIam(permissions),
    isAdministrator(permissions),
    mayPassAnyRole(permissions),
    mayUseAnyService(permissions),
    whoMayAssume(document, trust),
    ...federatedProviders(document).flatMap((one) => [
      unpinnedToken(document, one, []),
      foreignToken(document, one, []),
    ]),
  ]) {
    assert.ok(answers.includes(answer));
  }
}

/** What a template or a tired hand leaves in the place of a value. */
const oddValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    "*",
    "",
    "${",
    "${}",
    "${aws:username",
    "${aws:username, ''}",
    "arn:aws:iam::111111111111:role/",
    "arn::::::",
    ":",
    [],
    {},
    null,
  ),
);

/** The value with one thing in it, at any depth, replaced. */
function mutated(
  value: unknown,
  path: readonly number[],
  odd: unknown,
): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return odd;
  if (Array.isArray(value) && value.length > 0) {
    const at = step % value.length;
    return value.map((one: unknown, index) =>
      index === at ? mutated(one, rest, odd) : one,
    );
  }
  if (typeof value !== "object" || value === null) return odd;
  const entries = Object.entries(value);
  const at = step % Math.max(1, entries.length);
  return Object.fromEntries(
    entries.map(([key, one], index) => [
      key,
      index === at ? mutated(one, rest, odd) : one,
    ]),
  );
}

describe("whatever a document holds", () => {
  for (const kind of kinds) {
    it(`${kind}: any JSON is read or refused, and never throws`, () => {
      fc.assert(
        fc.property(fc.jsonValue(), fc.boolean(), (value, asText) => {
          decideAll(asText ? JSON.stringify(value) : value, kind);
        }),
        { numRuns: runs(200) },
      );
    });

    it(`${kind}: a document with one thing replaced is decided or refused`, () => {
      fc.assert(
        fc.property(
          fc.oneof(
            kind === "identity" ? identityPolicy : trustPolicy,
            kind === "trust" ? trustPolicy : identityPolicy,
          ),
          fc.array(fc.nat(9), { maxLength: 6 }),
          oddValue,
          (policy, path, odd) => {
            decideAll(mutated(policy, path, odd), kind);
          },
        ),
        { numRuns: runs(200) },
      );
    });

    it(`${kind}: any text is read or refused`, () => {
      fc.assert(
        fc.property(fc.string(), (text) => {
          decideAll(text, kind);
        }),
        { numRuns: runs(200) },
      );
    });
  }
});
