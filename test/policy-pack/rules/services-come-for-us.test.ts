import { dev, equals, foreign, json, like, prod, reads } from "./documents";
import { bucketPolicy, resource } from "./resources";
import { unknownText } from "../pack";
import { testRows, type Row } from "./rows";

const rule = "services-come-for-us";

const cloudFront = { Service: "cloudfront.amazonaws.com" };
const organisations = ["o-acme123456"];

const queue = (principal: unknown, condition?: object) =>
  resource("aws:sqs/queuePolicy:QueuePolicy", "notes", {
    policy: json({ ...reads(principal, condition), Action: "sqs:SendMessage" }),
  });
const topic = (principal: unknown, condition?: object) =>
  resource("aws:sns/topicPolicy:TopicPolicy", "notes", {
    policy: json({ ...reads(principal, condition), Action: "sns:Publish" }),
  });
const topicOf = (service: string, condition?: object) =>
  topic({ Service: service }, condition);
const bucket = (principal: unknown, condition?: object) =>
  bucketPolicy(json(reads(principal, condition)));
const api = (condition?: object) =>
  resource("aws:apigateway/restApiPolicy:RestApiPolicy", "notes", {
    policy: json({
      ...reads({ Service: "events.amazonaws.com" }, condition),
      Action: "execute-api:Invoke",
    }),
  });
const mail = (condition?: object) =>
  bucketPolicy(
    json({
      ...reads({ Service: "ses.amazonaws.com" }, condition),
      Action: "s3:PutObject",
    }),
  );
const permission = (inputs: object) =>
  resource("aws:lambda/permission:Permission", "notes", {
    action: "lambda:InvokeFunction",
    function: "orders",
    ...inputs,
  });
const open = [
  ["a bucket by CloudFront", bucket(cloudFront), cloudFront.Service],
  [
    "a bucket by CloudFront, of any account's distributions",
    bucket(cloudFront, like("aws:SourceArn", "arn:aws:cloudfront::*:*")),
    cloudFront.Service,
  ],
  [
    "a bucket by CloudFront, of an account if it is told",
    bucket(cloudFront, {
      StringEqualsIfExists: { "aws:SourceAccount": dev },
    }),
    cloudFront.Service,
  ],
  [
    "a queue by whichever topics",
    queue("*", like("aws:SourceArn", "arn:aws:sns:*:*:*")),
    "*",
  ],
  [
    "a queue by SNS",
    queue({ Service: "sns.amazonaws.com" }),
    "sns.amazonaws.com",
  ],
  [
    "a bucket that CloudFront may write",
    bucketPolicy(json({ ...reads(cloudFront), Action: "s3:PutObject" })),
    cloudFront.Service,
  ],
  [
    "a bucket that CloudFront may delete from",
    bucketPolicy(json({ ...reads(cloudFront), Action: "s3:DeleteObject" })),
    cloudFront.Service,
  ],
  [
    "a bucket that CloudFront may list",
    bucketPolicy(json({ ...reads(cloudFront), Action: "s3:ListBucket" })),
    cloudFront.Service,
  ],
  [
    "a function's URL by CloudFront",
    permission({
      action: "lambda:InvokeFunctionUrl",
      principal: cloudFront.Service,
    }),
    cloudFront.Service,
  ],
  [
    "a queue by SNS of an opt-in Region",
    queue({ Service: "sns.me-south-1.amazonaws.com" }),
    "sns.me-south-1.amazonaws.com",
  ],
  [
    "a topic by alarms",
    topicOf("cloudwatch.amazonaws.com"),
    "cloudwatch.amazonaws.com",
  ],
  ["a topic by SES", topicOf("ses.amazonaws.com"), "ses.amazonaws.com"],
  [
    "a bucket by AWS's services, as a condition says",
    bucket("*", { Bool: { "aws:PrincipalIsAWSService": "true" } }),
    cloudFront.Service,
  ],
  [
    "a bucket by CloudFront, as a condition says",
    bucket("*", equals("aws:PrincipalServiceName", cloudFront.Service)),
    cloudFront.Service,
  ],
  [
    "a bucket by everyone whose service's name has a pattern",
    bucket("*", {
      StringLike: { "aws:PrincipalServiceName": "cloudf*.amazonaws.com" },
    }),
    cloudFront.Service,
  ],
  [
    "a bucket by CloudFront, as a condition lists",
    bucket("*", {
      "ForAnyValue:StringEquals": {
        "aws:PrincipalServiceNamesList": cloudFront.Service,
      },
    }),
    cloudFront.Service,
  ],
  ["a topic by S3", topic({ Service: "s3.amazonaws.com" }), "s3.amazonaws.com"],
  ...["budgets", "cloudtrail", "config", "costalerts", "events.rds"].map(
    (name) =>
      [
        `a topic by ${name}`,
        topicOf(`${name}.amazonaws.com`),
        `${name}.amazonaws.com`,
      ] as const,
  ),
  ["a bucket by the mail of whoever uses SES", mail(), "ses.amazonaws.com"],
  ["an API by whoever's rules", api(), "events.amazonaws.com"],
  [
    "a function by a service of another partition",
    permission({ principal: "apigateway.amazonaws.com.cn" }),
    "apigateway.amazonaws.com.cn",
  ],
  [
    "a topic by a bucket's ARN, which tells no account",
    topic(
      { Service: "s3.amazonaws.com" },
      like("aws:SourceArn", "arn:aws:s3:*:*:orders"),
    ),
    "s3.amazonaws.com",
  ],
  [
    "a function by an API",
    permission({ principal: "apigateway.amazonaws.com" }),
    "apigateway.amazonaws.com",
  ],
  [
    "a function by a bucket's ARN alone",
    permission({
      principal: "s3.amazonaws.com",
      sourceArn: "arn:aws:s3:::orders",
    }),
    "s3.amazonaws.com",
  ],
  [
    "a service that is not listed, of any account",
    bucket(
      { Service: "backup.amazonaws.com" },
      { StringLike: { "aws:SourceAccount": "*" } },
    ),
    "backup.amazonaws.com",
  ],
] as const;

