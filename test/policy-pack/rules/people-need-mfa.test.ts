import { unknownText } from "../pack";
import {
  bastion,
  dev,
  document,
  foreign,
  freshMfa,
  json,
  mfa,
  people,
  prod,
  root,
  service,
  trusts,
  type Statement,
} from "./documents";
import {
  anyAccount,
  mfaIsFalse,
  noMfaKeys,
  type Found,
  type FoundWitness,
} from "./found";
import { nativeRole, role } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "people-need-mfa";

const support = (trust: unknown, provider?: object) =>
  role(
    "Support",
    { assumeRolePolicy: trust },
    provider === undefined ? {} : { provider: { ...provider } },
  );

const open = trusts({ AWS: root(bastion) });
const noAccount = { region: "eu-central-1" };
const deployer = trusts({ AWS: `arn:aws:iam::${dev}:role/Deployer` });

const ada = `arn:aws:iam::${bastion}:user/ada`;
const deployerSession = {
  caller: "role session",
  account: dev,
  arn: `arn:aws:iam::${dev}:role/Deployer`,
  keys: noMfaKeys,
} as const;

const inAnyForm = (
  title: string,
  statement: Statement,
  finds?: Omit<Found, "resource">,
): readonly Row[] =>
  [
    ["JSON text", support(json(statement))],
    ["an object", support(document(statement))],
    ["a single statement", support({ ...document(), Statement: statement })],
    [
      "aws-native",
      nativeRole("Support", { assumeRolePolicyDocument: document(statement) }),
    ],
  ].map(([form, resource]) => ({
    title: `${title}: ${form as string}`,
    resources: [resource as ReturnType<typeof role>],
    ...(finds === undefined
      ? {}
      : { finds: [{ resource: "Support", ...finds }] }),
  }));

