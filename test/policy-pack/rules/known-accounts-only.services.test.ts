import { anyAccount } from "./found";
import { unknownText } from "../pack";
import {
  deny,
  dev,
  document,
  equals,
  foreign,
  json,
  like,
  prod,
  reads,
  root,
  trusts,
} from "./documents";
import { bucketPolicy, resource, support } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "known-accounts-only";

const organisations = ["o-acme123456"];
const trail = { Service: "cloudtrail.amazonaws.com" };
const s3 = "s3.amazonaws.com";
const comesForForeign = (name: string) =>
  ({
    caller: "service",
    name,
    keys: { "aws:sourceaccount": [foreign] },
  }) as const;
const topics = (account: string) => `arn:aws:sns:us-east-1:${account}:*`;
const sourced = (account: string) => equals("aws:SourceAccount", account);
const allButSources = (...accounts: readonly string[]) => ({
  ...deny("s3:*"),
  Principal: "*",
  Condition: { StringNotEquals: { "aws:SourceAccount": accounts } },
});

/** Whom a service comes for. */
const sourceRows: readonly Row[] = [
  ...(
    [
      ["a source account", [reads(trail, sourced(foreign))]],
      [
        "a source ARN",
        [reads("*", like("aws:SourceArn", topics(foreign)))],
        [1],
        "*",
      ],
      [
        "a second source account",
        [
          reads(trail, {
            StringEquals: { "aws:SourceAccount": [prod, foreign] },
          }),
        ],
      ],
      [
        "a Deny for all but some sources",
        [reads(trail), allButSources(prod, foreign)],
      ],
      [
        "a bucket's ARN beside a source account",
        [
          reads(trail, {
            ...sourced(foreign),
            ...like("aws:SourceArn", "arn:aws:s3:::orders"),
          }),
        ],
      ],
      [
        "an account beside one that may come for anybody",
        [reads(trail), reads({ Service: s3 }, sourced(foreign))],
        [2],
        s3,
      ],
    ] as const
  ).map(([what, statements, through = [1], name = trail.Service]): Row => ({
    title: `finds a service that comes for a foreign account: ${what}`,
    resources: [bucketPolicy(json(...statements))],
    finds: [
      {
        resource: "notes",
        field: "policy",
        statements: through,
        witness: { caller: "service", name },
      },
    ],
  })),
  {
    title: "finds a service that takes a role for a foreign account",
    resources: [
      support(
        trusts(
          { Service: "sns.amazonaws.com" },
          { Condition: sourced(foreign) },
        ),
      ),
    ],
    finds: [
      {
        resource: "Support",
        statements: [1],
        witness: comesForForeign("sns.amazonaws.com"),
      },
    ],
  },
  ...(
    [
      ["names no source", [reads(trail)]],
      ["names known accounts", [reads(trail, sourced(prod))]],
      ["names a known ARN", [reads("*", like("aws:SourceArn", topics(prod)))]],
      [
        "names a bucket, whose ARN has no account",
        [reads("*", like("aws:SourceArn", "arn:aws:s3:::orders"))],
      ],
      [
        "denies a foreign source",
        [
          reads(trail),
          {
            ...deny("s3:*"),
            Principal: "*",
            Condition: sourced(foreign),
          },
        ],
      ],
      [
        "asks for an account and an ARN that don't agree",
        [
          reads(trail, {
            ...sourced(prod),
            ...like("aws:SourceArn", topics(foreign)),
          }),
        ],
      ],
      [
        "keeps foreign sources out",
        [reads(trail, sourced(prod)), allButSources(prod)],
      ],
    ] as const
  ).map(([what, statements]): Row => ({
    title: `is silent on a service whose statement ${what}`,
    resources: [bucketPolicy(json(...statements))],
  })),
  {
    title: "is silent on a service that takes a role for a known account",
    resources: [
      support(
        trusts({ Service: "sns.amazonaws.com" }, { Condition: sourced(dev) }),
      ),
    ],
  },
];

const permission = (name: string, inputs: object) =>
  resource("aws:lambda/permission:Permission", name, {
    action: "lambda:InvokeFunction",
    function: "orders",
    ...inputs,
  });
const layer = (name: string, inputs: object) =>
  resource("aws:lambda/layerVersionPermission:LayerVersionPermission", name, {
    action: "lambda:GetLayerVersion",
    ...inputs,
  });
const bus = (name: string, inputs: object) =>
  resource("aws:cloudwatch/eventPermission:EventPermission", name, {
    statementId: "a",
    ...inputs,
  });
const ofOrganisation = (value: string) => ({
  key: "aws:PrincipalOrgID",
  type: "StringEquals",
  value,
});
const nativeBus = (name: string, inputs: object) =>
  resource("aws-native:events:EventBusPolicy", name, { ...inputs });
const grant = (name: string, granteePrincipal: unknown) =>
  resource("aws:kms/grant:Grant", name, {
    granteePrincipal,
    operations: ["Decrypt"],
  });

