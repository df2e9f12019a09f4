import { anyone } from "./found";
import type { Declared } from "../pack";
import {
  foreign,
  json,
  mfa,
  root,
  service,
  trusts,
  type Statement,
} from "./documents";
import { resource, role } from "./resources";
import { testRows, type Row } from "./rows";

const writes = (principal: unknown, condition?: object): Statement => ({
  Effect: "Allow",
  Principal: principal,
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::acme-logs/*",
  ...(condition && { Condition: condition }),
});

const own = "555555555555";
const notTold = { region: "eu-west-1" };
const trustsOwn = (account: string) =>
  role(
    "Support",
    {
      assumeRolePolicy: json(
        trusts({ AWS: root(account) }, { Condition: mfa }),
      ),
    },
    { provider: notTold },
  );
const made = (arn: string, name = "made") =>
  role(
    name,
    {},
    {
      provider: notTold,
      outputs: { name, assumeRolePolicy: json(service), arn },
    },
  );
const queue = (account: string) =>
  resource(
    "aws:sqs/queuePolicy:QueuePolicy",
    "orders",
    { policy: json(writes({ AWS: root(account) })) },
    { provider: notTold },
  );
const withArn = (declared: Declared, arn: string): Declared => ({
  ...declared,
  outputs: { ...declared.inputs, arn },
});

const ownAccount: readonly Row[] = [
  {
    title: "by the role's own ARN",
    resources: [withArn(trustsOwn(own), `arn:aws:iam::${own}:role/Support`)],
  },
  {
    title: "by the ARN of something else that its provider made",
    resources: [queue(own), made(`arn:aws:iam::${own}:role/made`)],
  },
  {
    title: "by the ARN of a log group, beside a stranger's",
    resources: [
      queue(own),
      withArn(
        resource(
          "aws:cloudwatch/logGroup:LogGroup",
          "logs",
          {},
          { provider: notTold },
        ),
        `arn:aws:logs:eu-west-1:${own}:log-group:orders`,
      ),
      withArn(
        resource(
          "aws:sns/topicSubscription:TopicSubscription",
          "news",
          {},
          { provider: notTold },
        ),
        `arn:aws:sns:eu-west-1:${foreign}:news:1`,
      ),
    ],
  },
  {
    title: "of a service that comes for it",
    resources: [
      {
        ...queue(own),
        inputs: {
          policy: json(
            writes(
              { Service: "sns.amazonaws.com" },
              { StringEquals: { "aws:SourceAccount": own } },
            ),
          ),
        },
      },
      made(`arn:aws:iam::${own}:role/made`),
    ],
  },
];

/** ARNs of a stranger, on resources of the own provider. */
const ofForeign: readonly Declared[] = [
  resource(
    "aws:cloudwatch/eventTarget:EventTarget",
    "forwarded",
    { arn: `arn:aws:events:eu-west-1:${foreign}:event-bus/default` },
    { provider: notTold },
  ),
  resource(
    "aws:sns/topicPolicy:TopicPolicy",
    "news",
    { arn: `arn:aws:sns:eu-west-1:${foreign}:news` },
    { provider: notTold },
  ),
  ...["aws:sns/topicSubscription:TopicSubscription", "aws:ec2/vpc:Vpc"].map(
    (type) =>
      withArn(
        resource(type, type, {}, { provider: notTold }),
        `arn:aws:sns:eu-west-1:${foreign}:news`,
      ),
  ),
  withArn(
    resource(
      "aws:iam/future:Future",
      "named",
      { arn: `arn:aws:iam::${foreign}:role/named` },
      { provider: notTold },
    ),
    `arn:aws:iam::${foreign}:role/named`,
  ),
];

const notOwn: readonly Row[] = [
  ...ofForeign.map((one): Row => ({
    title: `beside an ARN of the other account: of ${one.type}`,
    resources: [queue(foreign), trustsOwn(foreign), one],
    finds: ["orders", "Support"].map((name) => ({
      resource: name,
      statements: [1],
      witness: { account: foreign },
    })),
  })),
  {
    title: "whose ARN the policy's own resource is given",
    resources: [
      resource(
        "aws:sns/topicPolicy:TopicPolicy",
        "news",
        {
          arn: `arn:aws:sns:eu-west-1:${foreign}:news`,
          policy: json({
            ...writes({ AWS: root(foreign) }),
            Action: "sns:Publish",
          }),
        },
        { provider: notTold },
      ),
    ],
    finds: [
      { resource: "news", statements: [1], witness: { account: foreign } },
    ],
  },
  {
    title: "where nothing tells the own account",
    resources: [trustsOwn(own)],
    finds: [{ resource: "Support", witness: { account: own } }],
  },
  {
    title: "where the provider made ARNs of two accounts",
    resources: [
      queue(own),
      made(`arn:aws:iam::${own}:role/made`),
      made(`arn:aws:iam::${foreign}:role/other`, "other"),
    ],
    finds: [{ resource: "orders", witness: { account: own } }],
  },
  {
    title: "where the own account is another one",
    resources: [queue(foreign), made(`arn:aws:iam::${own}:role/made`)],
    finds: [{ resource: "orders", witness: { account: foreign } }],
  },
  {
    title: "of two accounts the one that is not the own",
    resources: [
      {
        ...queue(own),
        inputs: { policy: json(writes({ AWS: [root(own), root(foreign)] })) },
      },
      made(`arn:aws:iam::${own}:role/made`),
    ],
    finds: [{ resource: "orders", witness: { account: foreign } }],
  },
  {
    title: "once and no more, where it is open whichever account it is",
    resources: [
      { ...queue(own), inputs: { policy: json(writes("*")) } },
      made(`arn:aws:iam::${own}:role/made`),
    ],
    finds: [{ resource: "orders", statements: [1], witness: anyone }],
  },
];

describe("known-accounts-only: the own account", () => {
  describe("is known", () => {
    testRows("known-accounts-only", ownAccount);
  });
  describe("is not another one", () => {
    testRows("known-accounts-only", notOwn);
  });
});
