import { instances, type CarrierForm } from "./carrier-forms";

const byProfile = (role: string): CarrierForm => ({
  ...instances,
  role,
  starts: true,
});
const byRole = (role: string): CarrierForm => ({
  ...byProfile(role),
  named: "role",
});

/** Source: AWS Elastic Beanstalk developer guide, "General options for all environments". */
const bySetting = (role: string): CarrierForm => ({
  ...byProfile(role),
  setting: "IamInstanceProfile",
});
const settings = bySetting("settings.value");
const optionSettings = bySetting("optionSettings.value");

/** Steps run on its instances. Source: Amazon EMR management guide, "Add steps to a cluster". */
const cluster = (role: string): readonly CarrierForm[] => [
  byProfile(role),
  {
    kind: "cluster of EMR",
    role,
    named: "instance profile",
    arn: "arn:*:elasticmapreduce:*:*:cluster/?*",
  },
];

/**
 * What starts instances that stand nowhere in a stack. Groups, fleets and instances that go by a launch
 * template, or by a launch configuration, are not here: that has the profile, and whoever makes one
 * starts instances by it, in this stack or elsewhere.
 */
export const instanceForms: ReadonlyMap<string, readonly CarrierForm[]> =
  new Map(
    Object.entries<readonly CarrierForm[]>({
      "aws:ec2/launchTemplate:LaunchTemplate": [
        byProfile("iamInstanceProfile"),
      ],
      "aws-native:ec2:LaunchTemplate": [
        byProfile("launchTemplateData.iamInstanceProfile"),
      ],
      "aws:ec2/launchConfiguration:LaunchConfiguration": [
        byProfile("iamInstanceProfile"),
      ],
      "aws-native:autoscaling:LaunchConfiguration": [
        byProfile("iamInstanceProfile"),
      ],
      "aws:ec2/spotInstanceRequest:SpotInstanceRequest": [
        byProfile("iamInstanceProfile"),
      ],
      "aws:ec2/spotFleetRequest:SpotFleetRequest": [
        byProfile("launchSpecifications.iamInstanceProfile"),
        byProfile("launchSpecifications.iamInstanceProfileArn"),
      ],
      "aws-native:ec2:SpotFleet": [
        byProfile(
          "spotFleetRequestConfigData.launchSpecifications.iamInstanceProfile",
        ),
      ],
      "aws:eks/nodeGroup:NodeGroup": [byRole("nodeRoleArn")],
      "aws-native:eks:Nodegroup": [byRole("nodeRole")],
      "aws:emr/cluster:Cluster": cluster("ec2Attributes.instanceProfile"),
      "aws-native:emr:Cluster": cluster("jobFlowRole"),
      "aws:batch/computeEnvironment:ComputeEnvironment": [
        byProfile("computeResources.instanceRole"),
      ],
      "aws-native:batch:ComputeEnvironment": [
        byProfile("computeResources.instanceRole"),
      ],
      "aws:elasticbeanstalk/environment:Environment": [settings],
      "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate": [
        settings,
      ],
      "aws-native:elasticbeanstalk:Environment": [optionSettings],
      "aws-native:elasticbeanstalk:ConfigurationTemplate": [optionSettings],
      "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration":
        [byProfile("instanceProfileName")],
      "aws-native:imagebuilder:InfrastructureConfiguration": [
        byProfile("instanceProfileName"),
      ],
    }),
  );
