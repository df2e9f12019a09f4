import assert from "node:assert/strict";
import type { LiveRole } from "../../../commands/accounts/live-account";
import { parseExpected } from "../../../commands/verify/expected";
import { defaultSettings } from "../../../commands/verify/facts";
import { verify, type Report } from "../../../commands/verify/report";
import { bastionId, devId, prodId } from "./accounts";
import { deployedBut } from "./as-deployed";
import {
  arn,
  asMade,
  expected,
  issuer,
  reportWith,
  withRole,
  type Change,
} from "./deployed-machine-roles";

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
