import { documentInput, documentText } from "../document-input";
import { regionInput } from "../names";
import { arn } from "../problems";
import { text } from "../properties";
import type { ResourceType } from "../resource";
import { setTopicAttribute, topicAttributes } from "./topic";

/** As SNS writes it for a new topic: what the real provider leaves behind as well. */
const usualPolicy = (topic: string, owner: string): string =>
  JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["SNS:GetTopicAttributes", "SNS:Publish", "SNS:Subscribe"],
        Resource: topic,
        Condition: { StringEquals: { "AWS:SourceOwner": owner } },
      },
    ],
  });

/** `aws:sns/topicPolicy:TopicPolicy`: in the place of the policy that SNS gives a topic. */
export const topicPolicy: ResourceType = {
  inputs: {
    ...regionInput,
    arn: { required: true, replaces: true, problem: arn },
    policy: documentInput,
  },
  outputs: ["owner"],
  fromId: (id) => ({ arn: id }),

  create: async (clients, inputs) => {
    const topic = text(inputs, "arn");
    const policy = documentText(inputs["policy"]);
    await setTopicAttribute(clients, topic, "Policy", policy);
    return topic;
  },

  read: async (clients, id) => {
    const { Policy, Owner } = await topicAttributes(clients, id);
    return { policy: Policy, owner: Owner };
  },

  update: (clients, id, { policy }) =>
    setTopicAttribute(clients, id, "Policy", documentText(policy)),

  remove: (clients, id) =>
    setTopicAttribute(
      clients,
      id,
      "Policy",
      usualPolicy(id, clients.accountId),
    ),
};
