import { foreign, root, trusts, type Statement } from "./documents";
import { support } from "./resources";
import { testRows, type Row } from "./rows";

const vendor = trusts({ AWS: root(foreign) });
const withId = (id: string): Statement => ({
  ...vendor,
  Condition: { StringEquals: { "sts:ExternalId": id } },
});
const vendors = [{ account: foreign, externalIds: ["acme-1", "acme-2"] }];

const ofForeign = { caller: "user", account: foreign } as const;
const withoutId = {
  ...ofForeign,
  keys: { "sts:externalid": undefined },
} as const;

const everyone = (condition: object): Statement => ({
  ...trusts("*"),
  Condition: condition,
});
const ofOwnAccount = {
  StringEquals: { "aws:PrincipalAccount": "${aws:ResourceAccount}" },
};
const own: readonly (readonly [string, object])[] = [
  [
    "the own organisation",
    { StringEquals: { "aws:PrincipalOrgID": "o-ours123456" } },
  ],
  [
    "the role's organisation",
    { StringEquals: { "aws:PrincipalOrgID": "${aws:ResourceOrgID}" } },
  ],
  [
    "another organisation below a path of the own one",
    {
      StringEquals: { "aws:PrincipalOrgID": "o-theirs1234" },
      "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-ours123456/*" },
    },
  ],
  ["the own account", ofOwnAccount],
  [
    "the own account by their ARNs",
    {
      ArnLike: {
        "aws:PrincipalArn": "arn:aws:iam::${aws:ResourceAccount}:role/*",
      },
    },
  ],
];
const anybody: readonly (readonly [string, object])[] = [
  [
    "another organisation",
    { StringEquals: { "aws:PrincipalOrgID": "o-theirs1234" } },
  ],
  [
    "every account but the own one",
    { StringNotEquals: { "aws:PrincipalAccount": "${aws:ResourceAccount}" } },
  ],
];

const rows: readonly Row[] = [
  {
    title: "takes a vendor with an external id of the config",
    organisation: { vendors },
    resources: [support(withId("acme-2"))],
  },
  {
    title: "finds a vendor without an external id",
    organisation: { vendors },
    resources: [support(vendor)],
    finds: [{ resource: "Support", statements: [1], witness: withoutId }],
  },
  {
    title: "finds a vendor with somebody else's external id",
    organisation: { vendors },
    resources: [support(withId("others"))],
    finds: [
      {
        resource: "Support",
        statements: [1],
        witness: { ...ofForeign, keys: { "sts:externalid": ["others"] } },
      },
    ],
  },
  {
    title: "asks for some external id where the config names none",
    organisation: { vendors: [{ account: foreign }] },
    resources: [support(withId("any")), { ...support(vendor), name: "open" }],
    finds: [{ resource: "open", statements: [1], witness: withoutId }],
  },
  ...own.map(([what, condition]): Row => ({
    title: `takes everyone of ${what}, where no vendor is`,
    organisation: { vendors, organisations: ["o-ours123456"] },
    resources: [support(everyone(condition))],
  })),
  {
    title: "takes everyone of the own account where that does not show",
    organisation: { vendors },
    resources: [{ ...support(everyone(ofOwnAccount)), provider: {} }],
  },
  ...anybody.map(([what, condition]): Row => ({
    title: `finds a vendor among everyone of ${what}`,
    organisation: { vendors, organisations: ["o-ours123456"] },
    resources: [support(everyone(condition))],
    finds: [{ resource: "Support", statements: [1], witness: withoutId }],
  })),
];

describe("vendors-need-an-external-id", () => {
  testRows("vendors-need-an-external-id", rows);
});
