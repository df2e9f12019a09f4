import { unknownText } from "../pack";
import { dev, document, json, people, service, trusts } from "./documents";
import { nativeRole, role } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "federation-is-pinned";

const host = "token.actions.githubusercontent.com";
const oidc = (provider: string, condition?: object) =>
  trusts(
    { Federated: `arn:aws:iam::${dev}:oidc-provider/${provider}` },
    {
      Action: "sts:AssumeRoleWithWebIdentity",
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  );
const github = (sub: object, aud: object = audience) =>
  oidc(host, { ...sub, StringEquals: { ...aud, ...equals(sub) } });
const equals = (sub: object): object =>
  (sub as { StringEquals?: object }).StringEquals ?? {};
const audience = { [`${host}:aud`]: "sts.amazonaws.com" };
const subject = (operator: string, value: unknown) => ({
  [operator]: { [`${host}:sub`]: value },
});
const pinned = github(
  subject("StringEquals", "repo:acme/shop:ref:refs/heads/main"),
);
const release = (statement: object) =>
  role("release", { assumeRolePolicy: json({ ...statement }) });

const ofGithub = {
  caller: "federated",
  name: `arn:aws:iam::${dev}:oidc-provider/${host}`,
} as const;

const saml = (condition?: object) =>
  trusts(
    { Federated: `arn:aws:iam::${dev}:saml-provider/acme` },
    {
      Action: "sts:AssumeRoleWithSAML",
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  );

const openSubjects: readonly (readonly [string, object, string?])[] = [
  ["no subject", {}],
  [
    "everybody's repositories",
    subject("StringLike", "repo:*"),
    "repo:xx/xx:xx",
  ],
  [
    "an owner that only begins so",
    subject("StringLike", "repo:acme*"),
    "repo:acme/x:x",
  ],
  [
    "every repository of an owner",
    subject("StringLike", "repo:acme/*"),
    "repo:acme/x:x",
  ],
  [
    "a subject with IfExists",
    subject("StringEqualsIfExists", "repo:acme/shop:*"),
  ],
  [
    "one open-ended subject among others",
    subject("StringLike", ["repo:acme/shop:*", "repo:*/shop:*"]),
    "repo:x/shop:x",
  ],
];

const rows: readonly Row[] = [
  { title: "is silent where both are pinned", resources: [release(pinned)] },
  {
    title: "is silent where only branch or environment are open",
    resources: [release(github(subject("StringLike", "repo:acme/shop:*")))],
  },
  ...openSubjects.map(([what, condition, sub]): Row => ({
    title: `finds ${what}`,
    resources: [release(github(condition))],
    finds: [
      {
        resource: "release",
        field: "assumeRolePolicy",
        statements: [1],
        witness: {
          ...ofGithub,
          keys: {
            [`${host}:sub`]: sub === undefined ? undefined : [sub],
            [`${host}:aud`]: ["sts.amazonaws.com"],
          },
        },
      },
    ],
  })),
  {
    title: "finds a missing audience",
    resources: [
      release(
        github(subject("StringLike", "repo:acme/shop:ref:refs/heads/main"), {}),
      ),
    ],
    finds: [
      {
        resource: "release",
        statements: [1],
        witness: { ...ofGithub, keys: { [`${host}:aud`]: undefined } },
      },
    ],
  },
  {
    title: "reads aws-native's roles",
    resources: [
      nativeRole("release", {
        assumeRolePolicyDocument: document(github({})),
      }),
      nativeRole("fine", { assumeRolePolicyDocument: document(pinned) }),
    ],
    finds: [
      {
        resource: "release",
        field: "assumeRolePolicyDocument",
        statements: [1],
        witness: { ...ofGithub, keys: { [`${host}:sub`]: undefined } },
      },
    ],
  },
  {
    title: "finds the second statement that opens what the first pins",
    resources: [
      role("release", {
        assumeRolePolicy: json(pinned, { ...github({}), Sid: "Old" }),
      }),
    ],
    finds: [{ resource: "release", statements: ["Old"], witness: ofGithub }],
  },
  {
    title: "asks of SAML for the audience",
    resources: [
      release(saml()),
      {
        ...release(
          saml({
            StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" },
          }),
        ),
        name: "fine",
      },
    ],
    finds: [
      {
        resource: "release",
        statements: [1],
        witness: {
          caller: "federated",
          name: `arn:aws:iam::${dev}:saml-provider/acme`,
          keys: { "saml:aud": undefined },
        },
      },
    ],
  },
  {
    title: "judges each provider by its own keys",
    resources: [
      role("release", {
        assumeRolePolicy: json(pinned, oidc("gitlab.example.com")),
      }),
    ],
    finds: [
      {
        resource: "release",
        statements: [2],
        witness: {
          caller: "federated",
          name: `arn:aws:iam::${dev}:oidc-provider/gitlab.example.com`,
        },
      },
    ],
  },
  {
    title: "has nothing to say of people and services",
    resources: [role("r", { assumeRolePolicy: json(people(), service) })],
  },
  {
    title: "leaves what is not known yet to the update",
    resources: [
      role("release", {
        assumeRolePolicy: document(
          github(subject("StringEquals", unknownText)),
        ),
      }),
    ],
    finds: [{ resource: "release", kind: "unknown" }],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
