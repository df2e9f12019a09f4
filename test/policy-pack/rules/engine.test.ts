import { strict as assert } from "node:assert";
import fc from "fast-check";
import { rules } from "../../../policy-pack/rules";
import { judge, unknownText, type Declared } from "../pack";
import {
  allow,
  bastion,
  dev,
  everything,
  foreign,
  json,
  people,
  root,
  trusts,
} from "./documents";
import { secret, type Inputs } from "../serialisation";
import { runs } from "../../run/property-tests";
import { propertiesRead } from "./properties-read";
import { group, iam, member, native, resource, role, user } from "./resources";
import { bastionStack } from "./rows";

/** Breaks most of the rules at once. */
const mixed: readonly Declared[] = [
  user("ada"),
  user("grace"),
  group("team"),
  member("ada", "team"),
  iam("GroupPolicy", "steps", {
    group: "team",
    policy: json(allow("sts:AssumeRole")),
  }),
  iam("UserPolicy", "own", { user: "grace", policy: json(everything) }),
  role("Strong", {
    assumeRolePolicy: json(trusts({ AWS: root(dev) })),
    managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
  }),
  role("Middle", { assumeRolePolicy: json(trusts({ AWS: root(foreign) })) }),
  role("Support", { assumeRolePolicy: json(people()) }),
  iam("RolePolicy", "more", { role: "Support", policy: json(everything) }),
  iam("RolePolicy", "later", { role: "Middle", policy: unknownText }),
  native("User", "lin", { userName: "lin", groups: ["team"] }),
  resource("aws:s3/bucket:Bucket", "notes"),
];

const findings = (stack: string, resources: readonly Declared[]) =>
  judge({ stack, resources })
    .map((one) => `${one.rule} ${one.resource} ${one.message}`)
    .sort();

/** With all values so deep inside, and those that are not so deep, as secrets. */
const secretAt = (depth: number, inputs: Inputs = {}): Inputs =>
  Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key, secrets(depth, value)]),
  );

function secrets(depth: number, value: unknown): unknown {
  if (depth === 0 || typeof value !== "object" || value === null) {
    return secret(value);
  }
  return Array.isArray(value)
    ? value.map((one) => secrets(depth - 1, one))
    : secretAt(depth - 1, value as Inputs);
}

const types = propertiesRead.map(([type]) => type);
const properties = [
  ...propertiesRead.map(([, property]) => property),
  ...["loginProfile", "arn", "path", "policyName"],
];

/** Values that no schema would let through, and such as nearly are what they should be. */
const { value: odd } = fc.letrec<{ value: unknown; list: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(unknownText, "", "*", "ada", "arn:aws:iam::aws:policy/X"),
    fc.constantFrom(null, 0, -1, true, "{", "{}", "[]", json(people())),
    fc.jsonValue({ maxDepth: 2 }),
    tie("list"),
    fc.dictionary(
      fc.constantFrom(
        ...["Version", "Statement", "Effect", "Action", "Resource", "AWS"],
        ...["Principal", "Condition", "Bool", "name", "policy", "toString"],
      ),
      tie("value"),
    ),
  ),
  list: fc.array(tie("value"), { maxLength: 3 }),
}));

const oddResource: fc.Arbitrary<Declared> = fc
  .record({
    type: fc.constantFrom(...types),
    name: fc.constantFrom("ada", "team", "Support"),
    inputs: fc.dictionary(fc.constantFrom(...properties), odd, { maxKeys: 6 }),
    provider: fc.oneof(
      fc.constantFrom(dev, bastion),
      fc.dictionary(
        fc.constantFrom("allowedAccountIds", "assumeRoles", "region"),
        odd,
      ),
    ),
  })
  .map((one) => ({ ...one, from: { role: ["Support"], groups: ["team"] } }));

