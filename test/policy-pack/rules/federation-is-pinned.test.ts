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

const cluster = "oidc.eks.eu-central-1.amazonaws.com/id/0123ABCD";
const pool = "cognito-identity.amazonaws.com";

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

/** Of GitHub's, of which nothing is asked. */
const anySubject = "repo:xx/xx:ref:refs/heads/main";

const openSubjects: readonly (readonly [string, object, string])[] = [
  ["no subject", {}, anySubject],
  ["everybody's repositories", subject("StringLike", "repo:*"), anySubject],
  [
    "an owner that only begins so",
    subject("StringLike", "repo:acme*"),
    "repo:acme/x:ref:refs/heads/main",
  ],
  [
    "every repository of an owner",
    subject("StringLike", "repo:acme/*"),
    "repo:acme/x:ref:refs/heads/main",
  ],
  [
    "one open-ended subject among others",
    subject("StringLike", ["repo:acme/shop:*", "repo:*/shop:*"]),
    "repo:x/shop:ref:refs/heads/main",
  ],
];

const source = "aws:SourceArn";
const anchor = (id: string) =>
  `arn:aws:rolesanywhere:eu-central-1:${dev}:trust-anchor/${id}`;
const certificates = (Condition: object) =>
  trusts(
    { Service: "rolesanywhere.amazonaws.com" },
    {
      Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
      Condition,
    },
  );

const rows: readonly Row[] = [
  { title: "is silent where both are pinned", resources: [release(pinned)] },
  {
    title: "is silent where a token would have to come without what all have",
    resources: [
      release(
        // As terraform-aws-modules' iam-github-oidc-role writes it.
        oidc(host, {
          "ForAllValues:StringEquals": {
            [`${host}:iss`]: `http://${host}`,
            ...audience,
          },
          StringLikeIfExists: { [`${host}:sub`]: "repo:acme/shop:*" },
        }),
      ),
    ],
  },
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
            [`${host}:sub`]: [sub],
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
        witness: { ...ofGithub, keys: { [`${host}:aud`]: ["someone-elses"] } },
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
        witness: { ...ofGithub, keys: { [`${host}:sub`]: [anySubject] } },
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
    title:
      "says which part of a subject is open, with the key as its ARN has it",
    resources: [
      release(
        oidc(cluster, {
          StringEquals: { [`${cluster}:aud`]: "sts.amazonaws.com" },
          StringLike: { [`${cluster}:sub`]: "system:serviceaccount:*:web" },
        }),
      ),
    ],
    finds: [
      {
        resource: "release",
        statements: [1],
        says: [
          `does not pin ${cluster}:sub: the namespace is open`,
          `with ${cluster}:aud "sts.amazonaws.com"`,
          'such as "system:serviceaccount:<namespace>:<service account>"',
        ],
      },
    ],
  },
  {
    title: "finds guests of a pool, who have not signed in",
    resources: [
      release(
        trusts(
          { Federated: pool },
          {
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: {
              StringEquals: { [`${pool}:aud`]: "eu-central-1:1111-2222" },
              "ForAnyValue:StringEquals": {
                [`${pool}:amr`]: "unauthenticated",
              },
            },
          },
        ),
      ),
    ],
    finds: [
      {
        resource: "release",
        statements: [1],
        says: [
          "Who gets in: anyone, without signing in",
          `ask for ${pool}:amr with the sign-in in full, such as "authenticated"`,
        ],
      },
    ],
  },
  {
    title: "names the key of what nobody can decide",
    resources: [
      release(
        github(subject("ForSomeValue:StringEquals", "repo:acme/shop:any")),
      ),
    ],
    finds: [{ resource: "release", kind: "undecided", says: [`${host}:sub`] }],
  },
  ...(
    [
      [{ "idp.acme.example:aud": "aws" }, {}, "undecided"],
      [{ "idp.acme.example:aud": "aws" }, { sub: ["*"] }, undefined],
      [{ "idp.acme.example:sub": "ci" }, { sub: ["*"] }, "wrong"],
      [
        { "idp.acme.example:aud": "aws", "idp.acme.example:sub": "ci" },
        {},
        undefined,
      ],
    ] as const
  ).map(([condition, claims, kind]): Row => ({
    title: `holds ${Object.keys(condition).join(", ")} of an issuer of our own with the claims ${JSON.stringify(claims)} for ${kind ?? "pinned"}`,
    organisation: {
      identityProviders: [{ issuer: "idp.acme.example", claims }],
    },
    resources: [release(oidc("idp.acme.example", { StringEquals: condition }))],
    finds:
      kind === undefined
        ? []
        : [{ resource: "release", kind, field: "assumeRolePolicy" }],
  })),
  ...(
    [
      ["any trust anchor", {}],
      ["the account's trust anchors", { ArnLike: { [source]: anchor("*") } }],
      ["trust anchors by a pattern", { ArnLike: { [source]: anchor("a1*") } }],
      [
        "trust anchors of any account",
        { ArnLike: { [source]: anchor("a1").replace(dev, "*") } },
      ],
      ["the account alone", { StringEquals: { "aws:SourceAccount": dev } }],
      [
        "a trust anchor, if one is told",
        { ArnEqualsIfExists: { [source]: anchor("a1") } },
      ],
      [
        "a subject that every authority may sign",
        { StringEquals: { "aws:PrincipalTag/x509Subject/CN": "shop" } },
      ],
      [
        "all trust anchors but one",
        { ArnNotEquals: { [source]: anchor("a1") } },
      ],
    ] as const
  ).map(([title, condition]): Row => ({
    title: `finds certificates of ${title}`,
    resources: [release(certificates(condition))],
    finds: [
      {
        resource: "release",
        field: "assumeRolePolicy",
        kind: "wrong",
        statements: [1],
        witness: { caller: "service", name: "rolesanywhere.amazonaws.com" },
        says: ["Fix: add to that statement ArnEquals aws:SourceArn"],
      },
    ],
  })),
  {
    title: "finds certificates of any trust anchor by a second statement",
    resources: [
      role("release", {
        assumeRolePolicy: json(
          certificates({ ArnEquals: { [source]: anchor("a1") } }),
          certificates({}),
        ),
      }),
    ],
    finds: [{ resource: "release", statements: [2] }],
  },
  ...(
    [
      ["a trust anchor", { ArnEquals: { [source]: anchor("a1") } }],
      [
        "a trust anchor, as a text",
        { StringEquals: { [source]: anchor("a1") } },
      ],
      [
        "a trust anchor of any region, by its id",
        { ArnLike: { [source]: anchor("a1").replace("eu-central-1", "*") } },
      ],
      [
        "either of two",
        { ArnLike: { [source]: [anchor("a1"), anchor("a2")] } },
      ],
      [
        "a trust anchor, and a subject",
        {
          ArnEquals: { [source]: anchor("a1") },
          StringEquals: { "aws:PrincipalTag/x509Subject/CN": "shop" },
        },
      ],
    ] as const
  ).map(([title, condition]): Row => ({
    title: `has nothing against certificates of ${title}`,
    resources: [release(certificates(condition))],
  })),
  {
    title: "has nothing against certificates where a Deny leaves one anchor",
    resources: [
      role("release", {
        assumeRolePolicy: json(certificates({}), {
          ...certificates({ ArnNotEquals: { [source]: anchor("a1") } }),
          Effect: "Deny",
        }),
      }),
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
