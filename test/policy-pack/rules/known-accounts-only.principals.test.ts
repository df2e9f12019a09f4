import {
  bastion,
  deny,
  equals,
  foreign,
  json,
  like,
  people,
  prod,
  reads,
  root,
  trusts,
} from "./documents";
import type { FoundWitness } from "./found";
import { bucketPolicy, support } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "known-accounts-only";

const organisations = ["o-acme123456"];
const federatedUser = (account: string) =>
  `arn:aws:sts::${account}:federated-user/bob`;
const provider = (account: string, path: string) =>
  `arn:aws:iam::${account}:${path}`;
const canonical =
  "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
/** A principal of a foreign account, and who then gets in. */
type Foreign = readonly [Readonly<Record<string, string>>, FoundWitness];
const foreignUser: Foreign = [
  { AWS: federatedUser(foreign) },
  { caller: "user", account: foreign, arn: federatedUser(foreign) },
];
const ofProvider = (path: string): Foreign => [
  { Federated: provider(foreign, path) },
  { caller: "federated", name: provider(foreign, path) },
];
const ownAccounts = [prod, bastion];

/** Principals that no account's id stands for, in a bucket's policy. */
const principalRows: readonly Row[] = [
  ...[
    foreignUser,
    ofProvider("saml-provider/x"),
    ofProvider("oidc-provider/x.io"),
  ].map(([principal, witness]): Row => ({
    title: `finds ${Object.values(principal).join()} in a bucket's policy`,
    resources: [bucketPolicy(json(reads(principal)))],
    finds: [{ resource: "notes", field: "policy", statements: [1], witness }],
  })),
  ...[
    { AWS: ownAccounts.map(federatedUser) },
    { Federated: ownAccounts.map((one) => provider(one, "saml-provider/x")) },
    { Federated: ["cognito-identity.amazonaws.com", "accounts.google.com"] },
    {
      AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1",
    },
  ].map((principal): Row => ({
    title: `is silent on ${JSON.stringify(principal)}`,
    resources: [bucketPolicy(json(reads(principal)))],
  })),
  {
    title: "can't tell whose a canonical user is, and says how to name it",
    resources: [bucketPolicy(json(reads({ CanonicalUser: canonical })))],
    finds: [
      {
        resource: "notes",
        kind: "undecided",
        field: "policy",
        unread: [canonical],
      },
    ],
  },
  ...["AIDAEXAMPLEEXAMPLE234", "AROAEXAMPLEEXAMPLE234"].map((id): Row => ({
    title: `can't tell whose ${id} was, in a trust policy either`,
    resources: [
      bucketPolicy(json(reads({ AWS: id }))),
      support(people(), trusts({ AWS: id })),
    ],
    finds: [
      { resource: "notes", kind: "undecided", unread: [id] },
      { resource: "Support", kind: "undecided", unread: [id] },
    ],
  })),
  {
    title: "is silent on ids whose account the document asks for, or denies",
    resources: [
      bucketPolicy(
        json(
          reads(
            { CanonicalUser: canonical, AWS: "AIDAEXAMPLEEXAMPLE234" },
            equals("aws:PrincipalAccount", prod),
          ),
          { ...deny("s3:*"), Principal: { CanonicalUser: "0123" } },
        ),
      ),
    ],
  },
  {
    title: "finds an account that the document asks of an id",
    resources: [
      bucketPolicy(
        json(
          reads(
            { CanonicalUser: canonical },
            equals("aws:PrincipalAccount", foreign),
          ),
        ),
      ),
    ],
    finds: [{ resource: "notes", kind: "undecided", unread: [canonical] }],
  },
  {
    title: "finds federated users of an account, where the policy is open",
    resources: [
      bucketPolicy(
        json(reads("*", like("aws:PrincipalArn", federatedUser(foreign)))),
      ),
    ],
    finds: [{ resource: "notes", statements: [1], witness: foreignUser[1] }],
  },
];

const trustedOthersRows: readonly Row[] = [
  ...[
    foreignUser,
    ofProvider("saml-provider/x"),
    ofProvider("oidc-provider/x.io"),
  ].map(([principal, witness]): Row => ({
    title: `finds ${Object.values(principal).join()} in a role's trust`,
    resources: [
      support(people(), trusts(principal, { Action: "sts:AssumeRole*" })),
    ],
    finds: [{ resource: "Support", statements: [2], witness }],
  })),
  {
    title: "is silent on providers of its own, and on AWS's",
    resources: [
      support(
        trusts({
          AWS: federatedUser(bastion),
          Federated: [
            provider(bastion, "saml-provider/x"),
            "accounts.google.com",
          ],
        }),
      ),
    ],
  },
];

/** A request that nobody signed has none of the keys of a principal. */
const anonymousRows: readonly Row[] = [
  ...[
    { Bool: { "aws:PrincipalIsAWSService": "true" } },
    equals("aws:PrincipalServiceName", "logs.amazonaws.com"),
    equals("aws:PrincipalAccount", prod),
    equals("aws:PrincipalOrgID", "o-acme123456"),
    equals("aws:SourceOwner", prod),
    equals("kms:CallerAccount", prod),
    equals("aws:SourceOrgID", "o-acme123456"),
    like("aws:PrincipalArn", root(prod)),
  ].map((condition): Row => ({
    title: `is silent on everyone with ${JSON.stringify(condition)}`,
    organisation: { organisations },
    resources: [bucketPolicy(json(reads("*", condition)))],
  })),
  ...[
    { Bool: { "aws:SecureTransport": "true" } },
    { BoolIfExists: { "aws:PrincipalIsAWSService": "true" } },
    equals("aws:PrincipalType", "Anonymous"),
    equals("aws:PrincipalAccount", "anonymous"),
  ].map((condition): Row => ({
    title: `finds everyone with ${JSON.stringify(condition)}`,
    resources: [bucketPolicy(json(reads("*", condition)))],
    finds: [{ resource: "notes", field: "policy", statements: [1] }],
  })),
];

describe(`${rule}: who else may be named`, () => {
  describe("of principals other than accounts, users and roles", () => {
    testRows(rule, principalRows);
    testRows(rule, trustedOthersRows);
  });
  describe("of requests that nobody signed", () => {
    testRows(rule, anonymousRows);
  });
});
