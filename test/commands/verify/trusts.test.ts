import assert from "node:assert/strict";
import { checkTrusts } from "../../../commands/verify/checks/trusts";
import {
  defaultSettings,
  type VerificationSettings,
} from "../../../commands/verify/facts";
import type { FindingKind } from "../../../commands/verify/finding-kinds";
import { bastionId, committedExpectation, prodId } from "./accounts";
import {
  documentOf,
  organisationOf,
  root,
  trusting,
  trustingWorkflows,
} from "./live-accounts";

const github = "token.actions.githubusercontent.com";
const acme = [{ issuer: github, tenants: ["acme"], claims: {} }];
const main = (repository: string): string =>
  trustingWorkflows(prodId, `repo:${repository}:ref:refs/heads/main`);

const ofCluster = documentOf({
  Effect: "Allow",
  Principal: {
    Federated: `arn:aws:iam::${prodId}:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123ABCD`,
  },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: {
    StringEquals: {
      "oidc.eks.eu-central-1.amazonaws.com/id/0123ABCD:aud":
        "sts.amazonaws.com",
      "oidc.eks.eu-central-1.amazonaws.com/id/0123ABCD:sub":
        "system:serviceaccount:shop:web",
    },
  },
});

const bySignIn = documentOf({
  Effect: "Allow",
  Principal: {
    Federated: `arn:aws:iam::${prodId}:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE`,
  },
  Action: "sts:AssumeRoleWithSAML",
  Condition: {
    StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" },
  },
});

const strangerId = "888888888888";
const byAnybodysSaml = documentOf({
  Effect: "Allow",
  Principal: { Federated: `arn:aws:iam::${prodId}:saml-provider/partner` },
  Action: "sts:AssumeRoleWithSAML",
  Condition: {
    StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" },
  },
});

interface Row {
  readonly title: string;
  readonly trust: string;
  readonly path?: string;
  readonly settings?: Partial<VerificationSettings>;
  readonly pipeline?: string;
  /** Left out: nothing. */
  readonly finds?: readonly [FindingKind, RegExp, ...FindingKind[]];
}

const rows: readonly Row[] = [
  {
    title: "tokens of another owner than ours",
    trust: main("evil/backdoor"),
    settings: { identityProviders: acme },
    finds: [
      "federation-foreign",
      /^ci in prod lets in tokens of \S+ with \S+:sub repo:evil\/backdoor:ref:refs\/heads\/main, which/,
    ],
  },
  {
    title: "tokens of another owner than the pipeline's",
    trust: main("evil/backdoor"),
    pipeline: "acme/bastion",
    finds: ["federation-foreign", /repo:evil\/backdoor/],
  },
  {
    title: "tokens of an owner that has only the name of the pipeline's",
    trust: main("acme@9/shop@8"),
    pipeline: "acme@7/bastion@42",
    finds: ["federation-foreign", /repo:acme@9\/shop@8/],
  },
  {
    title: "tokens of an issuer that is none of those that are named",
    trust: ofCluster,
    settings: { identityProviders: acme },
    finds: ["federation-foreign", /system:serviceaccount:shop:web/],
  },
  {
    title: "as unknown, tokens where nothing says whose are ours",
    trust: main("acme/shop"),
    finds: ["federation-not-named", /nothing says whose they are$/],
  },
  {
    title: "tokens of every repository",
    trust: main("*").replace("StringEquals", "StringLike"),
    settings: { identityProviders: acme },
    finds: ["federation-not-pinned", /whatever their \S+:sub$/],
  },
  {
    title: "nothing of tokens of ours",
    trust: main("acme/shop"),
    settings: { identityProviders: acme },
  },
  {
    title: "nothing of tokens of the pipeline's owner",
    trust: main("acme@7/shop@8"),
    pipeline: "acme@7/bastion@42",
  },
  {
    title: "nothing of Identity Center's own sign-in, by a role that it made",
    trust: bySignIn,
    path: "/aws-reserved/sso.amazonaws.com/eu-central-1/",
    settings: { identityProviders: acme },
  },
  {
    title: "a role of somebody else's that takes what Identity Center signs in",
    trust: bySignIn,
    settings: { identityProviders: acme },
    finds: ["federation-foreign", /AWSSSO_0123456789abcdef_DO_NOT_DELETE/],
  },
  {
    title: "a SAML provider that nobody names",
    trust: byAnybodysSaml,
    settings: { identityProviders: acme },
    finds: ["federation-foreign", /saml-provider\/partner/],
  },
  {
    title: "everybody",
    trust: trusting("*"),
    finds: [
      "role-trusts-outside",
      /^ci in prod lets in anyone with an AWS account, /,
      "role-trusts-another-account",
      "role-without-mfa",
    ],
  },
  {
    title: "everybody but one, by NotPrincipal",
    trust: documentOf({
      Effect: "Allow",
      NotPrincipal: { AWS: `arn:aws:iam::${strangerId}:root` },
      Action: "sts:AssumeRole",
    }),
    finds: [
      "role-trusts-outside",
      /^ci in prod lets in anyone with an AWS account, /,
      "role-trusts-another-account",
      "role-without-mfa",
    ],
  },
  {
    title: "an unknown account with an external id",
    trust: trusting(root(strangerId), {
      StringEquals: { "sts:ExternalId": "a-long-secret-of-the-vendor" },
    }),
    finds: ["role-trusts-outside", /account 888888888888/],
  },
  {
    title: "nothing of a known account with an external id",
    trust: trusting(root(strangerId), {
      StringEquals: { "sts:ExternalId": "a-long-secret-of-the-vendor" },
    }),
    settings: { knownAccounts: [strangerId] },
  },
  {
    title: "nothing of a cluster that is ours",
    trust: ofCluster,
    settings: {
      identityProviders: [
        {
          issuer: "oidc.eks.eu-central-1.amazonaws.com/id/0123ABCD",
          tenants: [],
          claims: {},
        },
      ],
    },
  },
];

describe("verify finds, of roles that take tokens or are open to others,", () => {
  const expected = committedExpectation();
  for (const {
    title,
    trust,
    path = "/",
    settings = {},
    pipeline,
    finds,
  } of rows) {
    it(title, () => {
      const found = [
        ...checkTrusts({
          organisation: organisationOf({
            [bastionId]: {},
            [prodId]: { roles: [{ name: "ci", path, trust }] },
          }),
          expected: { ...expected, pipelineRepository: pipeline ?? null },
          settings: { ...defaultSettings, ...settings },
        }),
      ];
      assert.deepEqual(
        found.map(({ rule }) => rule),
        finds === undefined ? [] : [finds[0], ...finds.slice(2)],
        JSON.stringify(found),
      );
      if (finds !== undefined) assert.match(found[0]?.message ?? "", finds[1]);
    });
  }
});
