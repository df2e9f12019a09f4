import { strict as assert } from "node:assert";
import { roleSessionCase } from "../../../policy-pack/decide/callers";
import {
  escalationPaths,
  type EscalationPath,
} from "../../../policy-pack/decide/escalation-paths";
import {
  isAdministrator,
  type Permissions,
} from "../../../policy-pack/decide/powers";
import { readWell } from "../decide/reading";
import type { Declared } from "../pack";
import {
  allow,
  deny,
  dev,
  document,
  prod,
  root,
  trusts,
  type Statement,
} from "../rules/documents";
import { iam, resource } from "../rules/resources";
import { testRows, type Row } from "../rules/rows";
import { strong, strongArn, support } from "./roles";

const rule = "no-escalation-by-role-chaining";
const taking = (service: string, isByTokens = false) =>
  strong(
    isByTokens
      ? trusts(
          { Federated: service },
          { Action: "sts:AssumeRoleWithWebIdentity" },
        )
      : trusts({ Service: service }),
  );
const containers = (inputs: object): readonly Declared[] => [
  resource("aws:ecs/taskDefinition:TaskDefinition", "task", {
    family: "orders",
    taskRoleArn: strongArn,
  }),
  resource("aws:ecs/service:Service", "it", {
    taskDefinition: `arn:aws:ecs:eu-central-1:${dev}:task-definition/orders:7`,
    ...inputs,
  }),
];

/** What runs with the strong role, by its kind. */
const carriers: Readonly<Record<string, readonly Declared[]>> = {
  function: [
    resource("aws:lambda/function:Function", "it", { role: strongArn }),
  ],
  instance: [
    iam("InstanceProfile", "web", { name: "web", role: "Strong" }),
    resource("aws:ec2/instance:Instance", "it", { iamInstanceProfile: "web" }),
  ],
  "launch template": [
    iam("InstanceProfile", "web", { name: "web", role: "Strong" }),
    resource("aws:ec2/launchTemplate:LaunchTemplate", "it", {
      iamInstanceProfile: {
        arn: `arn:aws:iam::${dev}:instance-profile/web`,
      },
    }),
  ],
  "project of CodeBuild": [
    resource("aws:codebuild/project:Project", "it", { serviceRole: strongArn }),
  ],
  "development endpoint of Glue": [
    resource("aws:glue/devEndpoint:DevEndpoint", "it", { roleArn: strongArn }),
  ],
  "notebook of SageMaker": [
    resource("aws:sagemaker/notebookInstance:NotebookInstance", "it", {
      roleArn: strongArn,
    }),
  ],
  "stack of CloudFormation": [
    resource("aws:cloudformation/stack:Stack", "it", { iamRoleArn: strongArn }),
  ],
  "stack set": [
    resource("aws:cloudformation/stackSet:StackSet", "it", {
      administrationRoleArn: strongArn,
    }),
  ],
  "state machine": [
    resource("aws:sfn/stateMachine:StateMachine", "it", { roleArn: strongArn }),
  ],
  "profile of Roles Anywhere": [
    resource("aws:rolesanywhere/profile:Profile", "it", {
      roleArns: [strongArn],
    }),
  ],
  "service of App Runner": [
    resource("aws:apprunner/service:Service", "it", {
      instanceConfiguration: { instanceRoleArn: strongArn },
    }),
  ],
  "code interpreter of Bedrock AgentCore": [
    resource(
      "aws:bedrock/agentcoreCodeInterpreter:AgentcoreCodeInterpreter",
      "it",
      { executionRoleArn: strongArn },
    ),
  ],
  "runtime of Bedrock AgentCore": [
    resource("aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime", "it", {
      roleArn: strongArn,
    }),
  ],
  "browser of Bedrock AgentCore": [
    resource("aws:bedrock/agentcoreBrowser:AgentcoreBrowser", "it", {
      executionRoleArn: strongArn,
    }),
  ],
  "job definition of Batch": [
    resource("aws:batch/jobDefinition:JobDefinition", "it", {
      containerProperties: JSON.stringify({ jobRoleArn: strongArn }),
    }),
  ],
  "cluster of EMR": [
    iam("InstanceProfile", "web", { name: "web", role: "Strong" }),
    resource("aws:emr/cluster:Cluster", "it", {
      ec2Attributes: { instanceProfile: "web" },
    }),
  ],
  "user of SageMaker Studio": [
    resource("aws:sagemaker/userProfile:UserProfile", "it", {
      userSettings: { executionRole: strongArn },
    }),
  ],
  "managed node of Systems Manager": [
    resource("aws:ssm/activation:Activation", "it", { iamRole: "Strong" }),
  ],
  "app of Amplify": [
    resource("aws:amplify/app:App", "it", { iamServiceRoleArn: strongArn }),
  ],
  "application of Managed Service for Apache Flink": [
    resource("aws:kinesisanalyticsv2/application:Application", "it", {
      serviceExecutionRole: strongArn,
    }),
  ],
  "role alias of IoT": [
    resource("aws:iot/roleAlias:RoleAlias", "it", { roleArn: strongArn }),
  ],
  "service of ECS": containers({}),
  "service of ECS that takes commands": containers({
    enableExecuteCommand: true,
  }),
};

