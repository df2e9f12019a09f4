import assert from "node:assert/strict";
import type { LiveAccount } from "../../../commands/accounts/live-account";
import { checkAccounts } from "../../../commands/verify/checks/accounts";
import { checkIdentityProviders } from "../../../commands/verify/checks/identity-provider";
import {
  defaultSettings,
  type Facts,
  type VerificationSettings,
} from "../../../commands/verify/facts";
import type { ExpectedAccess } from "../../../commands/verify/expected";
import type { AccountFinding } from "../../../commands/verify/findings";
import type { FindingKind } from "../../../commands/verify/finding-kinds";
import { bastionId, committedExpectation, prodId } from "./accounts";
import { deployedBut } from "./as-deployed";
import {
  organisationOf,
  service,
  trusting,
  trustingWorkflows,
} from "./live-accounts";

const committed = committedExpectation();
const issuer = "token.actions.githubusercontent.com";
const audience = "sts.amazonaws.com";
const arn = `arn:aws:iam::${bastionId}:oidc-provider/${issuer}`;

const gitlabArn = `arn:aws:iam::${bastionId}:oidc-provider/gitlab.com`;

const expecting = (isOwn: boolean): ExpectedAccess => ({
  ...committed,
  accountAlias: "acme-bastion",
  bastion: {
    ...committed.bastion,
    identityProviders: [{ issuer, audiences: [audience], isOwn, subjects: [] }],
  },
});

interface Row {
  readonly title: string;
  readonly is: Partial<Pick<LiveAccount, "alias" | "identityProviders">>;
  /** Left out: the stack's own. */
  readonly provider?: "another stack's";
  /** Left out: nothing. */
  readonly finds?: readonly [FindingKind, message: string];
  /** Left out: what is to do about the kind. */
  readonly remedy?: string;
  /** What else is found, and of what; left out: nothing. */
  readonly also?: readonly (readonly [FindingKind, subject: string])[];
}

const provider = (...audiences: readonly string[]) => ({
  identityProviders: [{ arn, audiences }],
});

const rows: readonly Row[] = [
  { title: "all as it was deployed", is: {} },
  {
    title: "no alias",
    is: { alias: undefined },
    finds: [
      "account-alias-differs",
      "the alias of bastion is not there, and the config says acme-bastion: the sign-in address that people know leads elsewhere",
    ],
  },
  {
    title: "another alias",
    is: { alias: "acme-bastlon" },
    finds: [
      "account-alias-differs",
      "the alias of bastion is acme-bastlon, and the config says acme-bastion: the sign-in address that people know leads elsewhere",
    ],
    remedy: `in account ${bastionId}: aws iam delete-account-alias --account-alias acme-bastlon. Then deploy its stack: pulumi up --refresh.`,
  },
  {
    title: "no identity provider",
    is: { identityProviders: [] },
    finds: [
      "identity-provider-differs",
      `the identity provider ${issuer} of bastion is not there: no run of the pipeline gets in`,
    ],
  },
  {
    title: "no identity provider, which another stack should make",
    is: { identityProviders: [] },
    provider: "another stack's",
    finds: [
      "identity-provider-differs",
      `the identity provider ${issuer} of bastion is not there: no run of the pipeline gets in`,
    ],
    remedy:
      "deploy the stack that makes it; or take existingProvider out of the config, and deploy this one.",
  },
  {
    title: "another issuer's provider in its place",
    is: {
      identityProviders: [
        {
          arn: gitlabArn,
          audiences: [audience],
        },
      ],
    },
    finds: [
      "identity-provider-differs",
      `the identity provider ${issuer} of bastion is not there: no run of the pipeline gets in`,
    ],
    also: [["identity-provider-not-in-config", gitlabArn]],
  },
  {
    title: "a provider without the audience",
    is: provider(),
    finds: [
      "identity-provider-differs",
      `the identity provider ${issuer} of bastion takes no tokens for ${audience}: no run of the pipeline gets in`,
    ],
  },
  {
    title: "another stack's provider without the audience",
    is: provider("https://github.com/acme"),
    provider: "another stack's",
    finds: [
      "identity-provider-differs",
      `the identity provider ${issuer} of bastion takes no tokens for ${audience}: no run of the pipeline gets in`,
    ],
    remedy: `in account ${bastionId}: aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${arn} --client-id ${audience}.`,
  },
  {
    title: "a provider with another audience as well",
    is: provider(audience, "evil"),
    finds: [
      "identity-provider-takes-more",
      `the identity provider ${issuer} of bastion takes tokens for evil as well, and the config says ${audience} alone`,
    ],
  },
  {
    title: "another stack's provider with another audience as well",
    is: provider(audience, "https://github.com/acme"),
    provider: "another stack's",
  },
];

