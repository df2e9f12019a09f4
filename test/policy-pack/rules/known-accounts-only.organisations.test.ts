import {
  deny,
  dev,
  equals,
  foreign,
  json,
  prod,
  reads,
  type Statement,
} from "./documents";
import { bucketPolicy } from "./resources";
import { testRows, type Row } from "./rows";

const organisations = ["o-acme123456"];
const foreignOrganisation = "o-zzzz123456";
const trail = { Service: "cloudtrail.amazonaws.com" };

const sourceRows: readonly Row[] = [
  ...(
    [
      ["of the organisation", equals("aws:SourceOrgID", foreignOrganisation)],
      [
        "below the organisation",
        {
          "ForAnyValue:StringLike": {
            "aws:SourceOrgPaths": `${foreignOrganisation}/r-ab12/*`,
          },
        },
      ],
      [
        "of one of two organisations",
        {
          StringEquals: {
            "aws:SourceOrgID": ["o-acme123456", foreignOrganisation],
          },
        },
      ],
    ] as const
  ).map(([whose, condition]): Row => ({
    title: `finds a service that comes for accounts ${whose} of somebody else`,
    organisation: { organisations },
    resources: [bucketPolicy(json(reads(trail, condition)))],
    finds: [
      {
        resource: "notes",
        statements: [1],
        witness: { caller: "service", name: trail.Service },
        says: [`name it in the config under organisations`],
      },
    ],
  })),
  ...(
    [
      ["of the own organisation", equals("aws:SourceOrgID", "o-acme123456")],
      [
        "below the own organisation",
        {
          "ForAnyValue:StringLike": {
            "aws:SourceOrgPaths": "o-acme123456/r-ab12/*",
          },
        },
      ],
      [
        "of the bucket's organisation, whichever that is",
        equals("aws:SourceOrgID", "${aws:ResourceOrgID}"),
      ],
      [
        "of a known account, whatever organisation is asked for",
        {
          StringEquals: {
            "aws:SourceAccount": prod,
            "aws:SourceOrgID": foreignOrganisation,
          },
        },
      ],
    ] as const
  ).map(([whose, condition]): Row => ({
    title: `is silent on a service that comes for accounts ${whose}`,
    organisation: { organisations },
    resources: [bucketPolicy(json(reads(trail, condition)))],
  })),
  {
    title:
      "finds an organisation that the config does not name, if it has none",
    resources: [
      bucketPolicy(
        json(reads(trail, equals("aws:SourceOrgID", foreignOrganisation))),
      ),
    ],
    finds: [
      {
        resource: "notes",
        witness: {
          caller: "service",
          keys: { "aws:sourceorgid": [foreignOrganisation] },
        },
      },
    ],
  },
  {
    title: "is silent where others than an organisation may come as well",
    organisation: { organisations },
    resources: [
      bucketPolicy(
        json(
          {
            ...reads(trail),
          },
          {
            ...deny("s3:*"),
            Principal: "*",
            Condition: equals("aws:SourceOrgID", foreignOrganisation),
          },
        ),
      ),
    ],
  },
];

const compared = (operator: string, key: string, value: unknown) =>
  reads("*", { [operator]: { [key]: value } });
const like = "ForAnyValue:StringLike";

/** What is compared with the resource's own place, by a variable. */
const own: readonly Statement[] = [
  compared("StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}"),
  compared("StringEquals", "aws:PrincipalAccount", "${s3:ResourceAccount}"),
  compared("StringEquals", "aws:PrincipalAccount", [
    "${aws:ResourceAccount}",
    prod,
  ]),
  compared("StringEquals", "kms:CallerAccount", "${aws:ResourceAccount}"),
  compared(
    "ArnLike",
    "aws:PrincipalArn",
    "arn:aws:iam::${aws:ResourceAccount}:role/*",
  ),
  compared(
    "ArnLike",
    "aws:SourceVpcArn",
    "arn:aws:ec2:*:${aws:ResourceAccount}:vpc/*",
  ),
  compared("StringEquals", "aws:VpceAccount", "${aws:ResourceAccount}"),
  compared(
    "StringEquals",
    "s3:DataAccessPointAccount",
    "${aws:ResourceAccount}",
  ),
  compared("StringEquals", "aws:PrincipalOrgID", "${aws:ResourceOrgID}"),
  compared(like, "aws:PrincipalOrgPaths", "${aws:ResourceOrgID}/*"),
  compared("StringEquals", "aws:VpceOrgID", "${aws:ResourceOrgID}"),
  compared(like, "aws:VpceOrgPaths", "${aws:ResourceOrgID}/*"),
  // A variable for a key of several values stands for none.
  compared(
    "ForAnyValue:StringEquals",
    "aws:PrincipalOrgPaths",
    "${aws:ResourceOrgPaths}",
  ),
];

/** The same, with a way around it. */
const others: readonly Statement[] = [
  compared("StringNotEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}"),
  compared("StringEquals", "aws:PrincipalAccount", [
    "${aws:ResourceAccount}",
    foreign,
  ]),
  compared("StringEqualsIfExists", "aws:VpceAccount", "${aws:ResourceAccount}"),
  compared(
    "ArnLike",
    "aws:PrincipalArn",
    "arn:aws:iam::${aws:PrincipalAccount}:role/*",
  ),
  compared("StringNotEquals", "aws:PrincipalOrgID", "${aws:ResourceOrgID}"),
  compared("StringEquals", "aws:VpceOrgID", "${aws:PrincipalOrgID}"),
  compared("StringEquals", "aws:ResourceAccount", dev),
];

const placeRows: readonly Row[] = [
  [],
  organisations,
  [...organisations, "o-acme654321"],
].flatMap((ours) =>
  [dev, { region: "eu-west-1" }].map((provider): Row => {
    const bucket = (statement: Statement, number: number) => ({
      ...bucketPolicy(json(statement)),
      name: `bucket-${number}`,
      provider,
    });
    return {
      title: `decides with ${ours.length} organisations and the account ${typeof provider === "string" ? "known" : "not known"}`,
      organisation: { organisations: ours },
      resources: [...own, ...others].map(bucket),
      finds: others.map((_, index) => ({
        resource: `bucket-${own.length + index}`,
        kind: "wrong",
      })),
    };
  }),
);

describe("known-accounts-only: organisations", () => {
  describe("of the resource's own, by variables", () => {
    testRows("known-accounts-only", placeRows);
  });

  describe("that services come for", () => {
    testRows("known-accounts-only", sourceRows);
  });
});