const findsRows: readonly Row[] = open.map(([title, one, name]) => ({
  title,
  resources: [one],
  finds: [
    {
      resource: "notes",
      kind: "wrong",
      statements: [1],
      witness: { caller: "service", name },
      says: ["for any account"],
    },
  ],
}));

const silentRows: readonly Row[] = (
  [
    ["a source account", bucket(cloudFront, equals("aws:SourceAccount", prod))],
    [
      "a distribution's ARN",
      bucket(
        cloudFront,
        like("aws:SourceArn", `arn:aws:cloudfront::${dev}:distribution/*`),
      ),
    ],
    [
      "a foreign account, which is another rule's",
      bucket(cloudFront, equals("aws:SourceAccount", foreign)),
    ],
    [
      "the own account, by a variable",
      bucket(cloudFront, equals("aws:SourceAccount", "${aws:ResourceAccount}")),
    ],
    [
      "the own organisation, by a variable",
      bucket(cloudFront, equals("aws:SourceOrgID", "${aws:ResourceOrgID}")),
    ],
    [
      "an organisation of the config",
      bucket(cloudFront, equals("aws:SourceOrgID", "o-acme123456")),
    ],
    [
      "a topic's ARN",
      queue("*", like("aws:SourceArn", `arn:aws:sns:*:${prod}:*`)),
    ],
    [
      "a bucket's ARN with its account",
      permission({
        principal: "s3.amazonaws.com",
        sourceArn: "arn:aws:s3:::orders",
        sourceAccount: dev,
      }),
    ],
    [
      "the ARN of an API",
      permission({
        principal: "apigateway.amazonaws.com",
        sourceArn: `arn:aws:execute-api:eu-west-1:${dev}:abc/*/*/*`,
      }),
    ],
    [
      "budgets of a known account, as AWS's example has them",
      topicOf("budgets.amazonaws.com", {
        ...equals("aws:SourceAccount", dev),
        ...like("aws:SourceArn", `arn:aws:budgets::${dev}:*`),
      }),
    ],
    ["mail of a known account", mail(equals("aws:SourceAccount", dev))],
    [
      "a rule of a known account",
      api(like("aws:SourceArn", `arn:aws:events:eu-west-1:${dev}:rule/orders`)),
    ],
    ...["backup", "codestar-notifications", "events"].map(
      (name) =>
        [
          `a topic by ${name}, as AWS's example has it`,
          topicOf(`${name}.amazonaws.com`),
        ] as const,
    ),
    [
      "a service that nothing is known of, for a known account",
      topicOf("devops-guru.amazonaws.com", equals("aws:SourceAccount", dev)),
    ],
    [
      "a load balancer's logs, as AWS's example has them",
      bucketPolicy(
        json({
          ...reads({
            Service: "logdelivery.elasticloadbalancing.amazonaws.com",
          }),
          Action: "s3:PutObject",
        }),
      ),
    ],
    [
      "another service's reading, as of CloudTrail's older example",
      bucketPolicy(
        json({
          ...reads({ Service: "cloudtrail.amazonaws.com" }),
          Action: "s3:GetBucketAcl",
        }),
      ),
    ],
    [
      "a key, which no stranger points a service to",
      resource("aws:kms/keyPolicy:KeyPolicy", "notes", {
        policy: json({
          ...reads({ Service: "sns.amazonaws.com" }),
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        }),
      }),
    ],
    [
      "alarms of a known account, as AWS's example has them",
      topicOf(
        "cloudwatch.amazonaws.com",
        like("aws:SourceArn", `arn:aws:cloudwatch:us-east-2:${dev}:alarm:*`),
      ),
    ],
    [
      "SES for a source owner",
      topicOf("ses.amazonaws.com", equals("aws:SourceOwner", dev)),
    ],
    [
      "a function's URL by CloudFront, for a distribution",
      permission({
        action: "lambda:InvokeFunctionUrl",
        principal: cloudFront.Service,
        sourceArn: `arn:aws:cloudfront::${dev}:distribution/E1`,
      }),
    ],
    [
      "SNS of an opt-in Region for a known account",
      queue(
        { Service: "sns.me-south-1.amazonaws.com" },
        equals("aws:SourceAccount", dev),
      ),
    ],
    [
      "AWS's services for a known account, as conditions say",
      bucket("*", {
        Bool: { "aws:PrincipalIsAWSService": "true" },
        StringEquals: { "aws:SourceAccount": dev },
      }),
    ],
    [
      "a service by a condition that no stranger points there",
      bucket("*", equals("aws:PrincipalServiceName", "sns.amazonaws.com")),
    ],
    [
      "services by a pattern for a known account",
      bucket("*", {
        StringLike: { "aws:PrincipalServiceName": "cloudf*.amazonaws.com" },
        StringEquals: { "aws:SourceAccount": dev },
      }),
    ],
    [
      "everyone but services of a pattern, who is another rule's",
      bucket("*", {
        StringNotLike: { "aws:PrincipalServiceName": "cloudf*.amazonaws.com" },
      }),
    ],
    [
      "everyone but CloudFront, who is another rule's",
      bucket("*", {
        StringNotEquals: { "aws:PrincipalServiceName": cloudFront.Service },
      }),
    ],
    ["everyone, who is another rule's", bucket("*")],
    [
      "everyone through a network",
      bucket("*", equals("aws:SourceVpce", "vpce-0a1b2c3d")),
    ],
  ] as const
).map(([title, one]) => ({
  title,
  organisation: title.includes("of the config") ? { organisations } : {},
  resources: [one],
}));

describe(rule, () => {
  describe("finds", () => {
    testRows(rule, findsRows);
  });
  describe("is silent on", () => {
    testRows(rule, silentRows);
  });
  testRows(rule, [
    {
      title: "leaves a policy to the update that is not known yet",
      resources: [bucketPolicy(unknownText)],
      finds: [{ resource: "notes", kind: "unknown", field: "policy" }],
    },
    {
      title: "is closed by a Deny for all sources but the own",
      resources: [
        bucketPolicy(
          json(reads(cloudFront), {
            ...reads("*", {
              StringNotEquals: { "aws:SourceAccount": dev },
            }),
            Effect: "Deny",
            Action: "s3:*",
          }),
        ),
      ],
    },
  ]);
});
