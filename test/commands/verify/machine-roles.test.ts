import assert from "node:assert/strict";
import type {
  LiveAccount,
  LiveRole,
} from "../../../commands/accounts/live-account";
import {
  expectedAccess,
  parseExpected,
} from "../../../commands/verify/expected";
import {
  defaultSettings,
  type VerificationSettings,
} from "../../../commands/verify/facts";
import { toTerminal } from "../../../commands/verify/formats/terminal";
import type { MachineRoleDoubt } from "../../../commands/verify/machine-roles";
import { verify, type Report } from "../../../commands/verify/report";
import { bastionConfig, workloadConfig } from "../../infra/config-of";
import {
  branchJob,
  reportsOfProd,
  scanner,
} from "../../infra/machine-role-yaml";
import { bastionId, devId, prodId } from "./accounts";
import { deployedBut } from "./as-deployed";

const issuer = "gitlab.com";
const organisation = `
bastionAccountId: "${bastionId}"
accounts: { dev: { id: "${devId}" }, prod: { id: "${prodId}", roles: [ReadOnly] } }
roles:${scanner("777777777777")}${branchJob("Deployer")}${reportsOfProd("Collector")}
`;
const people = `
everybody: [{ roles: [ReadOnly], accounts: all }]
teams: { operations: { grants: [{ roles: [OpsSudo, PowerUser], accounts: [dev] }] } }
users: { ada: { teams: [operations] } }
`;
const expected = expectedAccess(bastionConfig(organisation + people), [
  workloadConfig(organisation),
]);
const arn = `arn:aws:iam::${devId}:oidc-provider/${issuer}`;
const asMade = [{ arn, audiences: ["https://gitlab.com"] }];

type Change = (account: LiveAccount) => Partial<LiveAccount>;

/** As the program deploys it, but for what is changed in dev. */
const reportWith = (
  change: Change,
  settings: Partial<VerificationSettings> = {},
): Report =>
  verify(
    deployedBut(expected, (account) =>
      account.accountId === devId
        ? { ...account, identityProviders: asMade, ...change(account) }
        : account,
    ),
    expected,
    { ...defaultSettings, ...settings },
    new Date(),
  );

const withRole =
  (name: string, change: (role: LiveRole) => Partial<LiveRole>): Change =>
  ({ roles }) => ({
    roles: roles.map((role) =>
      role.name === name ? { ...role, ...change(role) } : role,
    ),
  });

/** Made by hand, or by another stack, as one that is there. */
const secondRole =
  (name: string, change: (role: LiveRole) => Partial<LiveRole>): Change =>
  ({ roles }) => ({
    roles: roles.flatMap((role) =>
      role.name === name
        ? [
            role,
            {
              ...role,
              name: "Second",
              arn: role.arn.replace(name, "Second"),
              ...change(role),
            },
          ]
        : [role],
    ),
  });

/** Of the trust, as text. */
const trusting = (name: string, from: string | RegExp, to: string): Change =>
  withRole(name, ({ trust }) => {
    const changed = trust.replace(from, to);
    assert.notEqual(changed, trust);
    return { trust: changed };
  });

