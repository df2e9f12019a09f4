import assert from "node:assert/strict";
import fc from "fast-check";
import { organisationSchema } from "../../../policy-pack/organisation/config";
import { rules } from "../../../policy-pack/rules";
import { runs } from "../../run/property-tests";
import { judge } from "../pack";
import { json, root, trusts } from "../rules/documents";
import { resource, role } from "../rules/resources";
import { foundBy } from "../rules/rows";

/** What a terminal or a build's log obeys. */
const obeyed =
  /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|^\s*::[a-z]|##\[|##vso\[/imu;

/** As much of JSON schema as the config uses. */
interface Schema {
  readonly type?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
}

const oddText = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "*",
    "\u001b[2J",
    "\u202eada",
    "x\n  Fix: nothing.",
    "\n::add-mask::1",
    "##[error]",
    "urn:pulumi:dev::orders::aws:iam/role:Role::open",
    "urn:",
    "people-need-mfa",
    "\ud800",
    "token.actions.githubusercontent.com",
    "gitlab.com",
    "saml-provider/*",
    "arn:aws:iam::*:oidc-provider/acme.okta.com",
    "a".repeat(3_000),
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
);

const oddKey = fc.constantFrom(
  "sub",
  "constructor",
  "toString",
  "repository",
  "\u001b[2J",
);

/** Any value that the schema takes: the engine refuses the others, and hands over the rest. */
function valid(schema: Schema): fc.Arbitrary<unknown> {
  const { type, pattern, minLength = 0, items = {}, properties = {} } = schema;
  switch (type) {
    case "string":
      return pattern === undefined
        ? oddText.filter(({ length }) => length >= minLength)
        : matching(pattern);
    case "integer":
      return fc.integer({
        min: schema.minimum ?? 0,
        max: schema.maximum ?? 0,
      });
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(valid(items), { maxLength: 3 });
    default:
      return schema.additionalProperties
        ? fc.dictionary(oddKey, valid(schema.additionalProperties), {
            maxKeys: 2,
          })
        : fc.record(
            Object.fromEntries(
              Object.entries(properties).map(([key, one]) => [key, valid(one)]),
            ),
            { requiredKeys: [...(schema.required ?? [])] },
          );
  }
}

const matching = (pattern: string): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(pattern, "u"), { maxLength: 40 });

const config = fc
  .tuple(
    fc.record(
      Object.fromEntries(
        Object.entries(organisationSchema.properties).map(([key, schema]) => [
          key,
          valid(schema as Schema),
        ]),
      ),
      { requiredKeys: [] },
    ),
    fc.dictionary(oddText, oddText, { maxKeys: 1 }),
  )
  .map(([known, odd]) => ({ ...odd, ...known }));

const resources = [
  role("open", {
    assumeRolePolicy: json(trusts({ AWS: root("999999999999") })),
  }),
  role("constructor", {
    assumeRolePolicy: json({
      Effect: "Allow",
      Principal: {
        Federated:
          "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com",
      },
      Action: "sts:AssumeRoleWithWebIdentity",
    }),
  }),
  resource("aws:iam/user:User", "ada", { name: "ada" }),
];

describe("a config of somebody hostile, under the policy pack", () => {
  it("never stops the pack, nor brings words into it that a terminal or a log obeys, whatever the engine passes", () => {
    fc.assert(
      fc.property(config, (organisation) => {
        const found = judge({ resources, config: { organisation } });
        for (const { message } of found) {
          if (message.endsWith("can't be known during preview")) continue;
          assert.doesNotMatch(message, obeyed);
          assert.doesNotMatch(message, /^ {2}Fix: nothing\./m);
        }
      }),
      { numRuns: runs(40) },
    );
  });

  const github = "token.actions.githubusercontent.com";
  const exemption = { reason: "x", until: "2999-12-31" };
  const urn = "urn:pulumi:dev::orders::aws:iam/role:Role::open";
  for (const [what, organisation, told] of [
    [
      "a key with an escape sequence",
      { "\u001b[2J": 1 },
      /the key \\u001b\[2J/,
    ],
    [
      "an exemption that would forge its remedy",
      { exemptions: [{ ...exemption, resource: "x\n  Fix: nothing." }] },
      /exemption of x\\u000a {2}Fix: nothing\. names no/,
    ],
    [
      "an exemption of a URN that is none",
      { exemptions: [{ ...exemption, resource: "urn:open", stack: "a/b" }] },
      /exemption of urn:open names no stack's resource/,
    ],
    [
      "an exemption that names two stacks",
      { exemptions: [{ ...exemption, resource: urn, stack: "shop/prod" }] },
      /gives the stack shop\/prod, and a URN of orders\/dev/,
    ],
    ...["constructor", "toString", "valueOf", "__proto__"].map(
      (claim) =>
        [
          `claims that every object has, as ${claim}`,
          {
            identityProviders: [
              {
                issuer: github,
                claims: Object.fromEntries([[claim, ["acme"]]]),
              },
            ],
          },
          /tokens of anybody have/,
        ] as const,
    ),
  ] as const) {
    it(`is told what is wrong, for ${what}`, () => {
      const found = foundBy("organisation", { resources, organisation });
      assert.equal(found.length, 1);
      assert.match(found[0]?.message ?? "", told);
      assert.match(found[0]?.message ?? "", /^ {2}Fix: (?!nothing)/m);
    });
  }

  const schemaOf = (name: string): RegExp => {
    const schema = organisationSchema.properties[name] as Schema;
    return new RegExp((schema.items ?? schema).pattern ?? "");
  };
  for (const [key, good, ...bad] of [
    ["mfaGroup", "people@acme", "", "*", "a b"],
    ["administratorRoles", "Ops+Sudo", "", "*", `arn:aws:iam::1:role/OpsSudo`],
    ["powerRoles", "PowerUser", "Power*", "team/PowerUser"],
    ["bastionStacks", "acme/bastion", "*/bastion", "acme/", "a/b/c"],
  ] as const) {
    it(`is refused where ${key} names what can't be there, and would count for nothing`, () => {
      assert.match(good, schemaOf(key));
      for (const one of bad) assert.doesNotMatch(one, schemaOf(key));
    });
  }

  it("is exempt from no rule by a name that every object has", () => {
    assert.ok(rules.every(({ name }) => name !== "constructor"));
    const found = foundBy("organisation", {
      resources,
      organisation: {
        exemptions: [
          { ...exemption, rule: "constructor", resource: "a", stack: "a/b" },
        ],
      },
    });
    assert.match(found[0]?.message ?? "", /rule constructor, which does not/);
  });
});
