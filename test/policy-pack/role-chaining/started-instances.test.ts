import { unknownText, type Declared } from "../pack";
import { allow, dev, json, trusts } from "../rules/documents";
import { iam, resource, role } from "../rules/resources";
import { testRows, type Row } from "../rules/rows";
import { strong, strongArn, support } from "./roles";

const rule = "no-escalation-by-role-chaining";
const organisation = { powerRoles: [] };

const profileArn = `arn:aws:iam::${dev}:instance-profile/web`;
const supportOn = (condition?: object): Declared =>
  support(
    allow("ssm:StartSession", "*", condition && { Condition: condition }),
  );
const ofInstances = strong(trusts({ Service: "ec2.amazonaws.com" }));
const weak = role("Weak", {
  assumeRolePolicy: json(trusts({ Service: "ec2.amazonaws.com" })),
});
const profileOf = (of: string): Declared =>
  iam("InstanceProfile", "web", { name: "web", role: of });
const starting = (type: string, inputs: Declared["inputs"], more = {}) =>
  resource(type, "it", inputs, more);

const inLaunchConfiguration = "aws:autoscaling:launchconfiguration";
const beanstalk = (name: string, value: unknown, nameKey = "name") => [
  { namespace: inLaunchConfiguration, [nameKey]: "InstanceType", value: "t3" },
  { namespace: inLaunchConfiguration, [nameKey]: name, value },
];

/** By the type of the provider, what it says of its instances' profile or role. */
const forms: readonly (readonly [string, Declared["inputs"]])[] = [
  [
    "aws:ec2/launchTemplate:LaunchTemplate",
    { iamInstanceProfile: { name: "web" } },
  ],
  [
    "aws-native:ec2:LaunchTemplate",
    { launchTemplateData: { iamInstanceProfile: { arn: profileArn } } },
  ],
  [
    "aws:ec2/launchConfiguration:LaunchConfiguration",
    { iamInstanceProfile: "web" },
  ],
  [
    "aws-native:autoscaling:LaunchConfiguration",
    { iamInstanceProfile: profileArn },
  ],
  [
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    { iamInstanceProfile: "web" },
  ],
  [
    "aws:ec2/spotFleetRequest:SpotFleetRequest",
    { launchSpecifications: [{ ami: "a" }, { iamInstanceProfile: "web" }] },
  ],
  [
    "aws:ec2/spotFleetRequest:SpotFleetRequest",
    { launchSpecifications: [{ iamInstanceProfileArn: profileArn }] },
  ],
  [
    "aws-native:ec2:SpotFleet",
    {
      spotFleetRequestConfigData: {
        launchSpecifications: [{ iamInstanceProfile: { arn: profileArn } }],
      },
    },
  ],
  ["aws:eks/nodeGroup:NodeGroup", { nodeRoleArn: strongArn }],
  ["aws-native:eks:Nodegroup", { nodeRole: strongArn }],
  ["aws:emr/cluster:Cluster", { ec2Attributes: { instanceProfile: "web" } }],
  ["aws-native:emr:Cluster", { jobFlowRole: "web" }],
  [
    "aws:batch/computeEnvironment:ComputeEnvironment",
    { computeResources: { instanceRole: profileArn } },
  ],
  [
    "aws-native:batch:ComputeEnvironment",
    { computeResources: { instanceRole: "web" } },
  ],
  [
    "aws:elasticbeanstalk/environment:Environment",
    { settings: beanstalk("IamInstanceProfile", "web") },
  ],
  [
    "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate",
    { settings: beanstalk("IamInstanceProfile", profileArn) },
  ],
  [
    "aws-native:elasticbeanstalk:Environment",
    { optionSettings: beanstalk("IamInstanceProfile", "web", "optionName") },
  ],
  [
    "aws-native:elasticbeanstalk:ConfigurationTemplate",
    { optionSettings: beanstalk("IamInstanceProfile", "web", "optionName") },
  ],
  [
    "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
    { instanceProfileName: "web" },
  ],
  [
    "aws-native:imagebuilder:InfrastructureConfiguration",
    { instanceProfileName: "web" },
  ],
];

const chain = ["Support", "instance of it", "Strong"];
const found: Row["finds"] = [{ resource: "Strong", chain, strength: 3 }];
const settingsOf = (name: string, value: unknown) =>
  starting("aws:elasticbeanstalk/environment:Environment", {
    settings: beanstalk(name, value),
  });

const rows: readonly Row[] = [
  ...forms.flatMap(([type, inputs]): readonly Row[] => [
    {
      title: `finds them by ${type} ${JSON.stringify(inputs)}`,
      resources: [
        supportOn(),
        ofInstances,
        profileOf("Strong"),
        starting(type, inputs),
      ],
      finds: found,
    },
    {
      title: `is content where ${type} names another role`,
      resources: [
        supportOn(),
        ofInstances,
        weak,
        profileOf("Weak"),
        starting(
          type,
          JSON.parse(
            JSON.stringify(inputs).replaceAll("role/Strong", "role/Weak"),
          ) as Declared["inputs"],
        ),
      ],
    },
  ]),
  {
    title: "finds those of a template in CloudFormation",
    resources: [
      supportOn(),
      ofInstances,
      profileOf("Strong"),
      resource("aws:cloudformation/stack:Stack", "deploy", {
        templateBody: JSON.stringify({
          Resources: {
            Nodes: {
              Type: "AWS::EKS::Nodegroup",
              Properties: { NodeRole: strongArn },
            },
          },
        }),
      }),
    ],
    finds: [
      {
        resource: "Strong",
        chain: ["Support", "instance of deploy.Nodes", "Strong"],
      },
    ],
  },
  {
    title: "takes no other setting for the profile",
    resources: [
      supportOn(),
      ofInstances,
      profileOf("Strong"),
      settingsOf("EC2KeyName", "web"),
    ],
  },
  {
    title: "says that a setting is not known that is the profile",
    resources: [supportOn(), settingsOf("IamInstanceProfile", unknownText)],
    finds: [{ resource: "", kind: "unknown", field: "settings.1.value" }],
  },
  {
    title: "is content where another setting is not known",
    resources: [supportOn(), settingsOf("EC2KeyName", unknownText)],
  },
  {
    title: "takes the role that another setting comes from for no profile",
    resources: [
      supportOn(),
      ofInstances,
      weak,
      profileOf("Weak"),
      starting(
        "aws:elasticbeanstalk/environment:Environment",
        {
          settings: [
            ...beanstalk("IamInstanceProfile", unknownText),
            { name: "ServiceRole", value: unknownText },
          ],
        },
        { from: { settings: ["web", "Strong"] } },
      ),
    ],
  },
  {
    title: "is undecided where it depends on tags, which do not show",
    resources: [
      supportOn({ StringEquals: { "ssm:resourceTag/Team": "orders" } }),
      ofInstances,
      profileOf("Strong"),
      starting("aws:ec2/launchConfiguration:LaunchConfiguration", {
        iamInstanceProfile: "web",
      }),
    ],
    finds: [
      {
        resource: "Strong",
        kind: "undecided",
        chain,
        says: ["ssm:StartSession is allowed by tags"],
      },
    ],
  },
];

describe(`${rule}, by instances that no stack has`, () => {
  testRows(
    rule,
    rows.map((one) => ({ organisation, ...one })),
  );
});
