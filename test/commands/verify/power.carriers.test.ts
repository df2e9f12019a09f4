import { devId, prodId } from "./accounts";
import { root, service, trusting } from "./live-accounts";
import { assuming, people, roleArn, testPower, type Row } from "./power-rows";

const allow = (action: string | readonly string[], resource = "*") => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
});

/** What no role of the config may do here but PowerUser. */
const writes = allow("s3:PutObject", "arn:aws:s3:::data/*");
/** What not even PowerUser may do. */
const lists = allow("iam:ListUsers");

const powerUser = {
  name: "PowerUser",
  trust: people,
  holds: ["PowerUserAccess"],
};
const analystWho = (...statements: readonly object[]) => ({
  name: "Analyst",
  trust: people,
  holds: [statements],
});
const web = (by: string, ...statements: readonly object[]) => ({
  name: "web",
  trust: trusting(service(by)),
  holds: [statements],
});

type Roles = NonNullable<Row["accounts"][string]["roles"]>;

const inProd = (title: string, roles: Roles, more: Partial<Row> = {}): Row => ({
  title,
  accounts: { [prodId]: { roles } },
  ...more,
});

const found = (...says: readonly string[]): Pick<Required<Row>, "finds"> => ({
  finds: [["runs-with-more", roleArn(prodId, "web"), ...says]],
});

/** What runs with a role, by the service that the role trusts, and what changes it. */
const carried: readonly (readonly [string, string, readonly string[]])[] = [
  ["lambda", "function", ["lambda:UpdateFunctionCode"]],
  ["lambda", "function", ["lambda:UpdateFunctionConfiguration"]],
  ["codebuild", "project of CodeBuild", ["codebuild:StartBuild"]],
  ["glue", "development endpoint of Glue", ["glue:UpdateDevEndpoint"]],
  [
    "sagemaker",
    "notebook of SageMaker",
    ["sagemaker:CreatePresignedNotebookInstanceUrl"],
  ],
  ["states", "state machine", ["states:UpdateStateMachine"]],
  ["cloudformation", "stack of CloudFormation", ["cloudformation:UpdateStack"]],
  ["ecs-tasks", "service of ECS that takes commands", ["ecs:ExecuteCommand"]],
  ["ssm", "managed node of Systems Manager", ["ssm:StartSession"]],
  ["tasks.apprunner", "service of App Runner", ["apprunner:UpdateService"]],
  [
    "bedrock-agentcore",
    "runtime of Bedrock AgentCore",
    ["bedrock-agentcore:InvokeAgentRuntimeCommand"],
  ],
];

/** The same, where an instance profile hands the role on. */
const onInstances: readonly (readonly [string, readonly string[]])[] = [
  ["instance", ["ssm:StartSession"]],
  ["instance", ["ssm:SendCommand"]],
  ["instance", ["ec2-instance-connect:SendSSHPublicKey"]],
  [
    "instance",
    ["ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"],
  ],
  [
    "launch template",
    ["ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"],
  ],
  ["cluster of EMR", ["elasticmapreduce:AddJobFlowSteps"]],
];

const instances = { ...web("ec2", writes), instanceProfiles: ["web-profile"] };