/** What services make a policy of. */
const permissionRows: readonly Row[] = [
  {
    title: "knows the sources that a function's permission asks for",
    organisation: { organisations },
    resources: [
      permission("own", { principal: "*", sourceAccount: prod }),
      permission("topic", { principal: "*", sourceArn: topics(prod) }),
      permission("ours", { principal: "*", principalOrgId: "o-acme123456" }),
      permission("s3", { principal: s3, sourceAccount: prod, sourceArn: "" }),
      permission("s3-early", {
        principal: s3,
        sourceAccount: prod,
        sourceArn: unknownText,
      }),
    ],
  },
  {
    title: "finds foreign sources in a function's permission",
    resources: [
      permission("s3", { principal: s3, sourceAccount: foreign }),
      permission("topic", { principal: "*", sourceArn: topics(foreign) }),
      permission("all", { principal: "*" }),
    ],
    finds: [
      { resource: "s3", field: "principal", witness: comesForForeign(s3) },
      {
        resource: "topic",
        field: "principal",
        witness: { caller: "service", name: "*" },
      },
      { resource: "all", field: "principal", witness: { account: anyAccount } },
    ],
  },
  {
    title: "leaves to the update who is not known yet, and for whom",
    resources: [
      permission("who", { principal: unknownText }),
      permission("whom", { principal: s3, sourceAccount: unknownText }),
      permission("arn", { principal: s3, sourceArn: unknownText }),
      layer("layer", { principal: unknownText }),
      grant("grant", unknownText),
      resource("aws-native:s3:BucketPolicy", "notes", {
        policyDocument: unknownText,
      }),
      resource("aws:opensearch/domain:Domain", "logs", {
        accessPolicies: unknownText,
      }),
      nativeBus("bus", { statement: unknownText }),
    ],
    finds: [
      { resource: "who", kind: "unknown", field: "principal" },
      { resource: "whom", kind: "unknown", field: "sourceAccount" },
      { resource: "arn", kind: "unknown", field: "sourceArn" },
      { resource: "layer", kind: "unknown", field: "principal" },
      { resource: "grant", kind: "unknown", field: "granteePrincipal" },
      { resource: "notes", kind: "unknown", field: "policyDocument" },
      { resource: "logs", kind: "unknown", field: "accessPolicies" },
      { resource: "bus", kind: "unknown", field: "statement" },
    ],
  },
  {
    title: "finds foreign accounts in what lets in without a document",
    resources: [
      layer("layer", { principal: foreign }),
      layer("all-layers", { principal: "*" }),
      bus("bus", { principal: foreign }),
      bus("any-bus", {
        principal: "*",
        condition: ofOrganisation("o-others12345"),
      }),
      grant("grant", `arn:aws:iam::${foreign}:role/ci`),
      nativeBus("native", {
        statement: reads({ AWS: root(foreign) }),
      }),
      nativeBus("text", {
        statement: JSON.stringify(reads({ AWS: root(foreign) })),
      }),
      nativeBus("older", { principal: foreign, action: "events:PutEvents" }),
      resource("aws-native:dynamodb:GlobalTable", "table", {
        replicas: [
          {
            resourcePolicy: {
              policyDocument: document(reads({ AWS: root(foreign) })),
            },
          },
        ],
      }),
    ],
    finds: [
      ...[
        ["layer", "principal", foreign],
        ["all-layers", "principal", anyAccount],
        ["bus", "principal", foreign],
        ["any-bus", "principal", anyAccount],
        ["grant", "granteePrincipal", foreign],
        ["native", "statement", foreign],
        ["text", "statement", foreign],
        ["older", "principal", foreign],
        ["table", "replicas[0].resourcePolicy.policyDocument", foreign],
      ].map(([name = "", field = "", account]) => ({
        resource: name,
        field,
        statements: [1],
        witness: { account },
      })),
    ],
  },
  {
    title: "is silent where these let in known accounts",
    organisation: { organisations },
    resources: [
      layer("layer", { principal: prod }),
      layer("ours", { principal: "*", organizationId: "o-acme123456" }),
      bus("bus", { principal: prod }),
      bus("any-bus", {
        principal: "*",
        condition: ofOrganisation("o-acme123456"),
      }),
      grant("grant", `arn:aws:iam::${prod}:role/ci`),
      nativeBus("native", { statement: reads({ AWS: root(prod) }) }),
      nativeBus("rule", { statement: { Effect: "Allow", Action: "events:*" } }),
    ],
  },
  {
    title: "does not stumble over a permission without a principal",
    resources: [undefined, null, "", 4].flatMap((principal) => [
      permission(`function-${String(principal)}`, { principal }),
      layer(`layer-${String(principal)}`, { principal }),
      bus(`bus-${String(principal)}`, { principal }),
      grant(`grant-${String(principal)}`, principal),
    ]),
  },
];

describe(`${rule}: services`, () => {
  describe("of whom they come for", () => {
    testRows(rule, sourceRows);
  });
  describe("of permissions that are no documents", () => {
    testRows(rule, permissionRows);
  });
});
