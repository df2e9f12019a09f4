import { dev, equals, json, reads } from "./documents";
import { resource } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "services-come-for-us";

const named = (name: string) => ({
  StringLike: { "aws:PrincipalServiceName": name },
});
const listed = (name: string) => ({
  "ForAnyValue:StringLike": { "aws:PrincipalServiceNamesList": name },
});
const isService = { Bool: { "aws:PrincipalIsAWSService": "true" } };
const others = (names: string | readonly string[]) => ({
  ...isService,
  StringNotLike: { "aws:PrincipalServiceName": names },
});

/** For everyone, so that conditions alone say which services are meant. */
const everyone = (Action: string, condition: object) =>
  resource("aws-native:sqs:Anything", "notes", {
    policy: json({ ...reads("*", condition), Action }),
  });

/** By the service that the witness names; `*`: one that the data does not have. */
const found: readonly (readonly [string, string, object, string])[] = [
  ["of every region", "sqs:SendMessage", named("sns.*"), "sns.amazonaws.com"],
  [
    "with a region in the name",
    "sqs:SendMessage",
    named("sns.*.amazonaws.com"),
    "sns.eu-west-1.amazonaws.com",
  ],
  [
    "of some regions",
    "sqs:SendMessage",
    named("sns.us-gov-*"),
    "sns.us-gov-west-1.amazonaws.com",
  ],
  [
    "of all regions of one kind, whichever they are",
    "sqs:SendMessage",
    named("*.me-south-1.amazonaws.com"),
    "sns.me-south-1.amazonaws.com",
  ],
  [
    "of another partition",
    "sqs:SendMessage",
    named("sns*.cn"),
    "sns.amazonaws.com.cn",
  ],
  [
    "by two patterns",
    "sqs:SendMessage",
    {
      ...named("sns.*.amazonaws.com"),
      "ForAnyValue:StringLike": {
        "aws:PrincipalServiceNamesList": "sns.eu-*",
      },
    },
    "sns.eu-west-1.amazonaws.com",
  ],
  ["in a list", "sqs:SendMessage", listed("sns.*"), "sns.amazonaws.com"],
  ["all but one", "sqs:SendMessage", others("sns.*"), "s3.amazonaws.com"],
  [
    "that no other caller is like",
    "sqs:SendMessage",
    { Null: { "aws:PrincipalAccount": "true" } },
    "sns.amazonaws.com",
  ],
  ["of any name", "lambda:InvokeFunction", named("newserv*"), "*"],
];

const undecided: readonly (readonly [string, string, object])[] = [
  ["with a region in the name", "sns:Publish", named("logs.*.amazonaws.com")],
  ["in a list, with a region", "sns:Publish", listed("logs.eu-*")],
  ["that the data does not have", "sqs:SendMessage", named("newserv*")],
];

const closed: readonly (readonly [string, string, object])[] = [
  [
    "services of every region for a known account",
    "sqs:SendMessage",
    { ...named("sns.*"), ...equals("aws:SourceAccount", dev) },
  ],
  [
    "a service that sends nothing there",
    "s3:GetObject",
    named("logs.*.amazonaws.com"),
  ],
  ["another service's list", "s3:GetObject", listed("logs.eu-*")],
  [
    "services whose examples are open",
    "sns:Publish",
    named("backup.amazonaws.com"),
  ],
  [
    "people's requests alone",
    "sqs:SendMessage",
    { ...equals("aws:PrincipalAccount", dev), ...named("sns.*") },
  ],
  [
    "what asks for no service",
    "sqs:SendMessage",
    {
      Bool: { "aws:PrincipalIsAWSService": "false" },
      StringEquals: { "aws:PrincipalAccount": dev },
    },
  ],
];

/** Services that conditions of a statement for everyone mean. */
describe(rule, () => {
  testRows(rule, [
    ...found.map(([title, action, condition, name]): Row => ({
      title: `finds services ${title}`,
      resources: [everyone(action, condition)],
      finds: [
        {
          resource: "notes",
          kind: "wrong",
          statements: [1],
          witness: { caller: "service", name },
        },
      ],
    })),
    ...undecided.map(([title, action, condition]): Row => ({
      title: `leaves it undecided of services ${title}`,
      resources: [everyone(action, condition)],
      finds: [{ resource: "notes", kind: "undecided", statements: [1] }],
    })),
    ...closed.map(([title, action, condition]): Row => ({
      title: `is silent on ${title}`,
      resources: [everyone(action, condition)],
    })),
  ]);
});
