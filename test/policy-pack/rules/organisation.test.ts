import { strict as assert } from "node:assert";
import {
  organisationFrom,
  organisationSchema,
} from "../../../policy-pack/organisation/config";
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

  const problemsOf = (one: object): readonly string[] =>
    foundBy("organisation", {
      resources: [],
      organisation: { identityProviders: [one] },
    }).map(({ message }) => message);

  for (const [what, one] of [
    ["an issuer for anybody without tenants", { issuer: "gitlab.com" }],
    [
      "an issuer for anybody by its URL, without tenants",
      { issuer: "https://gitlab.com/" },
    ],
    [
      "an issuer for anybody by its ARN, without tenants",
      { issuer: "arn:aws:iam::*:oidc-provider/gitlab.com" },
    ],
    ...[
      "app.eu.terraform.io",
      "oidc.modal.com",
      "federation.namespaceapis.com",
      "https://login.app.env0.com/",
      "token.builds.bitrise.io",
      "oidc.cirrus-ci.com",
      "api.gitpod.io/idp",
      "appleid.apple.com",
      "accounts.google.com",
      "login.microsoftonline.com/common/v2.0",
      "login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
      "sts.windows.net/9188040d-6c67-4c5b-b112-36a304b66dad/",
    ].map((issuer) => [`all of ${issuer}`, { issuer }] as const),
    [
      "tenants that no token tells",
      { issuer: "idp.acme.example", tenants: ["acme"] },
    ],
    [
      "tenants that a service for anybody does not tell",
      { issuer: "tokens.cloud.shisho.dev", tenants: ["acme"] },
    ],
  ] as const) {
    it(`finds identityProviders with ${what}`, () => {
      const [message = "", ...more] = problemsOf(one);
      assert.deepEqual(more, []);
      assert.ok(message.includes(`identityProviders has `));
      assert.ok(message.includes(one.issuer));
      assert.match(message, /Fix: add/);
    });
  }

  it("proposes tenants of an issuer where tokens tell them, and claims where not", () => {
    for (const [issuer, entry] of [
      ["oidc.modal.com", { tenants: ["acme"] }],
      ["token.builds.bitrise.io", { claims: { sub: ["acme"] } }],
    ] as const) {
      const [message = ""] = problemsOf({ issuer });
      assert.ok(message.includes(`Fix: add ${Object.keys(entry).join()},`));
      assert.deepEqual(problemsOf({ issuer, ...entry }), []);
    }
  });

  for (const issuer of [
    "*",
    "*.com",
    "*acme*",
    "id.*",
    "ci.acme.*",
    "acme.okta.com*",
    "*.okta.com",
    "acme*.okta.com",
    "*.auth0.com",
    "*.eu.auth0.com/",
    "*.co.uk",
    "*.github.io",
    "*.cloudfront.net",
    "*.amazonaws.com/*",
    "*.s3.eu-central-1.amazonaws.com",
    "s3.eu-central-1.amazonaws.com/*",
    "storage.googleapis.com/*",
    "sts.*/*/",
    "sts.windows.net/*",
    "https://login.microsoftonline.com/*/v2.0",
    "securetoken.google.com/*",
    "cognito-idp.eu-central-1.amazonaws.com/*",
    "*.tokens.sts.global.api.aws",
    "oidc.eks.*.amazonaws.com/id/0123ABCD",
    "oidc.eks.*.amazonaws.com/id/*",
    "oidc-eks.eu-central-1.api.aws/id/*",
    "oidc.circleci.com/org/*",
    "token.actions.githubusercontent.co*",
    "arn:aws:iam::*:oidc-provider/*.okta.com",
    "arn:aws:iam::*",
    "saml-provider/*",
    "arn:aws:iam::*:saml-provider/*",
    "*saml-provider/corp",
  ]) {
    it(`finds identityProviders with ${issuer}, which anybody may have`, () => {
      const [message = "", ...more] = problemsOf({ issuer });
      assert.deepEqual(more, []);
      assert.ok(
        message.startsWith(`identityProviders has ${issuer}, and its wildcard`),
      );
      assert.match(message, /Fix: write the issuer in full/);
    });
  }

  for (const issuer of [
    "corp",
    "corp/idp",
    " acme.okta.com",
    "acme.okta.com:443",
    "http://acme.okta.com",
    "https://acme.okta.com/.well-known/openid-configuration",
    "saml-provider/corp/sub",
    "SAML-provider/corp",
    `arn:aws:iam::${bastion}:acme.okta.com.`,
    `arn:aws:iam::${bastion}:oidc-provider/https://acme.okta.com`,
    `arn:aws:iam::${bastion}0:oidc-provider/acme.okta.com`,
    `arn:aws:iam:eu-west-1:${bastion}:oidc-provider/acme.okta.com`,
    `arn:aws:sts::${bastion}:oidc-provider/acme.okta.com`,
    `arn:aws:iam::${bastion}:role/acme.okta.com`,
    `arn:aws:iam::${bastion}:oidc-provider`,
  ]) {
    it(`finds identityProviders with ${issuer}, which matches no provider`, () => {
      const [message = "", ...more] = problemsOf({ issuer });
      assert.deepEqual(more, []);
      assert.ok(message.startsWith(`identityProviders has ${issuer}, and no`));
      assert.match(message, /Fix: write the issuer's host and path, as/);
    });
  }

  for (const name of ["*", "ac*", "acm?", "", " "]) {
    it(`finds a tenant ${JSON.stringify(name)}, which names nobody`, () => {
      const [message = ""] = problemsOf({
        issuer: "gitlab.com",
        tenants: ["acme", name],
      });
      assert.ok(
        message.includes(
          `tenants of gitlab.com that name nobody: ${JSON.stringify(name)}.`,
        ),
      );
      assert.match(message, /Fix: write each group in full/);
    });
  }

  const github = "token.actions.githubusercontent.com";
  const auditLog = "oidc-configuration.audit-log.githubusercontent.com";
  for (const [issuer, claims, names] of [
    [github, { event_name: ["push"] }, "repository_owner_id"],
    [github, { environment: ["prod"] }, "enterprise_id"],
    [github, { actor: ["bob"] }, "repository_id"],
    [github, { ref: ["refs/heads/main"] }, "repository"],
    [github, { workflow: ["deploy"] }, "sub"],
    [github, { runner_environment: ["self-hosted"] }, "sub"],
    // Anybody's workflow may call a reusable one that is public.
    [
      github,
      { job_workflow_ref: ["acme/x/.github/workflows/d.yml@*"] },
      "repository_owner",
    ],
    [github, { SUB: ["repo:acme/x:*"] }, "sub"],
    [github, { aud: ["sts.amazonaws.com"] }, "sub"],
    [github, { sub: ["*"] }, "sub"],
    [github, { sub: ["repo:*"] }, "sub"],
    [github, { sub: ["repo:acme*"] }, "sub"],
    [github, { sub: ["repo:?cme/x:*"] }, "sub"],
    [github, { sub: ["environment:prod"] }, "sub"],
    [github, { repository: ["*/x"] }, "repository"],
    [github, { repository_id: ["2*"] }, "repository_id"],
    [github, { repository_owner: ["acme", "*"] }, "repository_owner"],
    [github, { enterprise_id: ["*"] }, "enterprise_id"],
    ["gitlab.com", { ref_protected: ["true"] }, "project_id"],
    ["gitlab.com", { user_login: ["root"] }, "namespace_id"],
    ["gitlab.com", { sub: ["project_path:*"] }, "sub"],
    ["agent.buildkite.com", { build_branch: ["main"] }, "organization_id"],
    ["agent.buildkite.com", { pipeline_slug: ["deploy"] }, "pipeline_id"],
    ["accounts.google.com", { aud: ["aws"] }, "sub"],
    ["graph.facebook.com", { app_id: ["*"] }, "app_id"],
    ["tokens.cloud.shisho.dev", { sub: ["job:*"] }, "sub"],
    ["tokens.cloud.shisho.dev", { sub: ["https://host/*"] }, "sub"],
    [auditLog, { sub: ["https://github.com/*"] }, "sub"],
    ["tokens.cloud.shisho.dev", { aud: ["aws"] }, "sub"],
  ] as const) {
    it(`finds that tokens of anybody at ${issuer} have ${JSON.stringify(claims)}`, () => {
      const [message = "", ...more] = problemsOf({ issuer, claims });
      assert.deepEqual(more, []);
      assert.ok(
        message.includes(
          `claims of ${issuer} that tokens of anybody have: ${Object.keys(claims).join()} `,
        ),
        message,
      );
      assert.match(
        message,
        new RegExp(`Fix: .* take values of .*\\b${names}\\b`),
      );
    });
  }

  for (const [issuer, claims] of [
    [github, { " sub": ["repo:acme/x:*"] }],
    [github, { sub: [] }],
    [github, { [`${github}:sub`]: ["repo:acme/x:*"] }],
    ["idp.acme.example", { "": ["x"] }],
    ["idp.acme.example", { sub: [""] }],
    ["saml-provider/corp", { "aws:SourceIp": ["10.0.0.0/8"] }],
  ] as const) {
    it(`finds that no token of ${issuer} has ${JSON.stringify(claims)}`, () => {
      const [message = "", ...more] = problemsOf({ issuer, claims });
      assert.deepEqual(more, []);
      assert.ok(
        message.startsWith(
          `identityProviders has claims of ${issuer} that no token has`,
        ),
      );
    });
  }

  it("has nothing against issuers and claims that tell whose tokens they are", () => {
    const identityProviders = [
      { issuer: "oidc.eks.eu-central-1.amazonaws.com/id/0123ABCD" },
      { issuer: "https://acme.okta.com" },
      { issuer: "arn:aws:iam::*:oidc-provider/acme.okta.com/oauth2/x" },
      { issuer: "saml-provider/AWSSSO_*_DO_NOT_DELETE" },
      { issuer: "idp.acme.example", claims: { sub: ["*"] } },
      { issuer: "idp.acme.example", claims: { aud: ["aws"] } },
      { issuer: "gitlab.com", tenants: ["acme", "acme/platform"] },
      { issuer: auditLog, tenants: ["acme"] },
      {
        issuer: "tokens.cloud.shisho.dev",
        claims: { sub: ["job:acme:*"] },
      },
      { issuer: "saml-provider/corp", claims: { "saml:iss": ["acme"] } },
      { issuer: "www.amazon.com", claims: { app_id: ["amzn1.application"] } },
      { issuer: "agent.buildkite.com", claims: { pipeline_id: ["1-2"] } },
      { issuer: "app.eu.terraform.io", tenants: ["acme"] },
      { issuer: "login.app.env0.com/", tenants: ["auth0|632b8219674bde"] },
      {
        issuer: "oidc.modal.com",
        claims: { sub: ["modal:workspace_id:ac-1:*"] },
      },
      {
        issuer:
          "login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0",
      },
      {
        issuer: "token.actions.githubusercontent.com",
        claims: {
          repository_id: ["2002"],
          repository: ["acme/*"],
          repository_owner_id: ["1001"],
          enterprise_id: ["42"],
          sub: ["repo:ACME/*", "repository_owner:acme:environment:prod"],
        },
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

  it("counts no entry of identityProviders that it refuses", () => {
    const kept = { issuer: "acme.okta.com", tenants: [], claims: {} };
    assert.deepEqual(
      organisationFrom({
        identityProviders: [
          { issuer: "*.okta.com" },
          { issuer: github, claims: { event_name: ["push"] } },
          kept,
        ],
      }).identityProviders,
      [kept],
    );
  });

  it("refuses a wildcard in chainingRoles, which would be any role", () => {
    const roles = schemaOf("chainingRoles");
    assert.ok(isValid(["ci", `arn:aws:iam::${bastion}:role/ci`], roles));
    assert.ok(!isValid(["*"], roles));
    assert.ok(!isValid([`arn:aws:iam::${bastion}:role/*`], roles));
  });

  it("counts no account of our own for a vendor", () => {
    const vendor = "999999999999";
    const vendors = [bastion, "222222222222", vendor].map((account) => ({
      account,
      externalIds: ["acme"],
    }));
    assert.deepEqual(
      foundBy("organisation", { resources: [], organisation: { vendors } }).map(
        ({ message }) => message.slice(0, "vendors has 999999999999".length),
      ),
      [`vendors has ${bastion}`, "vendors has 222222222222"],
    );
    assert.deepEqual(
      organisationFrom({ vendors }).vendors.map(({ account }) => account),
      [vendor],
    );
    // It would let people of the bastion in without MFA.
    assert.equal(
      foundBy("people-need-mfa", {
        resources: [
          role("r", { assumeRolePolicy: json(trusts({ AWS: root(bastion) })) }),
        ],
        organisation: { vendors },
      }).length,
      1,
    );
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
