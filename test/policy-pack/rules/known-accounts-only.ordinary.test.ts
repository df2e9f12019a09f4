import { anyone, type Found } from "./found";
import { unknownText } from "../pack";
import { foreign, json, root, trusts, type Statement } from "./documents";
import { resource, support } from "./resources";
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
    finds: [{ resource: "logs", statements: [1], witness: anyone }],
  },
  {
    title: "a service's account that a role trusts: no service takes one so",
    resources: [support(trusts({ AWS: root(elbInIreland) }))],
    finds: [
      {
        resource: "Support",
        statements: [1],
        witness: { account: elbInIreland },
      },
    ],
  },
];

const open = json({
  Effect: "Allow",
  Principal: { AWS: "*" },
  Action: "es:*",
  Resource: "*",
});
const inVpc = { subnetIds: ["subnet-0a1b2c3d"] };
const domain = (inputs: object, type = "aws:opensearch/domain:Domain") =>
  resource(type, "search", {
    domainName: "acme-search",
    accessPolicies: open,
    ...inputs,
  });
const domainPolicy = (inputs: object = {}, more: object = {}) =>
  resource(
    "aws:opensearch/domainPolicy:DomainPolicy",
    "policy",
    { domainName: "acme-search", accessPolicies: open, ...inputs },
    more,
  );
const accessPoint = (inputs: object, type = "aws:s3/accessPoint:AccessPoint") =>
  resource(type, "reports", { policy: json(writes("*")), ...inputs });
const openTo = (name: string): readonly Found[] => [
  { resource: name, statements: [1], witness: anyone },
];

const insideVpc: readonly Row[] = [
  ...[
    "aws:opensearch/domain:Domain",
    "aws:elasticsearch/domain:Domain",
    "aws-native:opensearchservice:Domain",
  ].map((type): Row => ({
    title: `an open domain inside a VPC: ${type}`,
    resources: [domain({ vpcOptions: inVpc }, type)],
  })),
  ...["aws:s3/accessPoint:AccessPoint", "aws-native:s3:AccessPoint"].map(
    (type): Row => ({
      title: `an open access point of a VPC: ${type}`,
      resources: [
        accessPoint({ vpcConfiguration: { vpcId: "vpc-0a1b2c3d" } }, type),
      ],
    }),
  ),
  {
    title: "a domain's open policy that is a resource of its own",
    resources: [
      domain({ accessPolicies: undefined, vpcOptions: inVpc }),
      domainPolicy(),
    ],
  },
  {
    title: "such a policy of a domain whose name is not known yet",
    resources: [
      domain({ accessPolicies: undefined, vpcOptions: inVpc }),
      domainPolicy(
        { domainName: unknownText },
        { from: { domainName: ["search"] } },
      ),
    ],
  },
];

const laterKnown = (name: string, field: string): readonly Found[] => [
  { resource: name, kind: "unknown", field },
];
const perhapsInVpc: readonly Row[] = [
  {
    title: "options of an open domain",
    resources: [domain({ vpcOptions: unknownText })],
    finds: laterKnown("search", "vpcOptions"),
  },
  {
    title: "a list of an open domain's networks",
    resources: [domain({ vpcOptions: { subnetIds: unknownText } })],
    finds: laterKnown("search", "vpcOptions.subnetIds"),
  },
  {
    title: "the network of an open access point",
    resources: [accessPoint({ vpcConfiguration: { vpcId: unknownText } })],
    finds: laterKnown("reports", "vpcConfiguration.vpcId"),
  },
  {
    title: "options of a domain whose open policy is a resource of its own",
    resources: [
      domain({ accessPolicies: undefined, vpcOptions: unknownText }),
      domainPolicy(),
    ],
    // The whole stack tells it.
    finds: laterKnown("", "vpcOptions"),
  },
];
const whateverVpc: readonly Row[] = [
  {
    title: "a network of an open domain, where there is one",
    resources: [domain({ vpcOptions: { subnetIds: [unknownText] } })],
  },
  {
    title: "options of a domain that is open to known accounts alone",
    resources: [
      domain({
        vpcOptions: unknownText,
        accessPolicies: json(writes({ AWS: root("222222222222") })),
      }),
    ],
  },
];

