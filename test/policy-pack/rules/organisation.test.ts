import { strict as assert } from "node:assert";
import { organisationSchema } from "../../../policy-pack/organisation/config";
import { rules } from "../../../policy-pack/rules";
import { judge } from "../pack";
import { bastion, json, root, trusts } from "./documents";
import { role } from "./resources";
import { bastionStack, foundBy } from "./rows";

/** As much of JSON schema as the config uses; the engine checks it with all of it. */
interface Schema {
  readonly type?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly default?: unknown;
}

function isValid(value: unknown, schema: Schema): boolean {
  const { type, pattern, minimum, maximum, items } = schema;
  switch (type) {
    case "string":
      return typeof value === "string" && new RegExp(pattern ?? "").test(value);
    case "integer":
      return (
        Number.isInteger(value) &&
        Number(value) >= (minimum ?? -Infinity) &&
        Number(value) <= (maximum ?? Infinity)
      );
    case "array":
      return (
        Array.isArray(value) &&
        value.every((one) => items === undefined || isValid(one, items))
      );
    default:
      return false;
  }
}

const properties = Object.entries(organisationSchema.properties) as [
  string,
  Schema,
][];
const schemaOf = (name: string): Schema =>
  properties.find(([key]) => key === name)?.[1] ?? {};

describe("the config of the organisation", () => {
  for (const [key, schema] of properties) {
    it(`has a default for ${key} that its own schema takes`, () => {
      assert.ok(isValid(schema.default, schema), JSON.stringify(schema));
    });
  }

  it("takes account ids as text, with the 0 in front that a number would lose", () => {
    const accounts = schemaOf("accounts");
    assert.ok(isValid(["033333333333"], accounts));
    assert.ok(!isValid([33333333333], accounts));
    assert.ok(!isValid(["33333333333"], accounts));
    assert.ok(isValid("000000000000", schemaOf("bastionAccountId")));
  });

  it("refuses limits that AWS would refuse", () => {
    assert.ok(!isValid(900, schemaOf("session")));
    assert.ok(!isValid(43_201, schemaOf("session")));
    assert.ok(!isValid(129, schemaOf("passwordLength")));
  });

  it("says of a key that it does not know which ones there are", () => {
    const found = foundBy("organisation", {
      resources: [role("Support")],
      organisation: { acounts: ["222222222222"] },
    });
    assert.equal(found.length, 1);
    assert.equal(found[0]?.resource, "");
    assert.match(found[0].message, /acounts.*none[\s\S]*accounts/);
  });

  for (const [what, one] of [
    ["an issuer for anybody without tenants", { issuer: "gitlab.com" }],
    [
      "tenants that no token tells",
      { issuer: "idp.acme.example", tenants: ["acme"] },
    ],
    [
      "an audience that anybody's tokens have",
      { issuer: "gitlab.com", claims: { aud: ["sts.amazonaws.com"] } },
    ],
    [
      "a subject that anybody's tokens have",
      { issuer: "gitlab.com", claims: { sub: ["project_path:*"] } },
    ],
  ] as const) {
    it(`finds identityProviders with ${what}`, () => {
      const [found, ...more] = foundBy("organisation", {
        resources: [],
        organisation: { identityProviders: [one] },
      });
      assert.deepEqual(more, []);
      assert.match(
        found?.message ?? "",
        new RegExp(`identityProviders has .*${one.issuer}[^]*Fix: add`),
      );
    });
  }

  for (const issuer of [
    "*",
    "*.okta.com",
    "oidc.eks.*.amazonaws.com/id/*",
    "oidc.circleci.com/org/*",
  ]) {
    it(`finds identityProviders with ${issuer}, which anybody uses`, () => {
      const found = foundBy("organisation", {
        resources: [],
        organisation: { identityProviders: [{ issuer }] },
      });
      assert.equal(found.length, 1);
      assert.ok(
        found[0]?.message.startsWith(`identityProviders has ${issuer}, and`),
      );
    });
  }

  it("has nothing against issuers and claims that tell whose tokens they are", () => {
    const identityProviders = [
      { issuer: "oidc.eks.*.amazonaws.com/id/0123ABCD" },
      { issuer: "acme.okta.com" },
      { issuer: "saml-provider/*" },
      { issuer: "*.idp.acme.example", claims: { sub: ["*"] } },
      { issuer: "idp.acme.example", claims: { aud: ["aws"] } },
      {
        issuer: "token.actions.githubusercontent.com",
        claims: { repository_id: ["2002"], sub: ["team:acme:*"] },
      },
    ];
    assert.deepEqual(
      foundBy("organisation", {
        resources: [],
        organisation: { identityProviders },
      }),
      [],
    );
  });

  it("refuses a wildcard in chainingRoles, which would be any role", () => {
    const roles = schemaOf("chainingRoles");
    assert.ok(isValid(["ci", `arn:aws:iam::${bastion}:role/ci`], roles));
    assert.ok(!isValid(["*"], roles));
    assert.ok(!isValid([`arn:aws:iam::${bastion}:role/*`], roles));
  });

  it("has nothing against its defaults", () => {
    assert.deepEqual(foundBy("organisation", { resources: [] }), []);
  });

  it("that is disabled leaves every rule undecided, and each says so once", () => {
    const trust = { assumeRolePolicy: json(trusts({ AWS: root(bastion) })) };
    const found = judge({
      stack: bastionStack,
      resources: [role("Support", trust), role("OpsSudo", trust)],
      disabled: ["organisation"],
    });
    assert.deepEqual(
      found.map(({ rule }) => rule).sort(),
      rules.map(({ name }) => name).sort(),
    );
    for (const { resource, message } of found) {
      assert.equal(resource, "");
      assert.match(message, /^Undecided: .*organisation is disabled/);
    }
  });
});