const openings: readonly (readonly [
  string,
  object,
  NonNullable<FoundWitness["keys"]>,
])[] = [
  ["no condition at all", {}, noMfaKeys],
  [
    "BoolIfExists, which plain access keys pass",
    { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
    noMfaKeys,
  ],
  [
    "an age with IfExists, which is never there without MFA",
    { NumericLessThanIfExists: { "aws:MultiFactorAuthAge": "3600" } },
    noMfaKeys,
  ],
  [
    "the presence of the key, which may be false",
    { Null: { "aws:MultiFactorAuthPresent": "false" } },
    mfaIsFalse,
  ],
  [
    "MFA, or none",
    { Bool: { "aws:MultiFactorAuthPresent": ["true", "false"] } },
    mfaIsFalse,
  ],
];

const ciRole = `arn:aws:iam::${prod}:role/github-ci`;

const rows: readonly Row[] = [
  ...inAnyForm("finds people without MFA", open, {
    kind: "wrong",
    statements: [1],
    witness: { caller: "user", account: bastion, keys: noMfaKeys },
  }),
  ...inAnyForm("is silent where MFA is asked for", people()),
  ...openings.map(([what, condition, keys]): Row => ({
    title: `finds ${what}`,
    resources: [support(json(people(condition)))],
    finds: [
      {
        resource: "Support",
        statements: [1],
        witness: { caller: "user", keys },
      },
    ],
  })),
  {
    title: "reads operators and keys in any case",
    resources: [
      support(json(people({ bool: { "AWS:multifactorauthPRESENT": "true" } }))),
    ],
  },
  {
    title: "takes fresh MFA for MFA, as it is only there with it",
    resources: [
      support(json(people(freshMfa))),
      support(
        json(people({ NumericLessThan: { "aws:MultiFactorAuthAge": "60" } })),
      ),
    ].map((one, index) => ({ ...one, name: `support-${index}` })),
  },
  {
    title: "finds the second statement that lets in whom the first shuts out",
    resources: [support(json(people(), { ...open, Sid: "Legacy" }))],
    finds: [
      {
        resource: "Support",
        statements: ["Legacy"],
        witness: { account: bastion, keys: noMfaKeys },
      },
    ],
  },
  {
    title: "lets a Deny close what an Allow leaves open",
    resources: [
      support(
        json(open, {
          ...open,
          Effect: "Deny",
          Condition: {
            BoolIfExists: { "aws:MultiFactorAuthPresent": "false" },
          },
        }),
      ),
    ],
  },
  {
    title: "is not fooled by a Deny that misses long-term access keys",
    resources: [
      support(
        json(open, {
          ...open,
          Effect: "Deny",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
        }),
      ),
    ],
    finds: [
      { resource: "Support", statements: [1], witness: { keys: noMfaKeys } },
    ],
  },
  ...(
    [
      ["a user", { AWS: ada }, { account: bastion, arn: ada }],
      ["everyone", "*", { account: anyAccount }],
      ["everyone of AWS", { AWS: "*" }, { account: anyAccount }],
      ["a bare account id", { AWS: bastion }, { account: bastion }],
      [
        "the first of two accounts",
        { AWS: [root(dev), root(bastion)] },
        { account: dev },
      ],
    ] as const
  ).map(([who, principal, witness]): Row => ({
    title: `finds ${who} without MFA`,
    resources: [support(json(trusts(principal)))],
    finds: [
      {
        resource: "Support",
        statements: [1],
        witness: { caller: "user", keys: noMfaKeys, ...witness },
      },
    ],
  })),
  {
    title: "lets services, federation and vendors be, who can give no code",
    organisation: { vendors: [{ account: foreign, externalIds: ["acme"] }] },
    resources: [
      support(
        json(
          service,
          trusts({ AWS: root(foreign) }),
          trusts(
            { Federated: "cognito-identity.amazonaws.com" },
            { Action: "sts:AssumeRoleWithWebIdentity" },
          ),
        ),
      ),
    ],
  },
  {
    title: "finds a role of the account, whose sessions carry no MFA",
    resources: [support(json(deployer))],
    finds: [{ resource: "Support", statements: [1], witness: deployerSession }],
  },
  {
    title: "lets a chaining role of the same account be, with any path",
    organisation: { chainingRoles: ["Deployer"] },
    resources: [
      support(json(deployer)),
      {
        ...support(
          json(trusts({ AWS: `arn:aws:iam::${dev}:role/ci/Deployer` })),
        ),
        name: "with-path",
      },
    ],
  },
  {
    title: "does not take the same name in another account for it",
    organisation: { chainingRoles: ["Deployer"] },
    resources: [
      support(json(trusts({ AWS: `arn:aws:iam::${prod}:role/Deployer` }))),
    ],
    finds: [
      {
        resource: "Support",
        witness: {
          caller: "role session",
          account: prod,
          arn: `arn:aws:iam::${prod}:role/Deployer`,
        },
        says: [`name arn:aws:iam::${prod}:role/Deployer in`],
      },
    ],
  },
  {
    title: "lets a chaining role of another account be, by its ARN",
    organisation: { chainingRoles: [ciRole] },
    resources: [support(json(trusts({ AWS: ciRole })))],
  },
  {
    title: "lets its sessions be, and its account where a condition names it",
    organisation: { chainingRoles: [ciRole] },
    resources: [
      support(
        json(
          trusts({ AWS: `arn:aws:sts::${prod}:assumed-role/github-ci/run` }),
          trusts(
            { AWS: root(prod) },
            { Condition: { ArnEquals: { "aws:PrincipalArn": ciRole } } },
          ),
        ),
      ),
    ],
  },
  ...(
    [
      ["another role of its account", `arn:aws:iam::${prod}:role/ci`],
      ["one of its name, elsewhere", `arn:aws:iam::${dev}:role/github-ci`],
    ] as const
  ).map(([who, arn]): Row => ({
    title: `does not take ${who} for a role that the config names by ARN`,
    organisation: { chainingRoles: [ciRole] },
    resources: [support(json(trusts({ AWS: arn })))],
    finds: [{ resource: "Support", witness: { caller: "role session", arn } }],
  })),
  {
    title: "finds the people and other roles of a chaining role's account",
    organisation: { chainingRoles: [ciRole] },
    resources: [support(json(trusts({ AWS: root(prod) })))],
    finds: [{ resource: "Support", witness: { account: prod } }],
  },
  {
    title:
      "knows a chaining role by its ARN where the own account is not known",
    organisation: { chainingRoles: [ciRole] },
    resources: [support(json(trusts({ AWS: ciRole })), noAccount)],
  },
  {
    title: "lets a role be that trusts itself, by its ARN or by a condition",
    organisation: { vendors: [{ account: foreign, externalIds: ["acme"] }] },
    resources: [
      support(
        json(
          trusts({
            AWS: [
              `arn:aws:iam::${foreign}:role/unity`,
              `arn:aws:iam::${dev}:role/Support`,
            ],
          }),
          trusts(
            { AWS: root(dev) },
            {
              Condition: {
                ArnEquals: {
                  "aws:PrincipalArn": `arn:aws:iam::${dev}:role/data/Support`,
                },
              },
            },
          ),
        ),
      ),
    ],
  },
  ...(
    [
      ["of another account", `arn:aws:iam::${prod}:role/Support`],
      ["whose name begins so", `arn:aws:iam::${dev}:role/Support-2`],
    ] as const
  ).map(([which, arn]): Row => ({
    title: `does not take a role ${which} for the role itself`,
    resources: [support(json(trusts({ AWS: arn })))],
    finds: [{ resource: "Support", witness: { caller: "role session", arn } }],
  })),
  {
    title: "proposes to name one role where any of an account may come",
    resources: [
      support(
        json(
          trusts(
            { AWS: root(prod) },
            {
              Condition: {
                StringEquals: { "aws:PrincipalType": "AssumedRole" },
              },
            },
          ),
        ),
      ),
    ],
    finds: [
      {
        resource: "Support",
        witness: { caller: "role session", account: prod },
        says: ["trust the one role that must come this way by its ARN"],
      },
    ],
  },
  {
    title: "leaves a trust policy to the preview's end that is not known yet",
    resources: [support(unknownText)],
    finds: [
      { resource: "Support", kind: "unknown", field: "assumeRolePolicy" },
    ],
  },
  {
    title: "names the unknown place inside of an object",
    resources: [support(document(trusts({ AWS: unknownText })))],
    finds: [
      {
        resource: "Support",
        kind: "unknown",
        field: "assumeRolePolicy.Statement.0.Principal.AWS",
      },
    ],
  },
  {
    title: "says that it can't decide an operator that IAM does not have",
    resources: [support(json(people({ Boolean: mfa.Bool })))],
    finds: [
      { resource: "Support", kind: "undecided", field: "assumeRolePolicy" },
    ],
  },
  {
    title: "says nothing of a document that IAM refuses: another rule does",
    resources: [support("{"), { ...support(undefined), name: "without" }],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
