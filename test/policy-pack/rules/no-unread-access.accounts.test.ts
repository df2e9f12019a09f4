import {
  allow,
  deny,
  dev,
  document,
  everything,
  json,
  people,
  prod,
  root,
  service,
  trusts,
  type Statement,
} from "./documents";
import { iam, resource } from "./resources";
import { testRows, type Row } from "./rows";
import { made, role, roleIn, stack, stackSet, type Parts } from "./templates";

const rule = "no-unread-access";

const holding = (...statements: readonly Statement[]): Parts =>
  roleIn(document(service), {
    Policies: [{ PolicyName: "p", PolicyDocument: document(...statements) }],
  });
const noAccount = { provider: { region: "eu-central-1" } };
const beside = (statement: Statement) =>
  iam("Policy", "beside", { name: "beside", policy: json(statement) });
const when = (operator: string, key: string, value: unknown): Statement =>
  allow("s3:GetObject", "*", { Condition: { [operator]: { [key]: value } } });

/** What means only some accounts, with the text that does. */
const some: readonly (readonly [Statement, string])[] = [
  [deny("iam:*", "arn:aws:iam::0*:*"), "arn:aws:iam::0*:*"],
  [
    { Effect: "Deny", Action: "iam:*", NotResource: "arn:aws:iam::0*:role/*" },
    "arn:aws:iam::0*:role/*",
  ],
  [allow("iam:GetRole", "arn:aws:iam::*1:role/x"), "arn:aws:iam::*1:role/x"],
  [allow("iam:GetRole", "arn:aws:iam*0:role/x"), "arn:aws:iam*0:role/x"],
  [allow("iam:GetRole", "*0:role/x"), "*0:role/x"],
  [allow("iam:GetRole", "arn:aws:iam::2222222222??:role/x"), "2222222222??"],
  [when("StringLike", "aws:ResourceAccount", ["0*"]), "0*"],
  [when("StringNotLikeIfExists", "aws:PrincipalAccount", "?0*"), "?0*"],
  [when("ForAnyValue:StringLike", "aws:SourceAccount", "*7*"), "*7*"],
  [when("NumericLessThan", "aws:ResourceAccount", "100000000000"), "1000"],
  [
    when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::0*:role/x"),
    "arn:aws:iam::0*:role/x",
  ],
];

const all: readonly Statement[] = [
  allow("iam:GetRole", [
    "*",
    "arn:aws:iam::*:role/app-1*",
    `arn:aws:iam::${dev}:role/*`,
    "arn:aws:iam::????????????:role/x",
    "arn:aws:iam::aws:policy/*",
    "arn:*:iam::*:role/2024*",
    "arn:aws:s3:::logs-2024*",
    "arn:aws:s3:::*-1/*",
    "arn:aws:logs:eu-*-1:*:log-group:1*",
    "arn:aws:logs:us-east-1:*:*",
  ]),
  when("StringLike", "aws:ResourceAccount", ["*", "????????????"]),
  when("StringEquals", "aws:ResourceAccount", [dev, prod]),
  when("StringLike", "s3:prefix", "0*"),
  when("NumericLessThan", "aws:MultiFactorAuthAge", "3600"),
  when("ArnLike", "aws:SourceArn", `arn:aws:sns:*:${dev}:0*`),
];

const rows: readonly Row[] = [
  ...some.map(([statement, text]): Row => ({
    title: `says that ${text} may mean the account of a stack set`,
    resources: [stackSet("app", holding(everything, statement))],
    finds: [{ resource: "app", kind: "undecided", says: [text, "account"] }],
  })),
  {
    title: "says it of a stack whose account does not show",
    resources: [
      {
        ...stack("app", holding(deny("iam:*", "arn:aws:iam::0*:*"))),
        ...noAccount,
      },
    ],
    finds: [{ resource: "app", kind: "undecided" }],
  },
  {
    title: "says it of a template in a template",
    resources: [
      stackSet(
        "app",
        made("AWS::CloudFormation::Stack", {
          TemplateBody: JSON.stringify(
            holding(deny("iam:*", "arn:aws:iam::0*:*")),
          ),
        }),
      ),
    ],
    finds: [{ resource: "app", kind: "undecided" }],
  },
  ...["arn:aws:iam::0*:role/deploy", "arn:aws:iam::000000000000:role/*"].map(
    (text): Row => ({
      title: `says it where a policy beside the template has ${text}`,
      resources: [
        stackSet("app", roleIn(document(service))),
        beside(allow("iam:GetRole", text)),
      ],
      finds: [{ resource: "app", kind: "undecided", says: [text] }],
    }),
  ),
  {
    title: "is silent where all accounts are meant, or such as are named",
    resources: [
      stackSet("app", holding(...all)),
      { ...stack("other", holding(...all)), ...noAccount },
      beside(allow("iam:GetRole", "arn:aws:iam::*:role/x")),
    ],
  },
  {
    title: "is silent of what an ordinary stack set has",
    resources: [
      stackSet(
        "roles",
        roleIn(document(people(), trusts({ AWS: root(prod) })), {
          Policies: [
            {
              PolicyName: "p",
              PolicyDocument: document(
                allow("s3:GetObject", {
                  "Fn::Sub": "arn:aws:s3:::logs-${AWS::AccountId}-*/*",
                }),
                allow("iam:GetRole", {
                  "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/*",
                }),
              ),
            },
          ],
        }),
      ),
    ],
  },
  {
    title: "is silent where the account shows",
    resources: [
      stack("app", holding(deny("iam:*", "arn:aws:iam::0*:*"))),
      resource("aws:cloudcontrol/resource:Resource", "cloud", {
        typeName: "AWS::IAM::Role",
        desiredState: JSON.stringify(
          role(document(service), {
            Policies: [
              {
                PolicyName: "p",
                PolicyDocument: document(deny("iam:*", "arn:aws:iam::0*:*")),
              },
            ],
          }),
        ),
      }),
    ],
  },
];

describe(`${rule}, of accounts that do not show`, () => {
  testRows(rule, rows);
});
