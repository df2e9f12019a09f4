/** What a property may name: a role, or what has one. */
export type Named = "role" | "instance profile" | "task definition";

/** How a type of resource runs with a role. */
export interface CarrierForm {
  /** In the words of the escalation paths. */
  readonly kind: string;
  /** The property that names the role, or what has it; with points, one inside, in each entry of a list. */
  readonly role: string;
  /** Of a list of settings, the one that counts, by its name. */
  readonly setting?: string;
  /** Left out: the role itself. */
  readonly named?: Named;
  /** What its ARN looks like. */
  readonly arn: string;
  /** Whether the ARN ends in a revision, which a request may leave out. */
  readonly hasRevisions?: true;
  /** Whether it is what the resource starts, whose ARN and tags are its own. */
  readonly starts?: true;
  /** What it is as well, in these words, where a property is true. */
  readonly where?: { readonly property: string; readonly kind: string };
}

const functions: CarrierForm = {
  kind: "function",
  role: "role",
  arn: "arn:*:lambda:*:*:function:{name}",
};
export const instances: CarrierForm = {
  kind: "instance",
  role: "iamInstanceProfile",
  named: "instance profile",
  arn: "arn:*:ec2:*:*:instance/?*",
};
const launchTemplates: CarrierForm = {
  kind: "launch template",
  role: "iamInstanceProfile",
  named: "instance profile",
  arn: "arn:*:ec2:*:*:launch-template/?*",
};
const stacks: CarrierForm = {
  kind: "stack of CloudFormation",
  role: "iamRoleArn",
  arn: "arn:*:cloudformation:*:*:stack/?*",
};
const stateMachines: CarrierForm = {
  kind: "state machine",
  role: "roleArn",
  arn: "arn:*:states:*:*:stateMachine:{name}",
};
const projects: CarrierForm = {
  kind: "project of CodeBuild",
  role: "serviceRole",
  arn: "arn:*:codebuild:*:*:project/{name}",
};
const endpoints: CarrierForm = {
  kind: "development endpoint of Glue",
  role: "roleArn",
  arn: "arn:*:glue:*:*:devEndpoint/{name}",
};
const notebooks: CarrierForm = {
  kind: "notebook of SageMaker",
  role: "roleArn",
  arn: "arn:*:sagemaker:*:*:notebook-instance/{name}",
};
const studioUsers: CarrierForm = {
  kind: "user of SageMaker Studio",
  role: "userSettings.executionRole",
  arn: "arn:*:sagemaker:*:*:user-profile/?*",
};
/** Of users that say no role of their own. */
const studios: CarrierForm = {
  ...studioUsers,
  role: "defaultUserSettings.executionRole",
  starts: true,
};
const stackSets: CarrierForm = {
  kind: "stack set",
  role: "administrationRoleArn",
  arn: "arn:*:cloudformation:*:*:stackset/?*",
};
const appServices: CarrierForm = {
  kind: "service of App Runner",
  role: "instanceConfiguration.instanceRoleArn",
  arn: "arn:*:apprunner:*:*:service/?*",
};
const interpreters: CarrierForm = {
  kind: "code interpreter of Bedrock AgentCore",
  role: "executionRoleArn",
  arn: "arn:*:bedrock-agentcore:*:*:code-interpreter-custom/?*",
};
const runtimes: CarrierForm = {
  kind: "runtime of Bedrock AgentCore",
  role: "roleArn",
  arn: "arn:*:bedrock-agentcore:*:*:runtime/?*",
};
/** A harness makes a runtime, which is not in the stack. */
const harnesses: CarrierForm = {
  ...runtimes,
  role: "executionRoleArn",
  starts: true,
};
const browsers: CarrierForm = {
  kind: "browser of Bedrock AgentCore",
  role: "executionRoleArn",
  arn: "arn:*:bedrock-agentcore:*:*:browser-custom/?*",
};
const containerServices: CarrierForm = {
  kind: "service of ECS",
  role: "taskDefinition",
  named: "task definition",
  arn: "arn:*:ecs:*:*:service/?*",
  where: {
    property: "enableExecuteCommand",
    kind: "service of ECS that takes commands",
  },
};
const profiles: CarrierForm = {
  kind: "profile of Roles Anywhere",
  role: "roleArns",
  arn: "arn:*:rolesanywhere:*:*:profile/?*",
};
const amplifyApps: CarrierForm = {
  kind: "app of Amplify",
  role: "iamServiceRoleArn",
  arn: "arn:*:amplify:*:*:apps/?*",
};
const flinkApplications: CarrierForm = {
  kind: "application of Managed Service for Apache Flink",
  role: "serviceExecutionRole",
  arn: "arn:*:kinesisanalytics:*:*:application/{name}",
};
/** Whoever has a certificate with a policy for it has the role. */
const roleAliases: CarrierForm = {
  kind: "role alias of IoT",
  role: "roleArn",
  arn: "arn:*:iot:*:*:rolealias/?*",
};

