import { bastion, foreign, prod, root, trusts } from "./documents";
import { anyAccount } from "./found";
import { support } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "people-need-mfa";

const ada = `arn:aws:iam::${bastion}:user/ada`;
const ciRole = `arn:aws:iam::${prod}:role/github-ci`;
const vendor = "999999999999";

const rows: readonly Row[] = [
  ...(
    [
      ["a stranger", root(foreign), foreign, "what known-accounts-only says"],
      ["everyone", "*", anyAccount, "what known-accounts-only says"],
      ["the bastion", root(bastion), bastion, "Fix: add to that statement"],
    ] as const
  ).map(([who, principal, account, fix]): Row => ({
    title: `says what helps against ${who}`,
    resources: [support(trusts({ AWS: principal }))],
    finds: [
      {
        resource: "Support",
        statements: [1],
        witness: { account },
        says: [fix],
      },
    ],
  })),
  ...(
    [
      [
        "a service",
        { AWS: root(bastion), Service: "lambda.amazonaws.com" },
        {},
        "take people out of that statement",
      ],
      [
        "a role of the config's",
        { AWS: [root(bastion), ciRole] },
        {},
        "take people out of that statement",
      ],
      [
        "a vendor",
        { AWS: [ada, vendor] },
        { StringEquals: { "sts:ExternalId": "acme" } },
        "take people out of that statement",
      ],
      [
        "nobody, without MFA",
        { AWS: root(bastion) },
        { Bool: { "aws:MultiFactorAuthPresent": "false" } },
        "in the place of what that statement asks of aws:MultiFactorAuthPresent",
      ],
      [
        "nobody, where it may be missing",
        { AWS: root(bastion) },
        { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
        "in the place of what that statement asks of aws:MultiFactorAuthPresent",
      ],
      [
        "nobody, at an address",
        { AWS: [root(bastion), ada] },
        { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } },
        "Fix: add to that statement the condition",
      ],
    ] as const
  ).map(([who, principal, Condition, fix]): Row => ({
    title: `has people give MFA in a statement that they share with ${who}`,
    organisation: {
      chainingRoles: [ciRole],
      vendors: [{ account: vendor, externalIds: ["acme"] }],
    },
    resources: [support(trusts(principal, { Condition }))],
    finds: [{ resource: "Support", statements: [1], says: [fix] }],
  })),
];

describe(rule, () => {
  testRows(rule, rows);
});
