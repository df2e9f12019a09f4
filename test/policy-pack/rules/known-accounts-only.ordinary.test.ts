import { anyAccount, type Found } from "./found";
import { foreign, json, mfa, root, trusts, type Statement } from "./documents";
import { resource, role } from "./resources";
import { testRows, type Row } from "./rows";

const elbInIreland = "156460612806";
const cloudTrailInVirginia = "086441151436";

const writes = (principal: unknown, condition?: object): Statement => ({
  Effect: "Allow",
  Principal: principal,
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::acme-logs/*",
  ...(condition && { Condition: condition }),
});
const bucket = (...statements: readonly Statement[]) =>
  resource("aws:s3/bucketPolicy:BucketPolicy", "logs", {
    policy: json(...statements),
  });
const topic = (...statements: readonly Statement[]) =>
  resource("aws:sns/topicPolicy:TopicPolicy", "trails", {
    policy: json(...statements),
  });
const found = (account: string): readonly Found[] => [
  { resource: "logs", statements: [1], witness: { account } },
];

const ofServices: readonly Row[] = [
  {
    title: "the load balancers' account, by ARN, by its id and by a condition",
    resources: [
      bucket(
        writes({ AWS: root(elbInIreland) }),
        writes({ AWS: elbInIreland }),
        writes("*", {
          StringEquals: { "aws:PrincipalAccount": elbInIreland },
        }),
      ),
    ],
  },
  {
    title:
      "Redshift's user for logs, the billing reports' account, CloudTrail's",
    resources: [
      bucket(
        writes({ AWS: "arn:aws:iam::193672423079:user/logs" }),
        writes({ AWS: root("386209384616") }),
        writes({ AWS: root(cloudTrailInVirginia) }),
      ),
      topic({
        ...writes({ AWS: root(cloudTrailInVirginia) }),
        Action: "sns:Publish",
      }),
    ],
  },
  {
    title: "accounts of a service in the partition of China",
    resources: [
      {
        ...bucket(writes({ AWS: "arn:aws-cn:iam::638102146993:root" })),
        provider: { region: "cn-north-1" },
      },
    ],
  },
];

const otherAccounts: readonly Row[] = [
  {
    title: "an account beside the load balancers'",
    resources: [bucket(writes({ AWS: [root(elbInIreland), root(foreign)] }))],
    finds: found(foreign),
  },
  {
    title: "an account whose number belongs to a service in another partition",
    resources: [
      {
        ...bucket(writes({ AWS: `arn:aws-cn:iam::${elbInIreland}:root` })),
        provider: { region: "cn-north-1" },
      },
    ],
    finds: found(elbInIreland),
  },
  {
    title: "everyone, beside the load balancers' account",
    resources: [bucket(writes("*"), writes({ AWS: root(elbInIreland) }))],
    finds: [
      { resource: "logs", statements: [1], witness: { account: anyAccount } },
    ],
  },
  {
    title: "a service's account that a role trusts: no service takes one so",
    resources: [
      role("Support", {
        assumeRolePolicy: json(trusts({ AWS: root(elbInIreland) })),
      }),
    ],
    finds: [
      {
        resource: "Support",
        statements: [1],
        witness: { account: elbInIreland },
      },
    ],
  },
];

const throughNetworks: readonly Row[] = [
  {
    title: "a role that everyone may take through the own endpoint",
    resources: [
      role("Support", {
        assumeRolePolicy: json(
          trusts("*", {
            Condition: {
              ...mfa,
              StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" },
            },
          }),
        ),
      }),
    ],
  },
];

describe("known-accounts-only: what is ordinary", () => {
  describe("is silent on accounts of AWS's services", () => {
    testRows("known-accounts-only", ofServices);
  });
  describe("finds other accounts", () => {
    testRows("known-accounts-only", otherAccounts);
  });
  describe("is silent on networks of ours", () => {
    testRows("known-accounts-only", throughNetworks);
  });
});