/** Source: AWS Systems Manager user guide, "Create a hybrid activation to register nodes". */
const activations: CarrierForm = {
  kind: "managed node of Systems Manager",
  role: "iamRole",
  arn: "arn:*:ssm:*:*:managed-instance/?*",
  starts: true,
};

/** Of Amazon Q Developer in chat applications. */
export const chatChannelTypes = [
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration",
  "aws-native:chatbot:MicrosoftTeamsChannelConfiguration",
  "aws-native:chatbot:SlackChannelConfiguration",
];
const chatChannels: CarrierForm = {
  kind: "chat channel",
  role: "iamRoleArn",
  arn: "arn:*:chatbot::*:chat-configuration/?*",
};

/**
 * What stands in a template has the types of `aws-native`. Source: AWS documentation, "Service
 * Authorization Reference", the resource types of each service.
 */
export const carrierForms: ReadonlyMap<string, CarrierForm> = new Map(
  Object.entries<CarrierForm>({
    "aws:lambda/function:Function": functions,
    "aws-native:lambda:Function": functions,
    "aws:ec2/instance:Instance": instances,
    "aws-native:ec2:Instance": instances,
    "aws:ec2/launchTemplate:LaunchTemplate": launchTemplates,
    "aws-native:ec2:LaunchTemplate": {
      ...launchTemplates,
      role: "launchTemplateData.iamInstanceProfile",
    },
    "aws:codebuild/project:Project": projects,
    "aws-native:codebuild:Project": projects,
    "aws:glue/devEndpoint:DevEndpoint": endpoints,
    "aws-native:glue:DevEndpoint": endpoints,
    "aws:sagemaker/notebookInstance:NotebookInstance": notebooks,
    "aws-native:sagemaker:NotebookInstance": notebooks,
    "aws:sagemaker/userProfile:UserProfile": studioUsers,
    "aws-native:sagemaker:UserProfile": studioUsers,
    "aws:sagemaker/domain:Domain": studios,
    "aws-native:sagemaker:Domain": studios,
    "aws:cloudformation/stack:Stack": stacks,
    "aws-native:cloudformation:Stack": { ...stacks, role: "roleArn" },
    "aws:cloudformation/stackSet:StackSet": stackSets,
    "aws-native:cloudformation:StackSet": stackSets,
    "aws:sfn/stateMachine:StateMachine": stateMachines,
    "aws-native:stepfunctions:StateMachine": stateMachines,
    "aws:rolesanywhere/profile:Profile": profiles,
    "aws-native:rolesanywhere:Profile": profiles,
    "aws:apprunner/service:Service": appServices,
    "aws-native:apprunner:Service": appServices,
    "aws:bedrock/agentcoreCodeInterpreter:AgentcoreCodeInterpreter":
      interpreters,
    "aws-native:bedrockagentcore:CodeInterpreterCustom": interpreters,
    "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": runtimes,
    "aws-native:bedrockagentcore:Runtime": runtimes,
    "aws:bedrock/agentcoreHarness:AgentcoreHarness": harnesses,
    "aws-native:bedrockagentcore:Harness": harnesses,
    "aws:bedrock/agentcoreBrowser:AgentcoreBrowser": browsers,
    "aws-native:bedrockagentcore:BrowserCustom": browsers,
    ...Object.fromEntries(chatChannelTypes.map((type) => [type, chatChannels])),
    "aws:ecs/service:Service": containerServices,
    "aws:ssm/activation:Activation": activations,
    "aws-native:ecs:Service": containerServices,
    "aws:amplify/app:App": amplifyApps,
    "aws-native:amplify:App": { ...amplifyApps, role: "iamServiceRole" },
    "aws:kinesisanalyticsv2/application:Application": flinkApplications,
    "aws-native:kinesisanalyticsv2:Application": flinkApplications,
    "aws:iot/roleAlias:RoleAlias": roleAliases,
    "aws-native:iot:RoleAlias": roleAliases,
  }),
);

interface RoleSourceForm {
  readonly kind: Named;
  readonly role: string;
}

const taskDefinitions: RoleSourceForm = {
  kind: "task definition",
  role: "taskRoleArn",
};

/** What has a role that others run with, and the property that names it. */
export const roleSourceForms: ReadonlyMap<string, RoleSourceForm> = new Map(
  Object.entries<RoleSourceForm>({
    "aws:iam/instanceProfile:InstanceProfile": {
      kind: "instance profile",
      role: "role",
    },
    "aws-native:iam:InstanceProfile": {
      kind: "instance profile",
      role: "roles",
    },
    "aws:ecs/taskDefinition:TaskDefinition": taskDefinitions,
    "aws-native:ecs:TaskDefinition": taskDefinitions,
  }),
);