const outsideVpc: readonly Row[] = [
  {
    title: "an open domain with a public endpoint",
    resources: [domain({})],
    finds: openTo("search"),
  },
  {
    title: "an open domain whose options name no network",
    resources: [domain({ vpcOptions: { subnetIds: [] } })],
    finds: openTo("search"),
  },
  {
    title: "an open access point of the Internet",
    resources: [accessPoint({})],
    finds: openTo("reports"),
  },
  {
    title: "a domain's open policy, where the domain is public",
    resources: [domain({ accessPolicies: undefined }), domainPolicy()],
    finds: openTo("policy"),
  },
  {
    title: "a domain's open policy, where another domain is inside a VPC",
    resources: [
      domain({
        domainName: "another",
        accessPolicies: undefined,
        vpcOptions: inVpc,
      }),
      domainPolicy(),
    ],
    finds: openTo("policy"),
  },
  {
    title: "an account that the policy names, inside a VPC as well",
    resources: [
      domain({
        vpcOptions: inVpc,
        accessPolicies: json(
          writes("*"),
          writes({ AWS: root(foreign) }),
          writes("*", { StringEquals: { "aws:PrincipalAccount": foreign } }),
        ),
      }),
    ],
    finds: [{ resource: "search", witness: { account: foreign } }],
  },
  {
    title: "a private API that is open: it takes calls from anybody's VPC",
    resources: [
      resource("aws:apigateway/restApi:RestApi", "orders", {
        endpointConfiguration: { types: "PRIVATE", vpcEndpointIds: ["vpce-1"] },
        policy: json({ ...writes("*"), Action: "execute-api:Invoke" }),
      }),
    ],
    finds: openTo("orders"),
  },
  {
    title: "an API whose Deny, by API Gateway's short ARN, is for other paths",
    resources: [
      api(
        calls("Allow", "execute-api:/*"),
        calls("Deny", "execute-api:/prod/admin/*"),
      ),
    ],
    finds: openTo("orders"),
  },
  {
    title: "an API that is open by API Gateway's short ARN",
    resources: [api(calls("Allow", "execute-api:/*"))],
    finds: openTo("orders"),
  },
];

const deniedApis: readonly Row[] = [
  {
    title: "of a VPC, as AWS's example has it",
    resources: [
      api(
        calls("Deny", "execute-api:/*", {
          StringNotEquals: { "aws:SourceVpc": "vpc-1a2b3c4d" },
        }),
        calls("Allow", "execute-api:/*"),
      ),
    ],
  },
  {
    title: "whose stage alone is open, and denied",
    resources: [
      api(
        calls("Allow", "execute-api:/prod/*"),
        calls("Deny", "execute-api:/*"),
      ),
    ],
  },
  {
    title: "whose short ARN a full one denies",
    resources: [
      api(
        calls("Allow", "execute-api:/*"),
        calls("Deny", "arn:aws*:execute-api:*:*:*/*"),
      ),
    ],
  },
];

function api(...statements: readonly ReturnType<typeof calls>[]) {
  return resource("aws:apigateway/restApi:RestApi", "orders", {
    endpointConfiguration: { types: "PRIVATE" },
    policy: json(...statements),
  });
}

function calls(effect: string, path: string, condition?: object) {
  return {
    ...writes("*", condition),
    Effect: effect,
    Action: "execute-api:Invoke",
    Resource: path,
  };
}

describe("known-accounts-only: what is ordinary", () => {
  describe("is silent on accounts of AWS's services", () => {
    testRows("known-accounts-only", ofServices);
  });
  describe("finds other accounts", () => {
    testRows("known-accounts-only", otherAccounts);
  });
  describe("is silent on networks of ours", () => {
    testRows("known-accounts-only", insideVpc);
  });
  describe("is silent on APIs by API Gateway's short ARN", () => {
    testRows("known-accounts-only", deniedApis);
  });
  describe("says as unknown what decides whether others reach it", () => {
    testRows("known-accounts-only", perhapsInVpc);
  });
  describe("is silent on what is not known yet, and decides nothing", () => {
    testRows("known-accounts-only", whateverVpc);
  });
  describe("finds what others reach", () => {
    testRows("known-accounts-only", outsideVpc);
  });
});
