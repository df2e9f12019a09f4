import { allow, deny, json, type Statement } from "./documents";
import { iam, role } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "iam-power-is-guarded";

const held = (...statements: readonly Statement[]) =>
  role("R", { inlinePolicies: [{ name: "p", policy: json(...statements) }] });
/** Neither an ARN nor a region shows. */
const nowhere = (...statements: readonly Statement[]): Row["resources"] => [
  { ...held(...statements), provider: {} },
];
const inRegion = (region: string, ...statements: readonly Statement[]) => [
  { ...held(...statements), provider: { region } },
];
const gov = "arn:aws-us-gov:iam::*:role/*";
const anyGov = allow("iam:PutRolePolicy", gov);

const found: readonly (readonly [string, Row["resources"]])[] = [
  ["of a partition by the roles that it names", nowhere(anyGov)],
  ["of passing roles there", nowhere(allow("iam:PassRole", gov))],
  [
    "of a partition by a pattern",
    nowhere(allow("iam:PutRolePolicy", "arn:aws-us-*:iam::*:role/*")),
  ],
  [
    "of a partition by who asks",
    nowhere(
      allow("iam:PutRolePolicy", "*", {
        Condition: {
          ArnLike: { "aws:PrincipalArn": "arn:aws-cn:iam::*:role/*" },
        },
      }),
    ),
  ],
  [
    "of one of two partitions that it names",
    nowhere(allow("s3:*", "arn:aws-cn:s3:::logs/*"), anyGov),
  ],
  ["of the partition that its region is in", inRegion("us-gov-west-1", anyGov)],
];

const rows: readonly Row[] = [
  ...found.map(([what, resources]): Row => ({
    title: `finds power ${what}`,
    isPreview: true,
    resources,
    finds: [{ resource: "R", kind: "wrong" }],
  })),
  {
    title: "finds power that a policy gives to a role of another stack there",
    resources: [
      {
        ...iam("RolePolicy", "p", { role: "other", policy: json(anyGov) }),
        provider: { region: "us-gov-east-1" },
      },
    ],
    finds: [{ resource: "p", kind: "wrong" }],
  },
  {
    title: "takes what names another partition than its own",
    resources: inRegion("eu-central-1", anyGov),
  },
  {
    title: "takes one role of a partition that does not show",
    isPreview: true,
    resources: nowhere(
      allow("iam:PassRole", "arn:aws-us-gov:iam::222222222222:role/app"),
    ),
  },
  {
    title: "takes a Deny of the only partition that is named",
    isPreview: true,
    resources: nowhere(allow("iam:PassRole"), deny("iam:PassRole", gov)),
  },
];

describe(`${rule}, where the partition does not show`, () => {
  testRows(rule, rows);
});
