import { wrong } from "../findings/finding";
import { isSingleAccount } from "../organisation/organisation";
import { stackOf } from "../resources/resource";
import { isBastionStack, type Rule } from "./rule";

export const bastionHoldsOnlyIam: Rule = {
  name: "bastion-holds-only-iam",
  title: "The bastion holds nothing but IAM",
  description:
    "A bastion account of its own holds users and their groups: any other resource is something to attack it by.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy: "Move the resource into a workload account, and its stack.",
  judgeResource(resource, organisation) {
    const { type, urn, provider } = resource;
    if (/^(pulumi:|aws:iam\/|aws-native:iam:)/.test(type)) return [];
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
