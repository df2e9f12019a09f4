import { unknownText } from "../pack";
import {
  dev,
  document,
  json,
  people,
  service,
  trusts,
  type Statement,
} from "./documents";
import { nativeRole, role } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "federation-is-known";

const host = "token.actions.githubusercontent.com";
const arn = (path: string) => `arn:aws:iam::${dev}:${path}`;

const workflows = (repository: string) =>
  trusts(
    { Federated: arn(`oidc-provider/${host}`) },
    {
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${host}:aud`]: "sts.amazonaws.com",
          [`${host}:sub`]: `repo:${repository}:ref:refs/heads/main`,
        },
      },
    },
  );
const saml = (name: string) =>
  trusts(
    { Federated: arn(`saml-provider/${name}`) },
    {
      Action: "sts:AssumeRoleWithSAML",
      Condition: {
        StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" },
      },
    },
  );

const clusters = "oidc.eks.eu-central-1.amazonaws.com/id";
const issuer = `https://${clusters}/0123ABCD`;
const pods = (id: string, host = clusters) =>
  trusts(
    { Federated: arn(`oidc-provider/${host}/${id}`) },
    {
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${host}/${id}:aud`]: "sts.amazonaws.com",
          [`${host}/${id}:sub`]: "system:serviceaccount:shop:web",
        },
      },
    },
  );

const pools = "cognito-identity.amazonaws.com";
const visitors = (id: string) =>
  trusts(
    { Federated: pools },
    {
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { [`${pools}:aud`]: id },
        "ForAnyValue:StringEquals": { [`${pools}:amr`]: "authenticated" },
      },
    },
  );

const organisation = {
  identityProviders: [
    { issuer: host, tenants: ["acme"] },
    { issuer: "saml-provider/corp" },
  ],
};
const deploy = (...statements: readonly Statement[]) =>
  role("deploy", { assumeRolePolicy: json(...statements) });

const strangers = {
  resource: "deploy",
  field: "assumeRolePolicy",
  statements: [1],
  witness: {
    caller: "federated",
    name: arn(`oidc-provider/${host}`),
    keys: { [`${host}:sub`]: ["repo:evil/backdoor:ref:refs/heads/main"] },
  },
} as const;

const provider = (type: string, inputs: Readonly<Record<string, unknown>>) => ({
  type,
  name: "provider",
  inputs,
});
const oidcProvider = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
const samlProvider = "aws:iam/samlProvider:SamlProvider";

const ofCluster = (issuerUrl: string) => ({
  clusterName: "orders",
  oidc: { clientId: "kubernetes", issuerUrl },
});
/** What lets in by a provider without a role: the field that names it, and what it says. */
const givers: readonly (readonly [
  string,
  string,
  (issuerUrl: string) => Readonly<Record<string, unknown>>,
])[] = [
  [
    "aws:eks/identityProviderConfig:IdentityProviderConfig",
    "oidc.issuerUrl",
    ofCluster,
  ],
  ["aws-native:eks:IdentityProviderConfig", "oidc.issuerUrl", ofCluster],
  [
    "aws:ssoadmin/trustedTokenIssuer:TrustedTokenIssuer",
    "trustedTokenIssuerConfiguration.oidcJwtConfiguration.issuerUrl",
    (issuerUrl) => ({
      trustedTokenIssuerConfiguration: {
        oidcJwtConfiguration: { claimAttributePath: "email", issuerUrl },
      },
    }),
  ],
];

const rows: readonly Row[] = [
  {
    title: "is silent of the config's own owners and providers",
    organisation,
    resources: [
      deploy(workflows("acme/shop")),
      role("people", { assumeRolePolicy: json(saml("corp")) }),
    ],
  },
  ...[
    `https://${host}/`,
    `HTTPS://${host.toUpperCase()}`,
    `oidc-provider/${host}`,
    arn(`oidc-provider/${host}`),
    `arn:aws:iam::*:oidc-provider/${host}/`,
  ].map((issuer): Row => ({
    title: `takes ${issuer} for the same issuer`,
    organisation: { identityProviders: [{ issuer, tenants: ["acme"] }] },
    resources: [
      deploy(workflows("acme/shop")),
      role("back", { assumeRolePolicy: json(workflows("evil/backdoor")) }),
    ],
    finds: [{ ...strangers, resource: "back" }],
  })),
  {
    title: "finds a stranger's repository, however well it is pinned",
    organisation,
    resources: [deploy(workflows("evil/backdoor"))],
    finds: [
      {
        ...strangers,
        says: [
          "for others than the config names",
          "when that owner is yours, add it",
        ],
      },
    ],
  },
  {
    title: "leaves it open whose a token is while the config names none",
    resources: [
      deploy(workflows("evil/backdoor")),
      role("people", { assumeRolePolicy: json(saml("corp")) }),
      provider(oidcProvider, { url: "https://token.builds.bitrise.io" }),
    ],
    finds: [
      {
        resource: "provider",
        kind: "undecided",
        says: [
          'add {"issuer":"token.builds.bitrise.io","claims":{"sub":["<a subject of yours>"]}} to the',
        ],
      },
      {
        ...strangers,
        kind: "undecided",
        says: [
          `add {"issuer":"${host}","tenants":["<your owner>"]} to the config's identityProviders`,
        ],
      },
      {
        resource: "people",
        kind: "undecided",
        statements: [1],
        says: [
          'add {"issuer":"saml-provider/corp"} to the config\'s identityProviders',
        ],
      },
    ],
  },
  {
    title: "finds a stranger's SAML provider",
    organisation,
    resources: [deploy(saml("evil"))],
    finds: [
      {
        resource: "deploy",
        statements: [1],
        witness: { caller: "federated", name: arn("saml-provider/evil") },
      },
    ],
  },
  {
    title: "finds the second statement, in aws-native's roles as well",
    organisation,
    resources: [
      nativeRole("deploy", {
        assumeRolePolicyDocument: document(
          workflows("acme/shop"),
          workflows("evil/backdoor"),
        ),
      }),
    ],
    finds: [
      { ...strangers, field: "assumeRolePolicyDocument", statements: [2] },
    ],
  },
  {
    title: "has nothing to say of people and services",
    resources: [role("r", { assumeRolePolicy: json(people(), service) })],
  },
  {
    title: "is silent of providers in the account that are the config's",
    organisation,
    resources: [
      provider(oidcProvider, { url: `https://${host}` }),
      { ...provider(samlProvider, { name: "corp" }), name: "corp" },
      {
        ...provider("aws-native:iam:OidcProvider", { url: `https://${host}` }),
        name: "native",
      },
    ],
  },
  ...(
    [
      [oidcProvider, "url", "https://idp.evil.example"],
      [samlProvider, "name", "evil"],
      ["aws-native:iam:OidcProvider", "url", "https://idp.evil.example"],
      ["aws-native:iam:SamlProvider", "name", "evil"],
    ] as const
  ).map(([type, field, value]): Row => ({
    title: `finds a provider that a stack gives the account, by ${type}`,
    organisation,
    resources: [provider(type, { [field]: value })],
    finds: [{ resource: "provider", field, says: ["identityProviders"] }],
  })),
  ...givers.flatMap(([type, field, giving]): readonly Row[] => [
    {
      title: `finds a provider of a stranger's, by ${type}`,
      organisation,
      resources: [provider(type, giving("https://idp.evil.example"))],
      finds: [{ resource: "provider", field, says: ["idp.evil.example"] }],
    },
    {
      title: `is silent of the config's own, by ${type}`,
      organisation,
      resources: [provider(type, giving(`https://${host}`))],
    },
    {
      title: `says that an issuer is not known yet, of ${type}`,
      organisation,
      resources: [provider(type, giving(unknownText))],
      finds: [{ resource: "provider", kind: "unknown", field }],
    },
  ]),
  ...(
    [
      ["aws:eks/cluster:Cluster", { identities: [{ oidcs: [{ issuer }] }] }],
      ["aws-native:eks:Cluster", { openIdConnectIssuerUrl: issuer }],
    ] as const
  ).map(([type, outputs]): Row => ({
    title: `takes the tokens of the stack's own ${type}, and of no other cluster`,
    resources: [
      { type, name: "cluster", outputs },
      provider(oidcProvider, { url: issuer }),
      role("ours", { assumeRolePolicy: json(pods("0123ABCD")) }),
      role("ours by IPv6", {
        assumeRolePolicy: json(
          pods("0123ABCD", "oidc-eks.eu-central-1.api.aws/id"),
        ),
      }),
      role("strangers", { assumeRolePolicy: json(pods("FFFF")) }),
    ],
    organisation,
    finds: [
      {
        resource: "strangers",
        statements: [1],
        witness: {
          caller: "federated",
          name: arn(`oidc-provider/${clusters}/FFFF`),
        },
      },
    ],
  })),
  {
    title:
      "takes the tokens of the stack's own cluster though the config names none",
    resources: [
      {
        type: "aws:eks/cluster:Cluster",
        name: "cluster",
        outputs: { identities: [{ oidcs: [{ issuer }] }] },
      },
      role("ours", { assumeRolePolicy: json(pods("0123ABCD")) }),
      role("strangers", { assumeRolePolicy: json(pods("FFFF")) }),
    ],
    finds: [{ resource: "strangers", kind: "undecided", statements: [1] }],
  },
  ...(
    [
      ["aws:cognito/identityPool:IdentityPool", { id: "eu-central-1:1111" }],
      ["aws-native:cognito:IdentityPool", { awsId: "eu-central-1:1111" }],
    ] as const
  ).map(([type, outputs]): Row => ({
    title: `takes the tokens of the stack's own ${type}, and of no other pool`,
    organisation,
    resources: [
      { type, name: "pool", outputs },
      role("ours", { assumeRolePolicy: json(visitors("eu-central-1:1111")) }),
      deploy(visitors("eu-central-1:9999")),
    ],
    finds: [
      {
        resource: "deploy",
        statements: [1],
        witness: {
          caller: "federated",
          name: pools,
          keys: { [`${pools}:aud`]: ["eu-central-1:9999"] },
        },
      },
    ],
  })),
  {
    title: "proposes no entry that would make every provider ours",
    organisation,
    resources: [
      role("deploy", {
        assumeRolePolicy: json(
          trusts("*", { Action: "sts:AssumeRoleWithWebIdentity" }),
        ),
      }),
    ],
    finds: [
      {
        resource: "deploy",
        field: "assumeRolePolicy",
        statements: [1],
        witness: { caller: "federated", name: "*" },
        says: ["Fix: name the providers whose tokens are yours"],
      },
    ],
  },
  {
    title: "leaves what is not known yet to the update",
    organisation,
    resources: [
      role("deploy", {
        assumeRolePolicy: document(workflows(`acme/${unknownText}`)),
      }),
      provider(oidcProvider, { url: unknownText }),
    ],
    finds: [
      { resource: "deploy", kind: "unknown" },
      { resource: "provider", kind: "unknown" },
    ],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