/** What is about roles and providers: the stub of an account has no root and no passwords. */
const foundIn = ({ findings }: Report) =>
  findings
    .filter(({ subject }) => /:(role|oidc-provider)\//.test(subject))
    .map(({ rule, level, subject, message }) => ({
      rule,
      level,
      subject: subject.replace(/^[^/]*:/, ""),
      message,
    }));

/** The role itself asks for the audience; and who takes the second role is ours. */
const mild = [
  "identity-provider-takes-more",
  "federation-not-named",
  "role-trusts-another-account",
];

describe("verify, where roles are for machines and vendors,", () => {
  it("finds nothing in what the program deploys, and takes the config back from JSON", () => {
    assert.deepEqual(foundIn(reportWith(() => ({}))), []);
    assert.deepEqual(parseExpected(JSON.stringify(expected)), expected);
  });

  it("knows that no user takes them", () => {
    const { pairs, assignments } = reportWith(() => ({}));
    // ReadOnly of two accounts, PowerUser and OpsSudo; all others are closed.
    assert.equal(pairs.granted, 4);
    assert.equal(pairs.wrong, 0);
    const named = new Set(assignments.map(({ role }) => role));
    for (const role of ["Scanner", "Deployer", "Collector"])
      assert.ok(!named.has(role));
  });

  it("says in its own words who takes them", () => {
    const { machineRoles } = reportWith(() => ({}));
    assert.deepEqual(machineRoles, [
      {
        isAsConfigured: true,
        accounts: ["dev"],
        role: "Scanner",
        takenBy: "account 777777777777, with the external id",
      },
      {
        isAsConfigured: true,
        accounts: ["dev"],
        role: "Deployer",
        takenBy:
          "tokens of gitlab.com: project_path:acme/shop:ref_type:branch:ref:main",
      },
      {
        isAsConfigured: true,
        accounts: ["dev"],
        role: "Collector",
        takenBy: `role reports of ${prodId}`,
      },
    ]);
  });

  const rows: readonly (readonly [
    what: string,
    change: Change,
    rule: string,
    subject: string,
    message: RegExp,
  ])[] = [
    [
      "a vendor that has lost its external id",
      trusting("Scanner", /,"Condition":.*?\}\}/, ""),
      "role-trusts-more",
      "role/Scanner",
      /lets in .*777777777777.*the config does not/,
    ],
    [
      "a vendor with any external id",
      trusting(
        "Scanner",
        /"StringEquals":(.*?)acme-7f3a9c21/,
        '"StringLike":$1*',
      ),
      "role-trusts-more",
      "role/Scanner",
      /lets in/,
    ],
    [
      "another account in the vendor's place",
      trusting("Scanner", "777777777777", "888888888888"),
      "role-trusts-outside",
      "role/Scanner",
      /888888888888/,
    ],
    [
      "our own bastion in the vendor's place",
      trusting("Scanner", "777777777777", bastionId),
      "role-without-mfa",
      "role/Scanner",
      /without MFA/,
    ],
    [
      "tokens of more subjects",
      trusting("Deployer", "ref:main", "ref:main2"),
      "role-trusts-more",
      "role/Deployer",
      /ref:main2/,
    ],
    [
      "tokens of another owner",
      trusting("Deployer", "acme/shop", "evil/shop"),
      "federation-foreign",
      "role/Deployer",
      /evil\/shop/,
    ],
    [
      "tokens of any project",
      trusting("Deployer", /,"gitlab.com:sub":\[.*?\]/, ""),
      "federation-not-pinned",
      "role/Deployer",
      /whatever their gitlab\.com:sub/,
    ],
    [
      "another role of the account",
      trusting("Collector", "role/reports", "role/other"),
      "role-trusts-more",
      "role/Collector",
      /role\/other/,
    ],
    [
      "any role of the account",
      trusting("Collector", /,"Condition":.*?\}\}/, ""),
      "role-trusts-more",
      "role/Collector",
      /lets in/,
    ],
    [
      "power over IAM",
      withRole("Scanner", () => ({
        inlinePolicies: [],
        attachedPolicies: [
          {
            name: "AdministratorAccess",
            arn: "arn:aws:iam::aws:policy/AdministratorAccess",
          },
        ],
      })),
      "role-allows-more",
      "role/Scanner",
      /may call/,
    ],
    [
      "a second role that the vendor takes",
      secondRole("Scanner", () => ({})),
      "role-trusts-outside",
      "role/Second",
      /777777777777/,
    ],
    [
      "a second role that takes the same tokens",
      secondRole("Deployer", () => ({})),
      "federation-not-named",
      "role/Second",
      /ref:main, which the config has other roles take, and not this one/,
    ],
    [
      "a second role that takes other tokens of the issuer",
      secondRole("Deployer", ({ trust }) => ({
        trust: trust.replace("acme/shop", "evil/shop"),
      })),
      "federation-foreign",
      "role/Second",
      /evil\/shop.*, which are none of ours/,
    ],
    [
      "a second role of the account's one role",
      secondRole("Collector", () => ({})),
      "role-trusts-another-account",
      "role/Second",
      /role\/reports/,
    ],
    [
      "no identity provider",
      () => ({ identityProviders: [] }),
      "identity-provider-differs",
      `oidc-provider/${issuer}`,
      /nobody gets in by its tokens, as project_path:acme\/shop/,
    ],
    [
      "an identity provider that takes more",
      () => ({
        identityProviders: [
          { arn, audiences: ["https://gitlab.com", "sts.amazonaws.com"] },
        ],
      }),
      "identity-provider-takes-more",
      `oidc-provider/${issuer}`,
      /sts\.amazonaws\.com as well/,
    ],
  ];
  for (const [what, change, rule, subject, message] of rows) {
    it(`tells of ${what}`, () => {
      const found = foundIn(reportWith(change));
      const one = found.find((finding) => finding.rule === rule);
      assert.ok(one, JSON.stringify(found, undefined, 2));
      assert.equal(one.level, mild.includes(rule) ? "warning" : "error");
      assert.equal(one.subject, subject);
      assert.match(one.message, message);
    });
  }

  const exempted = (resource: string): Partial<VerificationSettings> => ({
    exemptions: [{ resource, reason: "Moves in Q2", until: "2999-01-01" }],
  });
  const roleArn = (name: string) => `arn:aws:iam::${devId}:role/${name}`;
  const longer = withRole("Scanner", () => ({ maxSessionSeconds: 7_200 }));
  const doubts: readonly (readonly [
    what: string,
    role: string,
    doubt: MachineRoleDoubt,
    report: () => Report,
  ])[] = [
    ["something is found", "Scanner", "differs", () => reportWith(longer)],
    [
      "what is found is accepted",
      "Scanner",
      "accepted",
      () => reportWith(longer, exempted(roleArn("Scanner"))),
    ],
    [
      "it is not there",
      "Scanner",
      "differs",
      () =>
        reportWith(({ roles }) => ({
          roles: roles.filter(({ name }) => name !== "Scanner"),
        })),
    ],
    [
      "the identity provider is missing",
      "Deployer",
      "differs",
      () => reportWith(() => ({ identityProviders: [] })),
    ],
    [
      "that the identity provider is missing is accepted",
      "Deployer",
      "accepted",
      () => reportWith(() => ({ identityProviders: [] }), exempted(arn)),
    ],
    [
      "the identity provider takes more",
      "Deployer",
      "found",
      () =>
        reportWith(() => ({
          identityProviders: [{ arn, audiences: ["https://gitlab.com", "b"] }],
        })),
    ],
    [
      "the identity providers were not read",
      "Deployer",
      "not read",
      () =>
        reportWith(() => ({
          identityProviders: [],
          unreadParts: new Set(["the identity providers"]),
        })),
    ],
    [
      "its policy can't be decided",
      "Scanner",
      "undecided",
      () =>
        reportWith(
          withRole("Scanner", ({ inlinePolicies }) => ({
            inlinePolicies: [...inlinePolicies, { name: "cut", text: "{" }],
          })),
        ),
    ],
  ];
  for (const [what, role, doubt, report] of doubts) {
    it(`does not say that a role is as configured where ${what}`, () => {
      const all = report();
      const doubted = all.machineRoles.filter((one) => !one.isAsConfigured);
      assert.deepEqual(
        doubted.map((one) => [one.role, one.accounts, one.doubt]),
        [[role, ["dev"], doubt]],
      );
      const shown = toTerminal(all, { width: 160, hasColours: false });
      const row = shown.split("\n").find((line) => line.includes(`│ ${role} `));
      assert.ok(row !== undefined && !row.includes("✓"), row);
    });
  }

  it("has a row for the roles of an account that was not read", () => {
    const { accounts, ...rest } = deployedBut(expected, (account) => account);
    const unread = [{ id: devId, name: "dev", why: "AccessDenied" }];
    const { machineRoles } = verify(
      { ...rest, accounts: accounts.filter(({ id }) => id !== devId), unread },
      expected,
      defaultSettings,
      new Date(),
    );
    assert.deepEqual(
      machineRoles.map(({ role, doubt }) => [role, doubt]),
      ["Scanner", "Deployer", "Collector"].map((role) => [role, "not read"]),
    );
  });

  for (const host of [issuer, "gitlab.example.org"]) {
    it(`tells of the identity provider ${host}, which the config has in no account but dev, if there`, () => {
      const found = verify(
        deployedBut(expected, (account) => ({
          ...account,
          identityProviders:
            account.accountId === devId
              ? asMade
              : [
                  {
                    arn: `arn:aws:iam::${account.accountId}:oidc-provider/${host}`,
                    audiences: ["a"],
                  },
                ],
        })),
        expected,
        defaultSettings,
        new Date(),
      );
      assert.deepEqual(
        foundIn(found).map(({ rule, subject }) => [rule, subject]),
        Array.from({ length: 2 }, () => [
          "identity-provider-not-in-config",
          `oidc-provider/${host}`,
        ]),
      );
    });
  }

  it("takes the tokens of a second role as named where the caller names them", () => {
    const found = reportWith(
      secondRole("Deployer", () => ({})),
      {
        identityProviders: [{ issuer, tenants: ["acme"], claims: {} }],
      },
    );
    assert.deepEqual(foundIn(found), []);
  });
});
