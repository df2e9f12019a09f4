import { wrong } from "../findings/finding";
import { isSingleAccount } from "../organisation/organisation";
import { stackOf } from "../resources/resource";
import { isBastionStack, type Rule } from "./rule";

/** What tells of events, by mail: rules of EventBridge, topics, and the keys that encrypt these. */
const ofAlarms: readonly string[] = [
  "aws:cloudwatch/eventRule:EventRule",
  "aws:cloudwatch/eventTarget:EventTarget",
  "aws:kms/alias:Alias",
  "aws:kms/key:Key",
  "aws:sns/topic:Topic",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sns/topicSubscription:TopicSubscription",
  "aws-native:events:Rule",
  "aws-native:kms:Alias",
  "aws-native:kms:Key",
  "aws-native:sns:Topic",
  "aws-native:sns:TopicPolicy",
  "aws-native:sns:Subscription",
];

export const bastionHoldsOnlyIam: Rule = {
  name: "bastion-holds-only-iam",
  title: "The bastion holds nothing but IAM and its alarm",
  description:
    "A bastion account of its own holds users and their groups: any other resource is something to attack it by.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy: "Move the resource into a workload account, and its stack.",
  judgeResource(resource, organisation) {
    const { type, urn, provider } = resource;
    if (/^(pulumi:|aws:iam\/|aws-native:iam:)/.test(type)) return [];
    if (ofAlarms.includes(type)) return [];
    if (!isBastionStack(stackOf(urn), organisation)) return [];
    // There is no other account to move it into.
    if (isSingleAccount(organisation)) return [];
    // A component makes nothing by itself: what it holds is judged one by one. A template is found once.
    if (provider === undefined || resource.within !== undefined) return [];
    return [
      wrong(
        resource,
        `A resource of type ${type} stands in the bastion.`,
        "move it into a workload account; if this stack builds no bastion, take it out of the config's bastionStacks.",
      ),
    ];
  },
};
