import { anyAccount, anyone } from "./found";
import { unknownText } from "../pack";
import {
  bastion,
  deny,
  dev,
  document,
  equals,
  foreign,
  json,
  like,
  mfa,
  people,
  prod,
  reads,
  root,
  service,
  trusts,
} from "./documents";
import { bucketPolicy, nativeRole, resource, support } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "known-accounts-only";

const vendors = [{ account: foreign, externalIds: ["acme-1"] }];
const organisations = ["o-acme123456"];
const inOrganisation = (operator: string) => ({
  [operator]: { "aws:PrincipalOrgID": "o-acme123456" },
});

const ofForeign = { caller: "user", account: foreign } as const;
const trustRows: readonly Row[] = [
  {
    title: "knows the bastion, the accounts of the config and its own",
    resources: [
      support(
        people(),
        trusts({ AWS: [root(dev), prod] }),
        trusts({ AWS: root("555555555555") }),
        service,
      ),
    ].map((one) => ({ ...one, provider: "555555555555" })),
  },
  {
    title: "finds a foreign account, with or without MFA",
    resources: [
      support(people(), trusts({ AWS: root(foreign) }, { Condition: mfa })),
    ],
    finds: [
      {
        resource: "Support",
        field: "assumeRolePolicy",
        statements: [2],
        witness: ofForeign,
      },
    ],
  },
  {
    title: "finds a role of a foreign account in aws-native's form",
    resources: [
      nativeRole("Support", {
        assumeRolePolicyDocument: document(
          trusts({ AWS: `arn:aws:iam::${foreign}:role/ci` }),
        ),
      }),
    ],
    finds: [
      {
        resource: "Support",
        field: "assumeRolePolicyDocument",
        statements: [1],
        witness: {
          caller: "role session",
          arn: `arn:aws:iam::${foreign}:role/ci`,
        },
      },
    ],
  },
  {
    title: "finds everyone, for whom no account needs to be named",
    resources: [support(trusts("*", { Condition: mfa }))],
    finds: [
      {
        resource: "Support",
        statements: [1],
        witness: { account: anyAccount },
      },
    ],
  },
  {
    title: "takes the organisations of the config, where they are asked for",
    organisation: { organisations },
    resources: [
      support(trusts("*", { Condition: inOrganisation("StringEquals") })),
    ],
  },
  {
    title: "is not content with an organisation of the config IfExists",
    organisation: { organisations },
    resources: [
      support(
        trusts("*", { Condition: inOrganisation("StringEqualsIfExists") }),
      ),
    ],
    finds: [
      {
        resource: "Support",
        statements: [1],
        witness: { account: anyAccount },
      },
    ],
  },
  {
    title: "does not know an organisation that the config does not have",
    resources: [
      support(trusts("*", { Condition: inOrganisation("StringEquals") })),
    ],
    finds: [
      {
        resource: "Support",
        statements: [1],
        witness: { account: anyAccount },
      },
    ],
  },
];

const trustsAll = (condition: object) =>
  support(trusts("*", { Condition: { ...mfa, ...condition } }));

/** A bucket may be read through a network of ours; a role makes whoever takes it one of ours. */
const boundedRows: readonly Row[] = [
  ...(
    [
      equals("aws:SourceVpce", "vpce-0a1b2c3d"),
      equals("aws:SourceVpc", "vpc-0a1b2c3d"),
      equals("aws:VpceAccount", dev),
      equals("aws:VpceAccount", "${aws:ResourceAccount}"),
      equals("aws:VpceOrgID", "o-acme123456"),
      like("aws:SourceVpcArn", `arn:aws:ec2:*:${dev}:vpc/*`),
    ] as const
  ).flatMap((condition): readonly Row[] => [
    {
      title: `finds everyone who comes through a network: ${JSON.stringify(condition)}`,
      organisation: { organisations },
      resources: [trustsAll(condition)],
      finds: [
        {
          resource: "Support",
          statements: [1],
          witness: { account: anyAccount },
        },
      ],
    },
    {
      title: `is silent on known accounts through a network: ${JSON.stringify(condition)}`,
      organisation: { organisations },
      resources: [
        support(trusts({ AWS: root(prod) }, { Condition: condition })),
      ],
    },
  ]),
  {
    title: "finds the role's own organisation, which the config does not name",
    resources: [
      trustsAll(equals("aws:PrincipalOrgID", "${aws:ResourceOrgID}")),
    ],
    finds: [
      {
        resource: "Support",
        statements: [1],
        witness: { account: anyAccount },
        says: [
          'with aws:PrincipalOrgID "${aws:ResourceOrgID}"',
          "that the config names under organisations",
        ],
      },
    ],
  },
  {
    title: "takes the role's own organisation, where the config names it",
    organisation: { organisations },
    resources: [
      trustsAll(equals("aws:PrincipalOrgID", "${aws:ResourceOrgID}")),
    ],
  },
];

