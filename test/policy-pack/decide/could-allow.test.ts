import assert from "node:assert/strict";
import {
  couldAllow,
  thoseAllowed,
} from "../../../policy-pack/decide/could-allow";
import type { Layers } from "../../../policy-pack/decide/document";
import { allIamWrites } from "../../../policy-pack/decide/iam-actions";
import { readWell } from "./reading";

type Effect = "Allow" | "Deny";

const policy = (...said: readonly (readonly [Effect, string | string[]])[]) =>
  readWell(
    {
      Version: "2012-10-17",
      Statement: said.map(([effect, actions]) => ({
        Effect: effect,
        Action: actions,
        Resource: "*",
      })),
    },
    "identity",
  );

const all = policy(["Allow", "*"]);
const iam = policy(["Allow", "iam:*"]);
const keys = policy(["Allow", ["iam:*AccessKey", "s3:GetObject"]]);
const storage = policy(["Allow", "s3:*"]);
const withoutUsers = policy(["Allow", "iam:*"], ["Deny", "iam:*User*"]);

const everyLayers: readonly Layers[] = [
  [[]],
  [[storage]],
  [[keys]],
  [[iam]],
  [[iam], [keys]],
  [[storage, keys], [all]],
  [[iam], [storage]],
  [[withoutUsers]],
  [[keys, withoutUsers]],
  [[all], [withoutUsers]],
];

describe("actions that documents could allow", () => {
  it("are the same of a list as of each of its actions", () => {
    const lists = everyLayers.map((layers) =>
      thoseAllowed(layers, allIamWrites),
    );
    for (const [index, layers] of everyLayers.entries()) {
      assert.deepEqual(
        lists[index],
        allIamWrites.filter(({ action }) => couldAllow(layers, action)),
      );
    }
    const sizes = lists.map(({ length }) => length);
    assert.ok(new Set(sizes).size > 3, `all lists are alike: ${sizes.join()}`);
  });

  it("are the same of documents that were looked through for others", () => {
    const before = thoseAllowed([[iam]], allIamWrites);
    thoseAllowed([[iam, withoutUsers], [storage]], allIamWrites);
    assert.deepEqual(thoseAllowed([[iam]], allIamWrites), before);
    assert.notDeepEqual(
      thoseAllowed([[iam, withoutUsers]], allIamWrites),
      before,
    );
  });
});
