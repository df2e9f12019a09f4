import { strict as assert } from "node:assert";
import {
  membershipForms,
  policyGrantForms,
} from "../../../policy-pack/identities/forms";
import { markers } from "../../../policy-pack/resources/unknown";
import { judge, unknownText, type Declared } from "../pack";
import { secret } from "../serialisation";
import { json, service } from "./documents";
import { propertiesRead } from "./properties-read";

/** How the engine's finding of an unknown value reads. */
const unknown = "can't be known during preview";

/** Ways in which a value may lie in a property. */
const places: Readonly<Record<string, (value: unknown) => unknown>> = {
  "as a whole": (value) => value,
  "in a list": (value) => [value],
  "in a list of a list": (value) => [[value]],
  "at a key": (value) => ({ Statement: [{ Condition: { Bool: value } }] }),
};

/** Ways in which a marker may be a part of a text. */
const texts: Readonly<Record<string, (marker: string) => unknown>> = {
  "in a key": (marker) => ({ [`${marker}:sub`]: "x" }),
  "inside JSON text": (marker) =>
    json({ ...service, Condition: { Bool: { "aws:x": marker } } }),
  "as a part of JSON text": (marker) =>
    json({ ...service, Sid: `before${marker}after` }),
};

/** Decided by nothing else in these stacks: without a policy, a boundary takes nothing away. */
const decidesNothing = ["permissionsBoundary"];

const judged = (type: string, inputs: Declared["inputs"] = {}) => [
  ...judge({ resources: [{ type, name: "one", inputs }] }),
  ...judge({
    stack: "bastion-account/bastion",
    resources: [{ type, name: "one", inputs }],
  }),
];

/** Every holder's names, so that what a grant gives reaches somebody. */
const beside = (type: string): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(
    (policyGrantForms.get(type)?.holders ?? [])
      .slice(0, 1)
      .map(([, property]) => [property, "ada"]),
  ),
  ...(membershipForms.has(type)
    ? {
        [membershipForms.get(type)?.users ?? ""]: "ada",
        [membershipForms.get(type)?.groups ?? ""]: "team",
      }
    : {}),
  ...(type.includes("ermission") ? { principal: "111111111111" } : {}),
});

describe("a value that is not known before the deployment", () => {
  for (const [type, property] of propertiesRead) {
    it(`in ${property} of ${type} is told as unknown, at any depth, and its marker never`, () => {
      for (const [depth, at] of Object.entries({ ...places, ...texts })) {
        const found = judged(type, {
          ...beside(type),
          [property]: at(unknownText),
        });
        for (const { message } of found) {
          assert.ok(
            !markers.some((one) => message.includes(one)),
            `${depth}: ${message}`,
          );
          assert.doesNotMatch(
            message,
            new RegExp(`^(${property}|principal)\\b.* is no policy document`),
            depth,
          );
        }
        if (decidesNothing.includes(property)) continue;
        assert.ok(
          found.some(
            ({ message }) =>
              message.includes(`.${property}`) && message.includes(unknown),
          ),
          `${depth}: ${found.map(({ message }) => message).join("\n")}`,
        );
      }
    });
  }

  // The last of its properties, for each type.
  for (const [type, property] of new Map(propertiesRead)) {
    it(`is told the same in a secret of ${type}, and as one`, () => {
      const foundWith = (value: unknown) =>
        judged(type, { ...beside(type), [property]: value });
      for (const at of Object.values(places)) {
        const plain = foundWith(at(unknownText));
        assert.deepEqual(foundWith(secret(at(unknownText))), plain);
        assert.deepEqual(foundWith(at(secret(unknownText))), plain);
      }
    });
  }

  it("has each of the engine's markers", () => {
    for (const marker of markers) {
      const found = judged("aws:lambda/permission:Permission", {
        action: [[marker]],
      });
      assert.ok(found.some(({ message }) => message.includes(unknown)));
    }
  });
});
