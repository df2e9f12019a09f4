import { strict as assert } from "node:assert";
import { gatherIdentities } from "../../../policy-pack/identities/gather";
import { fieldOf } from "../../../policy-pack/resources/path";
import { unknownText, type Declared } from "../pack";
import { readResources } from "../read-resources";
import {
  deny,
  dev,
  everything,
  json,
  prod,
  readsBuckets,
} from "../rules/documents";
import { iam, role } from "../rules/resources";
import { foundBy } from "../rules/rows";

const gathered = (...resources: readonly Declared[]) =>
  gatherIdentities(readResources(...resources));

/** Name, account and the resources that its policies come from, of those that the stack does not make. */
const external = (...resources: readonly Declared[]) => {
  const { users, groups, roles } = gathered(...resources);
  return [...users, ...groups, ...roles]
    .filter(({ resource }) => resource === undefined)
    .map(({ kind, name, account, policies }) => [
      `${kind} ${name ?? "?"} of ${account ?? "?"}`,
      ...policies.map(({ resource }) => resource.name),
    ]);
};

const granted = (name: string, to: string, more: Partial<Declared> = {}) =>
  iam("RolePolicy", name, { role: to, policy: json(readsBuckets) }, more);

describe("who gets policies from a stack that does not make them", () => {
  it("is an identity of its own, of each kind", () => {
    const policy = json(everything);
    assert.deepEqual(
      external(
        iam("UserPolicy", "one", { user: "ada", policy }),
        iam("GroupPolicy", "two", { group: "team", policy }),
        iam("RolePolicy", "three", { role: "Work", policy }),
      ),
      [
        [`user ada of ${dev}`, "one"],
        [`group team of ${dev}`, "two"],
        [`role Work of ${dev}`, "three"],
      ],
    );
  });

  it("has all of them together", () => {
    assert.deepEqual(external(granted("one", "Work"), granted("two", "Work")), [
      [`role Work of ${dev}`, "one", "two"],
    ]);
  });

  it("is another one in another account", () => {
    assert.deepEqual(
      external(
        granted("one", "Work"),
        granted("two", "Work", { provider: prod }),
      ),
      [
        [`role Work of ${dev}`, "one"],
        [`role Work of ${prod}`, "two"],
      ],
    );
  });

  it("is another one of another provider, where neither shows its account", () => {
    const region = (name: string) => ({ provider: { region: name } });
    assert.deepEqual(
      external(
        granted("one", "Work", region("eu-central-1")),
        granted("two", "Work", region("us-east-1")),
        granted("three", "Work", region("eu-central-1")),
      ),
      [
        ["role Work of ?", "one", "three"],
        ["role Work of ?", "two"],
      ],
    );
  });

  it("is nobody whom the stack makes, nor may make", () => {
    const unshown = { provider: { region: "eu-central-1" } };
    for (const one of [
      granted("one", "Work"),
      granted("one", "Work", unshown),
    ]) {
      assert.deepEqual(external(role("Work"), one), []);
    }
  });

  it("is another one than the stack makes in another account", () => {
    assert.deepEqual(
      external(role("Work"), granted("one", "Work", { provider: prod })),
      [[`role Work of ${prod}`, "one"]],
    );
  });

  it("takes no power from the one that the stack makes in another account", () => {
    const guarded = {
      role: "Work",
      policy: json(deny("iam:*")),
    };
    const powerful = role("Work", {
      managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    });
    const found = (more: Partial<Declared>) =>
      foundBy("iam-power-is-guarded", {
        resources: [powerful, iam("RolePolicy", "p", guarded, more)],
      }).map(({ resource }) => resource);
    assert.deepEqual(found({ provider: prod }), ["Work"]);
    assert.deepEqual(found({}), []);
  });

  it("is not told from a name that nobody knows yet: the value is told as unknown", () => {
    const one = granted("one", unknownText);
    assert.deepEqual(external(one), []);
    const { unknownHolders } = gathered(one);
    assert.deepEqual(
      unknownHolders.map(({ path }) => fieldOf(path)),
      ["role"],
    );
  });
});