const rows: readonly Row[] = [
  inProd(
    "a function's role that may do what not even PowerUser may, with what IAM tells of it",
    [
      powerUser,
      {
        ...web("lambda", lists),
        lastUsedAt: new Date("2026-11-20T10:00:00Z"),
      },
    ],
    {
      ...found(
        "web in prod may call iam:ListUsers, by ",
        "policy inline-1",
        "Who may not by what they hold, and gets there: perhaps the role PowerUser of prod",
        "what runs with web (function, by lambda:UpdateFunctionCode) (people of the bastion)",
        "What runs with web was not read: AWS last saw it used on 2026-11-20",
      ),
      mends: [
        "aws iam delete-role-policy --role-name web --policy-name inline-1",
      ],
    },
  ),
  ...carried.map(([by, kind, actions]) =>
    inProd(
      `that a team's role may change a ${kind}, by ${actions.join(" and ")}`,
      [analystWho(allow(actions)), web(by, writes)],
      found(
        "s3:PutObject on arn:aws:s3:::data/",
        `the role Analyst of prod by way of what runs with web (${kind}, by ${actions.join(" and ")})`,
        "AWS tells of no use of it in the last 400 days",
      ),
    ),
  ),
  ...onInstances.map(([kind, actions]) =>
    inProd(
      `that a team's role gets into what an instance profile hands the role to, by ${actions.join(" and ")}`,
      [analystWho(allow(actions)), instances],
      found(
        `what runs with web (${kind}, by ${actions.join(" and ")})`,
        "it is in the instance profile web-profile",
      ),
    ),
  ),
  inProd(
    "all roles of the config that gain the same, as one",
    [
      powerUser,
      analystWho(allow("lambda:UpdateFunctionCode")),
      web("lambda", lists),
    ],
    found("the role PowerUser of prod", "the role Analyst of prod"),
  ),
  inProd(
    "the same by way of a role that may be taken",
    [
      analystWho(assuming(roleArn(prodId, "hop"))),
      {
        name: "hop",
        trust: trusting({ AWS: roleArn(prodId, "Analyst") }),
        holds: [[allow("lambda:UpdateFunctionCode")]],
      },
      web("lambda", writes),
    ],
    {
      finds: [
        ["leads-to-more", roleArn(prodId, "hop"), "lambda:UpdateFunctionCode"],
        [
          "runs-with-more",
          roleArn(prodId, "web"),
          "the role Analyst of prod by way of hop, what runs with web",
        ],
      ],
    },
  ),
  inProd(
    "the certain way, where there is a shorter one through what was not read",
    [
      analystWho(
        allow("lambda:UpdateFunctionCode"),
        assuming(roleArn(prodId, "hop")),
      ),
      {
        name: "hop",
        trust: trusting(root(prodId)),
        holds: [[assuming(roleArn(prodId, "web"))]],
      },
      {
        ...web("lambda", writes),
        trust: trusting({ ...root(prodId), ...service("lambda") }),
      },
    ],
    {
      finds: [
        ["leads-to-more", roleArn(prodId, "hop")],
        [
          "leads-to-more",
          roleArn(prodId, "web"),
          "the role Analyst of prod by way of hop",
        ],
      ],
    },
  ),
  inProd(
    "that it is not decided whether a role of the config gets to more",
    [
      analystWho(assuming(roleArn(prodId, "web"))),
      {
        name: "web",
        trust: trusting(root(prodId), {
          StringEquals: { "aws:PrincipalTag/owner": [] },
        }),
        holds: [[writes]],
      },
    ],
    {
      finds: [
        [
          "power-undecided",
          roleArn(prodId, "web"),
          "perhaps gives more than they hold to perhaps the role Analyst of prod",
        ],
      ],
    },
  ),
  inProd("nothing of what may do no more than whoever changes it", [
    powerUser,
    web("lambda", writes),
  ]),
  inProd("nothing of what a role of the config does not change", [
    { name: "ReadOnly", trust: people, holds: ["ReadOnlyAccess"] },
    web("lambda", writes),
  ]),
  inProd("nothing of what it is kept from changing", [
    analystWho(allow("lambda:*"), {
      Effect: "Deny",
      Action: "lambda:UpdateFunction*",
      Resource: "*",
    }),
    web("lambda", writes),
  ]),
  inProd("nothing of another account's functions", [
    analystWho(
      allow(
        "lambda:UpdateFunctionCode",
        `arn:aws:lambda:eu-central-1:${devId}:function:*`,
      ),
    ),
    web("lambda", writes),
  ]),
  inProd("nothing of a role for instances that no instance profile has", [
    analystWho(allow(["ssm:*", "ec2:*", "elasticmapreduce:*"])),
    web("ec2", writes),
  ]),
  inProd("nothing of what a boundary keeps within that", [
    powerUser,
    {
      ...web("lambda", lists, writes),
      boundary: "arn:aws:iam::aws:policy/PowerUserAccess",
    },
  ]),
  inProd("nothing of a role of a service that runs nobody's code", [
    powerUser,
    web("config", lists),
  ]),
  inProd("nothing of a service-linked role", [
    powerUser,
    {
      ...web("lambda", lists),
      path: "/aws-service-role/lambda.amazonaws.com/",
    },
  ]),
  inProd("nothing of a role that is known", [powerUser, web("lambda", lists)], {
    settings: { knownRoles: [roleArn(prodId, "web")] },
  }),
];

describe("verify finds, of what services run with a role,", () => {
  testPower(rows);
});
