import { unknownText, type Declared } from "../pack";
import { allow, dev, prod, trusts } from "../rules/documents";
import { iam, resource } from "../rules/resources";
import { testRows, type Row } from "../rules/rows";
import { strong, strongArn, support } from "./roles";

const rule = "no-escalation-by-role-chaining";
const organisation = { powerRoles: [] };

const strongBy = (service = "ecs-tasks", inputs: object = {}) =>
  strong(trusts({ Service: `${service}.amazonaws.com` }), inputs);
const supportBy = (
  actions: readonly string[] = ["lambda:*", "ecs:*", "ec2:*"],
) => support(allow(actions));
const tasks = (inputs: object = {}): readonly Declared[] => [
  resource("aws:ecs/taskDefinition:TaskDefinition", "task", {
    family: "orders",
    taskRoleArn: strongArn,
  }),
  resource("aws:ecs/service:Service", "orders", {
    taskDefinition: "orders",
    ...inputs,
  }),
];
const later = { enableExecuteCommand: unknownText };
const unknown = (field: string) =>
  [{ resource: "", kind: "unknown", field }] as const;

/** Policies with no more than each action needs. */
const reachedByParts: readonly Row[] = [
  {
    title: "finds an app whose jobs one starts, by the ARN of the jobs",
    resources: [
      support(
        allow("amplify:UpdateApp", "arn:aws:amplify:*:*:apps/a1"),
        allow("amplify:StartJob", "arn:aws:amplify:*:*:apps/a1/branches/*"),
      ),
      strongBy("amplify"),
      resource("aws:amplify/app:App", "it", {
        arn: `arn:aws:amplify:eu-west-1:${dev}:apps/a1`,
        iamServiceRoleArn: strongArn,
      }),
    ],
    finds: [
      { resource: "Strong", chain: ["Support", "app of Amplify it", "Strong"] },
    ],
  },
  {
    title: "finds an instance whose volume one exchanges, by the volumes' ARN",
    resources: [
      support(
        allow(
          ["ec2:StopInstances", "ec2:StartInstances", "ec2:AttachVolume"],
          "arn:aws:ec2:*:*:instance/*",
        ),
        allow(
          ["ec2:DetachVolume", "ec2:AttachVolume"],
          "arn:aws:ec2:*:*:volume/*",
        ),
      ),
      strongBy("ec2"),
      iam("InstanceProfile", "web", { name: "web", role: "Strong" }),
      resource("aws:ec2/instance:Instance", "it", {
        iamInstanceProfile: "web",
      }),
    ],
    finds: [
      { resource: "Strong", chain: ["Support", "instance it", "Strong"] },
    ],
  },
];

const commands: readonly Row[] = [
  {
    title: "finds a service that takes them, in aws-native's form",
    resources: [
      supportBy(["ecs:ExecuteCommand"]),
      strongBy(),
      resource("aws-native:ecs:TaskDefinition", "task", {
        family: "orders",
        taskRoleArn: strongArn,
      }),
      resource("aws-native:ecs:Service", "orders", {
        taskDefinition: "orders",
        enableExecuteCommand: true,
      }),
    ],
    finds: [
      {
        resource: "Strong",
        chain: [
          "Support",
          "service of ECS that takes commands orders",
          "Strong",
        ],
      },
    ],
  },
  {
    title: "says that it is not known whether one takes them",
    resources: [supportBy(["ecs:ExecuteCommand"]), strongBy(), ...tasks(later)],
    finds: unknown("enableExecuteCommand"),
  },
  ...[{}, { enableExecuteCommand: false }].map((inputs): Row => ({
    title: `finds who may have a service take them, which has ${JSON.stringify(inputs)}`,
    resources: [
      supportBy(["ecs:UpdateService", "ecs:ExecuteCommand"]),
      strongBy(),
      ...tasks(inputs),
    ],
    finds: [
      {
        resource: "Strong",
        chain: ["Support", "service of ECS orders", "Strong"],
        says: ["aws-ecs-exec-switched-on"],
      },
    ],
  })),
  {
    title: "is content with a service that takes none, and that nobody changes",
    resources: [supportBy(["ecs:ExecuteCommand"]), strongBy(), ...tasks()],
  },
  {
    title: "is content where nobody may send any",
    resources: [supportBy(["ecs:UpdateService"]), strongBy(), ...tasks(later)],
  },
  {
    title: "is content where the role is no stronger",
    resources: [
      supportBy(),
      strongBy("ecs-tasks", { managedPolicyArns: [] }),
      ...tasks(later),
    ],
  },
];

const lambda = (inputs: Declared["inputs"], more: object = {}): Declared =>
  resource("aws:lambda/function:Function", "orders", inputs, more);
const server = (profile: unknown, more: object = {}): Declared =>
  resource(
    "aws:ec2/instance:Instance",
    "server",
    { iamInstanceProfile: profile },
    more,
  );