/** Kinds of what the resource starts, and is not itself. */
const starts = new Set(["managed node of Systems Manager"]);

const needs = ({ actions, also = [] }: EscalationPath): readonly string[] => [
  ...new Set([...actions, ...also.map(({ action }) => action)]),
];

/** Whether what is left when one action is gone is another path to the same. */
const isPathWithout = (gone: string, { gives, ...one }: EscalationPath) =>
  escalationPaths.some(
    (other) =>
      other.gives === gives &&
      other.service === one.service &&
      other.carrier === one.carrier &&
      needs(other).every(
        (action) =>
          action !== gone && needs({ gives, ...one }).includes(action),
      ),
  );

const organisation = { powerRoles: [] };

function rowsOf(
  path: EscalationPath,
  more: readonly Declared[],
  through: string,
  passes: readonly Statement[],
): readonly Row[] {
  const { id } = path;
  const all = needs(path);
  const finds = [
    {
      resource: "Strong",
      kind: path.doubt === undefined ? "wrong" : "undecided",
      chain: ["Support", through, "Strong"],
      strength: 3,
    } as const,
  ];
  const held = (title: string, ...statements: readonly Statement[]): Row => ({
    title: `${id} ${title}`,
    organisation,
    resources: [support(...statements, ...passes), ...more],
  });
  return [
    { ...held("is a step", allow(all)), finds },
    ...all
      .filter((gone) => !isPathWithout(gone, path))
      .flatMap((gone) => [
        held(
          `is none without ${gone}`,
          allow(["s3:Get*", ...all.filter((one) => one !== gone)]),
        ),
        held(`is none where ${gone} is denied`, allow(all), deny(gone)),
      ]),
  ];
}

const passed = escalationPaths
  .filter(({ gives }) => gives === "a role that is passed")
  .flatMap((path): readonly Row[] => {
    const { id, service = "", isByTokens } = path;
    const takes = taking(service, isByTokens);
    const pass = (resource: string, to: string) =>
      allow("iam:PassRole", resource, {
        Condition: { StringEquals: { "iam:PassedToService": to } },
      });
    const held = (title: string, trust: Declared, ...passes: Statement[]) => ({
      title: `${id} ${title}`,
      organisation,
      resources: [support(allow(path.actions), ...passes), trust],
    });
    return [
      ...rowsOf(path, [takes], service, [pass(strongArn, service)]),
      held("is none without PassRole", takes),
      held(
        "is none where another role is passed",
        takes,
        pass(`${strongArn}er`, service),
      ),
      held(
        "is none where it is passed to another service",
        takes,
        pass(strongArn, "monitoring.rds.amazonaws.com"),
      ),
      held(
        "is none where the role does not trust the service",
        taking("monitoring.rds.amazonaws.com"),
        pass(strongArn, service),
      ),
      {
        ...held(
          "is none into another account",
          { ...takes, provider: prod },
          pass("*", service),
        ),
        finds: [],
      },
    ];
  });

const carried = escalationPaths
  .filter(({ gives }) => gives === "a role that is carried")
  .flatMap((path): readonly Row[] => {
    const { id, carrier = "" } = path;
    const stack = [
      taking("monitoring.rds.amazonaws.com"),
      ...(carriers[carrier] ?? []),
    ];
    return [
      ...rowsOf(
        path,
        stack,
        `${carrier} ${starts.has(carrier) ? "of " : ""}it`,
        [],
      ),
      {
        title: `${id} is none on something else`,
        organisation,
        resources: [
          support(allow(needs(path), "arn:aws:s3:::anything")),
          ...stack,
        ],
      },
      {
        title: `${id} is none where nothing runs with the role`,
        organisation,
        resources: [support(allow(needs(path))), ...stack.slice(0, 1)],
      },
    ];
  });

const session = roleSessionCase({
  account: dev,
  partition: "aws",
  arn: `arn:aws:iam::${dev}:role/team`,
});
const holding = (...statements: readonly Statement[]): Permissions => ({
  caller: session,
  documents: [readWell(document(...statements), "identity")],
  boundary: undefined,
  account: dev,
});

describe("the published escalation paths", () => {
  it("have ids of their own", () => {
    const ids = escalationPaths.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  describe("that pass a role", () => {
    testRows(rule, passed);
  });
  describe("that change what runs with a role", () => {
    testRows(rule, carried);
  });
  describe("that take a role", () => {
    const byRoot = strong(trusts({ AWS: root(dev) }));
    testRows(rule, [
      {
        title: "sts-001 is a step",
        organisation,
        resources: [support(allow("sts:AssumeRole", strongArn)), byRoot],
        finds: [{ resource: "Strong", chain: ["Support", "Strong"] }],
      },
      {
        title: "sts-001 is none without sts:AssumeRole",
        organisation,
        resources: [support(allow("s3:Get*")), byRoot],
      },
    ]);
  });
  describe("that give power over IAM", () => {
    const paths = escalationPaths.filter(
      ({ gives }) => gives === "power over IAM",
    );
    for (const { id, actions } of paths) {
      it(`${id} does, unless it is denied`, () => {
        const held = holding(allow(actions));
        assert.equal(isAdministrator(held).answer, "open");
        const denied = holding(allow(actions), deny(actions));
        assert.equal(isAdministrator(denied).answer, "closed");
      });
    }
  });
});