const resourceRows: readonly Row[] = [
  ...[
    ["JSON text", json(reads({ AWS: root(foreign) }))],
    ["an object", document(reads({ AWS: root(foreign) }))],
    ["a single statement", { Statement: reads({ AWS: root(foreign) }) }],
  ].map(([form, policy]): Row => ({
    title: `finds a foreign account in a bucket's policy: ${form as string}`,
    resources: [bucketPolicy(policy)],
    finds: [
      {
        resource: "notes",
        field: "policy",
        statements: [1],
        witness: ofForeign,
      },
    ],
  })),
  {
    title: "is silent where the policy names known accounts, or denies",
    resources: [
      bucketPolicy(
        json(reads({ AWS: root(prod) }), {
          ...deny("s3:*"),
          Principal: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      ),
    ],
  },
  {
    title: "finds a bucket that is open to everyone",
    resources: [bucketPolicy(json(reads("*")))],
    finds: [{ resource: "notes", statements: [1], witness: anyone }],
  },
  {
    title: "finds policies inside of resources that nobody here has heard of",
    resources: [
      resource("aws:new/thing:Thing", "thing", {
        settings: { accessPolicy: json(reads({ AWS: root(foreign) })) },
      }),
      resource("aws-native:new:Thing", "other", {
        policyDocument: document(reads({ AWS: root(foreign) })),
      }),
    ],
    finds: [
      { resource: "thing", field: "settings.accessPolicy", witness: ofForeign },
      { resource: "other", field: "policyDocument", witness: ofForeign },
    ],
  },
  {
    title: "finds a policy however deep it lies in a resource",
    resources: [
      resource("aws:new/thing:Thing", "thing", {
        a: {
          b: [{ c: { d: [{ e: { f: { policy: document(reads("*")) } } }] } }],
        },
      }),
    ],
    finds: [
      {
        resource: "thing",
        field: "a.b[0].c.d[0].e.f.policy",
        statements: [1],
        witness: anyone,
      },
    ],
  },
  {
    title: "finds a vendor that roles alone may let in",
    organisation: { vendors },
    resources: [bucketPolicy(json(reads({ AWS: root(foreign) })))],
    finds: [
      {
        resource: "notes",
        statements: [1],
        witness: ofForeign,
        says: ["under vendors with resources true"],
      },
    ],
  },
  {
    title: "knows a vendor that policies of resources may let in",
    organisation: { vendors: [{ account: foreign, resources: true }] },
    resources: [
      bucketPolicy(
        json(
          reads(
            { AWS: root(foreign) },
            equals("aws:PrincipalTag/DatabricksAccountId", "1"),
          ),
        ),
      ),
      resource("aws:sns/topicPolicy:TopicPolicy", "news", {
        policy: json({
          ...reads({ AWS: `arn:aws:iam::${foreign}:user/abc1` }),
          Action: "sns:Subscribe",
        }),
      }),
    ],
  },
  {
    title: "knows no other vendor by that, and not everyone",
    organisation: {
      vendors: [
        { account: "666666666666", resources: true },
        { account: foreign, resources: false },
      ],
    },
    resources: [
      bucketPolicy(json(reads({ AWS: root(foreign) }))),
      { ...bucketPolicy(json(reads("*"))), name: "all" },
    ],
    finds: [
      { resource: "notes", statements: [1], witness: ofForeign },
      { resource: "all", statements: [1], witness: anyone },
    ],
  },
  {
    title: "puts a function's permissions together",
    resources: [
      resource("aws:lambda/permission:Permission", "open", {
        action: "lambda:InvokeFunction",
        principal: foreign,
        function: "orders",
      }),
      resource("aws:lambda/permission:Permission", "events", {
        action: "lambda:InvokeFunction",
        principal: "events.amazonaws.com",
        function: "orders",
      }),
    ],
    finds: [{ resource: "open", field: "principal", witness: ofForeign }],
  },
  {
    title: "lets policies be that limit, and let nobody in",
    resources: [
      resource("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", {
        policy: json(reads("*")),
      }),
      resource("aws:cloudformation/stack:Stack", "old", {
        policyBody: json({ ...reads("*"), Action: "Update:*" }),
      }),
    ],
  },
  {
    title: "lets text be that speaks of principals, but is no policy",
    resources: [
      resource("aws:ssm/parameter:Parameter", "template", {
        value: JSON.stringify({ Resources: { Principal: "*" } }),
        other: '{ "Principal": broken',
      }),
    ],
  },
  {
    title: "lets other clouds be",
    resources: [
      resource("gcp:storage:Policy", "notes", { policy: json(reads("*")) }),
    ],
  },
  {
    title: "leaves a policy to the update that is not known yet",
    resources: [
      bucketPolicy(unknownText),
      { ...bucketPolicy(document(reads({ AWS: unknownText }))), name: "inner" },
    ],
    finds: [
      { resource: "notes", kind: "unknown", field: "policy" },
      {
        resource: "inner",
        kind: "unknown",
        field: "policy.Statement.0.Principal.AWS",
      },
    ],
  },
  {
    title: "takes the bastion for known even in a resource's policy",
    resources: [bucketPolicy(json(reads({ AWS: root(bastion) })))],
  },
];

describe(rule, () => {
  describe("of trust policies", () => {
    testRows(rule, trustRows);
    testRows(rule, boundedRows);
  });
  describe("of the policies of resources", () => {
    testRows(rule, resourceRows);
  });
});