describe("the rules, run by the engine", () => {
  it("find the same in whichever order the resources come", () => {
    const expected = findings(bastionStack, mixed);
    assert.ok(expected.length > 8);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...mixed], { minLength: mixed.length }),
        (shuffled) => {
          assert.deepEqual(findings(bastionStack, shuffled), expected);
        },
      ),
      { numRuns: runs(25) },
    );
  });

  it("find the same in what is secret, at whatever depth", () => {
    const expected = findings(bastionStack, mixed);
    const depths = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(fc.subarray([...mixed]), depths, (some, depth) => {
        const resources = mixed.map((one) =>
          some.includes(one)
            ? { ...one, inputs: secretAt(depth, one.inputs) }
            : one,
        );
        assert.deepEqual(findings(bastionStack, resources), expected);
      }),
      { numRuns: runs(10) },
    );
  });

  it("never fail, whatever a program writes into the properties", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("orders/dev", bastionStack),
        fc.array(oddResource, { minLength: 1, maxLength: 6 }),
        (stack, resources) => {
          const named = resources.map((one, index) => ({
            ...one,
            name: `${one.name}${index === 0 ? "" : String(index)}`,
          }));
          for (const { message } of judge({ stack, resources: named })) {
            assert.ok(!message.includes(unknownText), message);
          }
        },
      ),
      { numRuns: runs(150) },
    );
  });

  it("never tell what looks like a secret, in whatever they find", () => {
    const secret = "geheim-4711";
    const found = judge({
      resources: [
        iam("UserLoginProfile", "password", { user: "ada", password: secret }),
        iam("AccessKey", "key", {
          user: "ada",
          secret,
          sesSmtpPasswordV4: secret,
        }),
        native("User", "lin", {
          userName: "lin",
          loginProfile: { password: secret },
        }),
        role("root", {
          maxSessionDuration: 50_000,
          tags: { token: secret },
          description: secret,
          assumeRolePolicy: json(trusts("*")),
          managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
        }),
        resource("aws:lambda/permission:Permission", "open", {
          principal: "*",
          eventSourceToken: secret,
        }),
      ],
    });
    assert.ok(found.length >= 8);
    for (const { message } of found) assert.ok(!message.includes(secret));
  });

  it("report what they know before they stop at what they don't", () => {
    const found = judge({
      resources: [
        role("Strong", {
          assumeRolePolicy: json(trusts({ AWS: root(dev) })),
          inlinePolicies: [{ name: "p", policy: json(everything) }],
        }),
        iam("RolePolicy", "later", { role: "Strong", policy: unknownText }),
      ],
    }).filter(({ rule }) => rule === "iam-power-is-guarded");
    assert.deepEqual(
      found.map(({ resource: at }) => at),
      ["Strong", ""],
    );
  });

  it("judge a resource anew each time that the engine shows it", () => {
    const long = role("Support", { maxSessionDuration: 50_000 });
    const short = role("Support", { maxSessionDuration: 3600 });
    const found = (...resources: readonly Declared[]) =>
      judge({ resources }).map(({ rule }) => rule);
    assert.deepEqual(found(long, short), ["sessions-are-limited"]);
    assert.deepEqual(found(short, long), ["sessions-are-limited"]);
  });

  it("go by what the program asks for, where AWS still shows what was", () => {
    const found = judge({
      resources: [
        {
          ...role("Support", { managedPolicyArns: [] }),
          outputs: {
            name: "Support",
            managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
          },
        },
      ],
    });
    assert.deepEqual(found, []);
  });

  it("go by what AWS has told by then, where the program could not know", () => {
    const [found, ...others] = judge({
      resources: [
        {
          ...role("Support", { managedPolicyArns: [unknownText] }),
          outputs: {
            name: "Support",
            managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
          },
        },
      ],
    });
    assert.deepEqual(others, []);
    assert.equal(found?.rule, "iam-power-is-guarded");
  });

  it("don't trip over an unknown value that the outputs leave out", () => {
    const found = judge({
      resources: [
        {
          ...role("Support", { inlinePolicies: [{ policy: unknownText }] }),
          outputs: { name: "Support" },
        },
      ],
    });
    assert.ok(found.some(({ rule }) => rule === "iam-power-is-guarded"));
    for (const { message } of found) assert.match(message, /can't be known/);
  });

  it("are each described, with a remedy, for whoever reads the pack", () => {
    for (const { name, title, description, remedy } of rules) {
      assert.match(name, /^[a-z]+(-[a-z]+)+$/);
      for (const text of [title, description, remedy]) assert.ok(text !== "");
    }
  });
});
