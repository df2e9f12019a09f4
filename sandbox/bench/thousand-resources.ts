/** A resource of another team's stack. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const account = "222222222222";
const bastion = "111111111111";

export const provider: Declared = {
  type: "pulumi:providers:aws",
  name: "workload",
  inputs: {
    region: "eu-central-1",
    allowedAccountIds: JSON.stringify([account]),
  },
};

const stack: Declared = {
  type: "pulumi:pulumi:Stack",
  name: "orders-dev",
  inputs: {},
};

/**
 * A stack of so many resources: service after service, each with its roles, policies, attachments,
 * people and what it runs on. No two have the same documents.
 */
export function manyResources(count: number): readonly Declared[] {
  const resources = [stack, provider];
  for (let index = 0; resources.length < count; index += 1) {
    resources.push(...service(`service-${index}`));
  }
  return resources.slice(0, count);
}

function service(name: string): readonly Declared[] {
  const runs = `${name}-runs`;
  const people = `${name}-people`;
  const deploys = `${name}-deploys`;
  return [
    role(runs, {
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    }),
    role(people, {
      Principal: { AWS: `arn:aws:iam::${bastion}:root` },
      Action: "sts:AssumeRole",
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    }),
    role(deploys, {
      Principal: {
        Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
      },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": `repo:acme/${name}:ref:refs/heads/main`,
        },
      },
    }),
    ...policies(name, { runs, people, deploys }),
    aws("iam/group:Group", name, { name }),
    aws("iam/user:User", `${name}-robot`, { name: `${name}-robot` }),
    ...infrastructure(name, runs),
  ];
}

function policies(
  name: string,
  roles: Readonly<Record<"runs" | "people" | "deploys", string>>,
): readonly Declared[] {
  const reads = `${name}-reads`;
  const arn = `arn:aws:iam::${account}:policy/${reads}`;
  const attached = (role: string, policyArn: string) =>
    aws("iam/rolePolicyAttachment:RolePolicyAttachment", `${role}-attached`, {
      role,
      policyArn,
    });
  return [
    aws("iam/policy:Policy", reads, {
      name: reads,
      policy: allow(
        ["s3:GetObject", "s3:ListBucket"],
        [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
      ),
    }),
    attached(roles.runs, arn),
    attached(roles.people, "arn:aws:iam::aws:policy/ReadOnlyAccess"),
    attached(roles.deploys, arn),
    aws("iam/rolePolicy:RolePolicy", roles.runs, {
      role: roles.runs,
      policy: allow(
        ["sqs:SendMessage", "sqs:ReceiveMessage"],
        [`arn:aws:sqs:eu-central-1:${account}:${name}`],
      ),
    }),
    aws("iam/rolePolicy:RolePolicy", roles.deploys, {
      role: roles.deploys,
      policy: allow(
        ["lambda:UpdateFunctionCode", "lambda:PublishVersion"],
        [`arn:aws:lambda:eu-central-1:${account}:function:${name}`],
      ),
    }),
  ];
}

const infrastructure = (name: string, role: string): readonly Declared[] => [
  aws("s3/bucket:Bucket", name, {
    bucket: name,
    loggings: [{ targetBucket: "acme-logs" }],
  }),
  aws("s3/bucketPolicy:BucketPolicy", name, {
    bucket: name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account}:role/${role}` },
          Action: "s3:GetObject",
          Resource: `arn:aws:s3:::${name}/*`,
        },
      ],
    }),
  }),
  aws("lambda/function:Function", name, {
    name,
    handler: "index.handler",
    role: `arn:aws:iam::${account}:role/${role}`,
    runtime: "nodejs22.x",
  }),
  aws("lambda/permission:Permission", name, {
    function: name,
    action: "lambda:InvokeFunction",
    principal: "events.amazonaws.com",
    sourceAccount: account,
  }),
  aws("sqs/queue:Queue", name, { name }),
  aws("sns/topic:Topic", name, { name }),
  aws("dynamodb/table:Table", name, {
    name,
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
    serverSideEncryption: { enabled: true },
  }),
  aws("cloudwatch/logGroup:LogGroup", name, { name: `/aws/lambda/${name}` }),
];

const aws = (
  type: string,
  name: string,
  inputs: Declared["inputs"],
): Declared => ({ type: `aws:${type}`, name, inputs });

const role = (name: string, trust: object): Declared =>
  aws("iam/role:Role", name, {
    name,
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", ...trust }],
    }),
    maxSessionDuration: 3_600,
  });

const allow = (
  actions: readonly string[],
  resources: readonly string[],
): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: resources }],
  });