function found(
  expected: ExpectedAccess,
  change: (live: LiveAccount) => LiveAccount,
): readonly AccountFinding[] {
  const facts: Facts = {
    organisation: deployedBut(expected, change),
    expected,
    settings: defaultSettings,
    now: new Date(0),
    assignments: {
      reported: [],
      questions: 0,
      wrong: () => [],
      pairs: { decided: 0, granted: 0, open: 0, wrong: 0 },
    },
  };
  return [...checkAccounts(facts), ...checkIdentityProviders(facts)].filter(
    ({ rule }) => /^(account-alias|identity-provider)/.test(rule),
  );
}

describe("verify compares settings of the account with the config:", () => {
  for (const { title, is, provider: whose, finds, remedy, also = [] } of rows) {
    it(title, () => {
      const deployed = { alias: "acme-bastion", ...provider(audience) };
      const [first, ...others] = found(
        expecting(whose === undefined),
        (live) =>
          live.accountId === bastionId ? { ...live, ...deployed, ...is } : live,
      );
      assert.deepEqual(first && [first.rule, first.message], finds);
      assert.equal(first?.remedy, remedy);
      assert.deepEqual(
        others.map(({ rule, subject }) => [rule, subject]),
        also,
      );
    });
  }

  it("takes any alias where the config names none", () => {
    const change = (live: LiveAccount): LiveAccount => ({
      ...live,
      alias: "anything",
    });
    assert.deepEqual(found({ ...committed, accountAlias: null }, change), []);
  });
});

describe("verify tells of identity providers that the config does not know:", () => {
  const saml = `arn:aws:iam::${prodId}:saml-provider/okta`;
  const ofProd = `arn:aws:iam::${prodId}:oidc-provider/${issuer}`;
  const acme = { issuer, tenants: ["acme"], claims: {} };
  const inProd = (
    providerArn: string,
    roles: readonly { readonly name: string; readonly trust: string }[] = [],
    settings: Partial<VerificationSettings> = {},
  ) => {
    const organisation = organisationOf({ [prodId]: { roles } });
    const accounts = organisation.accounts.map((account) =>
      account.id === prodId
        ? {
            ...account,
            live: {
              ...account.live,
              identityProviders: [{ arn: providerArn, audiences: [] }],
            },
          }
        : account,
    );
    const findings = checkIdentityProviders({
      organisation: { ...organisation, accounts },
      expected: committed,
      settings: { ...defaultSettings, ...settings },
    });
    return [...findings].map(({ rule, level, message, remedy = "" }) => [
      rule,
      level,
      message,
      remedy.split(". Or")[0],
    ]);
  };
  const isFound = (what: string, takes: string, call: string) => [
    [
      "identity-provider-not-in-config",
      "warning",
      `the identity provider ${what} of prod is not in the config. ${takes}`,
      `in account ${prodId}: aws iam ${call}`,
    ],
  ];
  const deletion = `delete-open-id-connect-provider --open-id-connect-provider-arn ${ofProd}`;

  it("of OIDC, with the roles that take its tokens", () => {
    const roles = [
      { name: "ci", trust: trustingWorkflows(prodId, "repo:a/b:ref:c") },
      { name: "app", trust: trusting(service("ec2")) },
      { name: "odd", trust: "{}" },
    ];
    const takes = "Roles that take its tokens: ci, perhaps odd";
    assert.deepEqual(inProd(ofProd, roles), isFound(issuer, takes, deletion));
  });

  it("of OIDC, and of SAML, whose tokens no role takes", () => {
    const none = "No role takes its tokens";
    assert.deepEqual(inProd(ofProd), isFound(issuer, none, deletion));
    assert.deepEqual(
      inProd(saml),
      isFound(
        "saml-provider/okta",
        none,
        `delete-saml-provider --saml-provider-arn ${saml}`,
      ),
    );
  });

  it("and of none that is said to be ours, or that Identity Center made", () => {
    assert.deepEqual(inProd(ofProd, [], { identityProviders: [acme] }), []);
    const ofAws = "saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE";
    assert.deepEqual(inProd(`arn:aws:iam::${prodId}:${ofAws}`), []);
  });
});
