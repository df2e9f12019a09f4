import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseConfig, type WorkloadConfig } from "../../infra/config";
import { planIdentityProviders } from "../../infra/machine-access";
import { documentText } from "../../infra/documents/policy-document";
import { planMachineRoles } from "../../infra/roles";
import { checkout } from "../../sandbox/engine/paths";
import { judge, type Declared } from "../policy-pack/pack";
import { iam } from "../policy-pack/rules/resources";

const page = readFileSync(
  join(checkout, "docs", "machines-and-vendors.md"),
  "utf8",
);
const blocks = (language: string): readonly string[] =>
  [
    ...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms")),
  ].map(([, text = ""]) => text);

const prod = "033333333333";

/** The page's examples, as roles of one account. */
const roles = Object.assign(
  {},
  ...blocks("yaml").map((text) => parse(text) as object),
) as Readonly<Record<string, { readonly trust: unknown }>>;

const configOf = (of: object): WorkloadConfig => {
  const values = {
    stack: "workload",
    bastionAccountId: "111111111111",
    accounts: { dev: { id: "222222222222" }, prod: { id: prod } },
    roles: of,
  };
  const texts = Object.entries(values).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const config = parseConfig({
    values: Object.fromEntries(texts) as Record<string, string>,
    secretKeys: new Set(),
  });
  assert.ok(config.stack === "workload");
  return config;
};

/** What the stack makes of them in prod. */
function declared({ organisation, accounts }: WorkloadConfig) {
  const account = accounts.find(({ id }) => id === prod);
  assert.ok(account);
  const more = { provider: prod };
  return [
    ...planIdentityProviders(organisation, account).map(
      ({ issuer, audiences }) =>
        iam(
          "OpenIdConnectProvider",
          issuer,
          { url: `https://${issuer}`, clientIdLists: audiences },
          more,
        ),
    ),
    ...planMachineRoles(organisation, account).flatMap((plan): Declared[] => [
      iam(
        "Role",
        plan.name,
        {
          name: plan.name,
          assumeRolePolicy: documentText(plan.trustPolicy),
          maxSessionDuration: plan.maxSessionSeconds,
        },
        more,
      ),
      ...Object.entries(plan.inlinePolicies).map(([name, policy]) =>
        iam(
          "RolePolicy",
          `${plan.name}-${name}`,
          { role: plan.name, name, policy },
          more,
        ),
      ),
      ...Object.entries(plan.managedPolicyArns).map(([name, policyArn]) =>
        iam(
          "RolePolicyAttachment",
          `${plan.name}-${name}`,
          { role: plan.name, policyArn },
          more,
        ),
      ),
    ]),
  ];
}

const [rules = "{}"] = blocks("json");
interface Rules {
  readonly organisation: Readonly<Record<string, readonly object[]>>;
}
const { organisation: ofPage } = JSON.parse(rules) as Rules;
const foundBy = (
  resources: readonly Declared[],
  organisation: object = ofPage,
) =>
  judge({ resources, config: { organisation } }).map(
    ({ rule, resource, message }) => ({ rule, resource, message }),
  );

describe("the page on roles for machines and vendors", () => {
  it("has an example of each kind, and all of them are a config", () => {
    const kinds = Object.values(roles).map(
      ({ trust }) => Object.keys(trust as object)[0],
    );
    assert.deepEqual(new Set(kinds), new Set(["vendor", "oidc", "role"]));
    assert.deepEqual(Object.keys(roles), [
      ...["Scanner", "GitLab", "Bitbucket", "CircleCI", "Terraform"],
      ...["Uploader", "GitHub", "Collector"],
    ]);
    const { organisation } = configOf(roles);
    assert.deepEqual([...organisation.machineRoles.keys()], Object.keys(roles));
  });

  it("has a config of the policy pack under which they pass without an exemption", () => {
    assert.deepEqual(foundBy(declared(configOf(roles))), []);
  });

  const lists = ["vendors", "identityProviders", "chainingRoles"] as const;
  for (const list of lists) {
    for (const [index, left] of (ofPage[list] ?? []).entries()) {
      it(`needs ${JSON.stringify(left)} under ${list}: without it the pack finds something`, () => {
        const others = ofPage[list]?.filter((_, at) => at !== index);
        const found = foundBy(declared(configOf(roles)), {
          ...ofPage,
          [list]: others,
        });
        assert.notDeepEqual(found, []);
      });
    }
  }
});

/** What the program would make if one of the checks or documents were looser. */
const loosened: readonly (readonly [
  what: string,
  name: string,
  from: RegExp,
  to: string,
  rule: string,
])[] = [
  [
    "the vendor without an external id",
    "Scanner",
    /,"Condition":\{.*?\}\}/,
    "",
    "vendors-need-an-external-id",
  ],
  [
    "the vendor with another's external id",
    "Scanner",
    /acme-7f3a9c21/,
    "evil-0000000",
    "vendors-need-an-external-id",
  ],
  [
    "a stranger's account",
    "Scanner",
    /999999999999/,
    "888888888888",
    "known-accounts-only",
  ],
  [
    "a subject of another tenant",
    "GitHub",
    /repo:acme\/shop/,
    "repo:evil/shop",
    "federation-is-known",
  ],
  [
    "tokens of any subject",
    "Terraform",
    /,"app\.terraform\.io:sub":\[.*?\]/,
    "",
    "federation-is-pinned",
  ],
  [
    "tokens of any audience",
    "Terraform",
    /"app\.terraform\.io:aud":"[^"]*",/,
    "",
    "federation-is-pinned",
  ],
  [
    "a subject of all the group's projects",
    "GitLab",
    /acme\/shop:ref_type:tag:ref:v\*/,
    "acme/*",
    "federation-is-pinned",
  ],
  [
    "any role of the other account",
    "Collector",
    /,"Condition":\{.*?\}\}/,
    "",
    "people-need-mfa",
  ],
  [
    "another role of the other account",
    "Collector",
    /role\/reports/,
    "role/other",
    "people-need-mfa",
  ],
  [
    "the bastion in the vendor's place",
    "Scanner",
    /999999999999/,
    "111111111111",
    "people-need-mfa",
  ],
];

describe("the policy pack, over roles for machines and vendors,", () => {
  const honest = declared(configOf(roles));
  for (const [what, name, from, to, rule] of loosened) {
    it(`finds ${what}`, () => {
      const resources = honest.map((one) => {
        const text = one.inputs?.["assumeRolePolicy"];
        if (one.name !== name || typeof text !== "string") return one;
        const changed = text.replace(from, to);
        assert.notEqual(changed, text);
        return { ...one, inputs: { ...one.inputs, assumeRolePolicy: changed } };
      });
      const found = foundBy(resources);
      assert.ok(
        found.some((one) => one.rule === rule && one.resource === name),
        JSON.stringify(found, undefined, 2),
      );
    });
  }

  it("finds power over IAM as soon as what denies it is not there", () => {
    const administrator = (withDenial: boolean): readonly Declared[] => [
      ...honest.filter(
        ({ name }) => withDenial || name !== "Scanner-deny-account-writes",
      ),
      iam(
        "RolePolicyAttachment",
        "by-hand",
        {
          role: "Scanner",
          policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
        },
        { provider: prod },
      ),
    ];
    assert.deepEqual(foundBy(administrator(true)), []);
    assert.ok(
      foundBy(administrator(false)).some(
        ({ rule }) => rule === "iam-power-is-guarded",
      ),
    );
  });
});
