import assert from "node:assert/strict";
import type { LiveAccount } from "../../../commands/accounts/live-account";
import { checkAccounts } from "../../../commands/verify/checks/accounts";
import { checkIdentityProviders } from "../../../commands/verify/checks/identity-provider";
import { defaultSettings, type Facts } from "../../../commands/verify/facts";
import type { ExpectedAccess } from "../../../commands/verify/expected";
import type { AccountFinding } from "../../../commands/verify/findings";
import type { FindingKind } from "../../../commands/verify/finding-kinds";
import { bastionId, committedExpectation } from "./accounts";
import { deployedBut } from "./as-deployed";

const committed = committedExpectation();
const issuer = "token.actions.githubusercontent.com";
const audience = "sts.amazonaws.com";
const arn = `arn:aws:iam::${bastionId}:oidc-provider/${issuer}`;

const expecting = (isOwn: boolean): ExpectedAccess => ({
  ...committed,
  accountAlias: "acme-bastion",
  bastion: {
    ...committed.bastion,
    identityProvider: { issuer, audience, isOwn },
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
          arn: `arn:aws:iam::${bastionId}:oidc-provider/gitlab.com`,
          audiences: [audience],
        },
      ],
    },
    finds: [
      "identity-provider-differs",
      `the identity provider ${issuer} of bastion is not there: no run of the pipeline gets in`,
    ],
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
  for (const { title, is, provider: whose, finds, remedy } of rows) {
    it(title, () => {
      const deployed = { alias: "acme-bastion", ...provider(audience) };
      const [first, ...others] = found(
        expecting(whose === undefined),
        (live) =>
          live.accountId === bastionId ? { ...live, ...deployed, ...is } : live,
      );
      assert.deepEqual(first && [first.rule, first.message], finds);
      assert.equal(first?.remedy, remedy);
      assert.deepEqual(others, []);
    });
  }

  it("takes any alias, and any provider, where the config names none", () => {
    const change = (live: LiveAccount): LiveAccount => ({
      ...live,
      alias: "anything",
      ...provider("anybody"),
    });
    assert.deepEqual(found({ ...committed, accountAlias: null }, change), []);
  });
});
