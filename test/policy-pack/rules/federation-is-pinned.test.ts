import { unknownText } from "../pack";
import { dev, document, json, people, service, trusts } from "./documents";
import { nativeRole, role } from "./resources";
import { testRows, unknown, type Row } from "./rows";

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

const saml = (condition?: object) =>
  trusts(
    { Federated: `arn:aws:iam::${dev}:saml-provider/acme` },
    {
      Action: "sts:AssumeRoleWithSAML",
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  );

const openSubjects: readonly (readonly [string, object])[] = [
  ["no subject", {}],
  ["everybody's repositories", subject("StringLike", "repo:*")],
  ["an owner that only begins so", subject("StringLike", "repo:acme*")],
  ["every repository of an owner", subject("StringLike", "repo:acme/*")],
  [
    "a subject with IfExists",
    subject("StringEqualsIfExists", "repo:acme/shop:*"),
  ],
  [
    "one open-ended subject among others",
    subject("StringLike", ["repo:acme/shop:*", "repo:*/shop:*"]),
  ],
];

const rows: readonly Row[] = [
  { title: "is silent where both are pinned", resources: [release(pinned)] },
  {
    title: "is silent where only branch or environment are open",
    resources: [release(github(subject("StringLike", "repo:acme/shop:*")))],
  },
  ...openSubjects.map(([what, condition]): Row => ({
    title: `finds ${what}`,
    resources: [release(github(condition))],
    finds: [["release", "assumeRolePolicy", `${host}:sub`, "statement 1"]],
  })),
  {
    title: "finds a missing audience",
    resources: [
      release(
        github(subject("StringLike", "repo:acme/shop:ref:refs/heads/main"), {}),
      ),
    ],
    finds: [["release", `${host}:aud`]],
  },
  {
    title: "reads aws-native's roles",
    resources: [
      nativeRole("release", {
        assumeRolePolicyDocument: document(github({})),
      }),
      nativeRole("fine", { assumeRolePolicyDocument: document(pinned) }),
    ],
    finds: [["release", "assumeRolePolicyDocument", `${host}:sub`]],
  },
  {
    title: "finds the second statement that opens what the first pins",
    resources: [
      role("release", {
        assumeRolePolicy: json(pinned, { ...github({}), Sid: "Old" }),
      }),
    ],
    finds: [["release", 'statement 2 ("Old")']],
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
    finds: [["release", "saml:aud"]],
  },
  {
    title: "judges each provider by its own keys",
    resources: [
      role("release", {
        assumeRolePolicy: json(pinned, oidc("gitlab.example.com")),
      }),
    ],
    finds: [["release", "gitlab.example.com:"]],
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
    finds: [["release", unknown]],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