const container = (service: string, inputs: Declared["inputs"]): Declared =>
  resource(service, "it", inputs);

const roles: readonly Row[] = [
  {
    title:
      "says that a function's role is not known, where its code may be changed",
    resources: [supportBy(), lambda({ role: unknownText })],
    finds: unknown("role"),
  },
  {
    title: "says it of a role that comes from something else",
    resources: [
      supportBy(),
      resource("random:index:RandomPet", "pet"),
      lambda({ role: unknownText }, { from: { role: ["pet"] } }),
    ],
    finds: unknown("role"),
  },
  {
    title: "says it where the account does not show, which may be any",
    organisation: {},
    resources: [
      lambda({ role: unknownText }, { provider: { region: "eu-central-1" } }),
    ],
    finds: unknown("role"),
  },
  {
    title: "says it of an instance by its profile's role",
    resources: [
      supportBy(),
      iam("InstanceProfile", "web", { name: "web", role: unknownText }),
      server("web"),
    ],
    finds: unknown("role"),
  },
  {
    title: "says it of a profile inside a launch template",
    resources: [
      supportBy(),
      container("aws-native:ec2:LaunchTemplate", {
        launchTemplateData: {
          imageId: unknownText,
          iamInstanceProfile: { arn: unknownText },
        },
      }),
    ],
    finds: unknown("launchTemplateData.iamInstanceProfile.arn"),
  },
  {
    title: "says it of the whole that a profile is inside of",
    resources: [
      supportBy(),
      container("aws-native:ec2:LaunchTemplate", {
        launchTemplateData: unknownText,
      }),
    ],
    finds: unknown("launchTemplateData"),
  },
  {
    title: "is content where something else inside is not known",
    resources: [
      supportBy(),
      container("aws-native:ec2:LaunchTemplate", {
        launchTemplateData: { imageId: unknownText },
      }),
    ],
  },
  {
    title: "is content where nobody may change the code",
    resources: [
      supportBy(["lambda:GetFunction"]),
      lambda({ role: unknownText }),
    ],
  },
  {
    title: "is content with a function of another account",
    resources: [supportBy(), lambda({ role: unknownText }, { provider: prod })],
  },
  {
    title:
      "is content with a task definition that is not known, but has no role",
    resources: [
      supportBy(),
      resource("aws:ecs/taskDefinition:TaskDefinition", "task", {
        family: "orders",
      }),
      resource(
        "aws:ecs/service:Service",
        "orders",
        { taskDefinition: unknownText, enableExecuteCommand: true },
        { from: { taskDefinition: ["task"] } },
      ),
    ],
  },
  {
    title: "is content where nothing but a role of no strength can be meant",
    resources: [
      supportBy(),
      strongBy("lambda", { managedPolicyArns: [] }),
      lambda({ role: unknownText }, { from: { role: ["Strong"] } }),
    ],
  },
];

const native: readonly (readonly [string, Declared["inputs"], string])[] = [
  [
    "sagemaker:UserProfile",
    { userSettings: { executionRole: strongArn } },
    "user of SageMaker Studio",
  ],
  [
    "sagemaker:Domain",
    { defaultUserSettings: { executionRole: strongArn } },
    "user of SageMaker Studio of",
  ],
  ["codebuild:Project", { serviceRole: strongArn }, "project of CodeBuild"],
  ["glue:DevEndpoint", { roleArn: strongArn }, "development endpoint of Glue"],
  [
    "sagemaker:NotebookInstance",
    { roleArn: strongArn },
    "notebook of SageMaker",
  ],
  [
    "cloudformation:StackSet",
    { administrationRoleArn: strongArn },
    "stack set",
  ],
  [
    "apprunner:Service",
    { instanceConfiguration: { instanceRoleArn: strongArn } },
    "service of App Runner",
  ],
  [
    "bedrockagentcore:CodeInterpreterCustom",
    { executionRoleArn: strongArn },
    "code interpreter of Bedrock AgentCore",
  ],
];

describe(`${rule}, of what runs with a role`, () => {
  const testAll = (rows: readonly Row[]) => {
    testRows(
      rule,
      rows.map((one) => ({ organisation, ...one })),
    );
  };
  describe("that takes commands", () => {
    testAll(commands);
  });
  describe("reached by parts of it, with ARNs of their own,", () => {
    testAll(reachedByParts);
  });
  describe("that is not known yet", () => {
    testAll(roles);
  });
  describe("in aws-native's form, which templates have as well", () => {
    testAll(
      native.map(([type, inputs, kind]) => ({
        title: `finds a ${kind}`,
        organisation: {},
        resources: [strongBy(), container(`aws-native:${type}`, inputs)],
        finds: [
          {
            resource: "Strong",
            chain: [`PowerUser of account ${dev}`, `${kind} it`, "Strong"],
          },
        ],
      })),
    );
  });
});
