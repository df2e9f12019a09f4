import { group, iam, native, resource, user } from "./resources";
import { bastionStack, testRows } from "./rows";

const rule = "bastion-holds-only-iam";
const bucket = resource("aws:s3/bucket:Bucket", "notes");

describe(rule, () => {
  testRows(rule, [
    {
      title: "finds a bucket in the bastion",
      stack: bastionStack,
      resources: [user("ada"), bucket],
      finds: [{ resource: "notes", says: ["aws:s3/bucket:Bucket"] }],
    },
    {
      title: "finds what other providers make, of which it knows nothing",
      stack: bastionStack,
      resources: [
        resource("pulumi-nodejs:dynamic:Resource", "script"),
        resource("aws-native:s3:Bucket", "notes"),
        resource("aws-native:iamx:Thing", "thing"),
      ],
      finds: [
        { resource: "script", kind: "wrong" },
        { resource: "notes", kind: "wrong" },
        { resource: "thing", kind: "wrong" },
      ],
    },
    {
      title: "lets IAM of both providers be, and what makes no resource",
      stack: bastionStack,
      resources: [
        user("ada"),
        group("bastion-users"),
        iam("AccountAlias", "acme"),
        native("Group", "operations"),
        resource("pulumi:pulumi:StackReference", "accounts"),
        { type: "pulumi:providers:aws", name: "into", isComponent: true },
        { type: "bastion:index:BastionAccount", name: "b", isComponent: true },
      ],
    },
    {
      title: "lets an alarm be: rules, topics and their keys",
      stack: bastionStack,
      resources: [
        resource("aws:cloudwatch/eventRule:EventRule", "root-used"),
        resource("aws:sns/topic:Topic", "alarm"),
        resource("aws:kms/key:Key", "alarm"),
        resource("aws-native:events:Rule", "role-taken"),
      ],
    },
    {
      title: "has nothing against a bucket anywhere else",
      resources: [bucket],
    },
  ]);
});
