import type { Tag } from "@aws-sdk/client-iam";
import {
  computedDocumentInput,
  documentInput,
  documentText,
} from "../document-input";
import { fixedName, regionInput } from "../names";
import { arn, textUpTo } from "../problems";
import { text } from "../properties";
import type { Input, ResourceType, Work } from "../resource";
import { entriesOf, membersOf } from "../service-calls";
import { newTags, tagInputs } from "../tags";

async function setTopicAttribute(
  { sns }: Work,
  TopicArn: string,
  AttributeName: string,
  AttributeValue: string,
) {
  const parameters = { TopicArn, AttributeName, AttributeValue };
  await sns("SetTopicAttributes", parameters);
  return {};
}

async function topicAttributes({ sns, id }: Work) {
  const { Attributes } = await sns("GetTopicAttributes", { TopicArn: id });
  return entriesOf(Attributes);
}

/** An input that SNS keeps as an attribute, by its name for it. */
const attribute = (input: string, aws: string): Input => ({
  aws,
  afterCreation: true,
  update: (work) =>
    setTopicAttribute(
      work,
      work.id,
      aws,
      documentText(work.properties[input] ?? ""),
    ),
});

/** `Tags.member.1.Key` and so on, as SNS takes tags. */
const tagParameters = (tags: readonly Tag[]): Record<string, string> =>
  Object.fromEntries(
    tags.flatMap(({ Key = "", Value = "" }, index) => [
      [`Tags.member.${index + 1}.Key`, Key],
      [`Tags.member.${index + 1}.Value`, Value],
    ]),
  );

/** `aws:sns/topic:Topic` */
export const topic: ResourceType = {
  inputs: {
    ...fixedName(256, "Name"),
    ...regionInput,
    displayName: {
      problem: textUpTo(100),
      ...attribute("displayName", "DisplayName"),
    },
    kmsMasterKeyId: attribute("kmsMasterKeyId", "KmsMasterKeyId"),
    policy: { ...computedDocumentInput, ...attribute("policy", "Policy") },
    fifoTopic: { default: false, replaces: true },
    contentBasedDeduplication: { default: false },
    ...tagInputs,
  },
  outputs: { arn: "TopicArn", owner: "Owner" },
  id: "arn",

  create: ({ sns, properties }) =>
    sns("CreateTopic", {
      Name: text(properties, "name"),
      ...tagParameters(newTags(properties)),
    }),

  find: topicAttributes,

  details: async ({ sns, id }) => {
    const { Tags } = await sns("ListTagsForResource", { ResourceArn: id });
    const tags = membersOf(Tags).map(({ Key, Value }) => ({
      Key: String(Key),
      Value: String(Value),
    }));
    return { Name: id.split(":").at(-1), Tags: tags };
  },

  tags: {
    set: ({ sns, id }, tags) =>
      sns("TagResource", { ResourceArn: id, ...tagParameters(tags) }),
    remove: ({ sns, id }, keys) =>
      sns("UntagResource", {
        ResourceArn: id,
        ...Object.fromEntries(
          keys.map((key, index) => [`TagKeys.member.${index + 1}`, key]),
        ),
      }),
  },

  remove: ({ sns, id }) => sns("DeleteTopic", { TopicArn: id }),
};

const putPolicy = (work: Work) => {
  const topic = text(work.properties, "arn");
  const policy = text(work.properties, "policy");
  return setTopicAttribute(work, topic, "Policy", policy);
};

/** `aws:sns/topicPolicy:TopicPolicy`: in the place of the policy that SNS gives a topic. */
export const topicPolicy: ResourceType = {
  inputs: {
    ...regionInput,
    arn: { required: true, replaces: true, problem: arn },
    policy: { ...documentInput, aws: "Policy" },
  },
  outputs: { owner: "Owner" },
  id: "arn",

  create: putPolicy,

  find: topicAttributes,

  update: putPolicy,

  // SNS writes what a new topic has in the place of an empty one.
  remove: (work) => setTopicAttribute(work, work.id, "Policy", ""),
};

const isTrue = (attribute: unknown): boolean => attribute === "true";

/** `aws:sns/topicSubscription:TopicSubscription`, by mail. */
export const topicSubscription: ResourceType = {
  inputs: {
    ...regionInput,
    topic: { aws: "TopicArn", required: true, replaces: true, problem: arn },
    protocol: { aws: "Protocol", required: true, replaces: true },
    endpoint: { aws: "Endpoint", required: true, replaces: true },
    confirmationTimeoutInMinutes: { default: 1 },
    endpointAutoConfirms: { default: false },
    rawMessageDelivery: { default: false },
  },
  outputs: {
    arn: "SubscriptionArn",
    ownerId: "Owner",
    pendingConfirmation: null,
    confirmationWasAuthenticated: null,
  },
  id: "arn",

  create: ({ sns, properties }) =>
    sns("Subscribe", {
      TopicArn: text(properties, "topic"),
      Protocol: text(properties, "protocol"),
      Endpoint: text(properties, "endpoint"),
      ReturnSubscriptionArn: "true",
    }),

  find: async ({ sns, id }) => {
    const { Attributes } = await sns("GetSubscriptionAttributes", {
      SubscriptionArn: id,
    });
    const live = entriesOf(Attributes);
    return {
      ...live,
      pendingConfirmation: isTrue(live["PendingConfirmation"]),
      confirmationWasAuthenticated: isTrue(
        live["ConfirmationWasAuthenticated"],
      ),
    };
  },

  remove: async ({ sns, id }) => {
    try {
      await sns("Unsubscribe", { SubscriptionArn: id });
    } catch (error) {
      // One that nobody confirmed goes by itself, after some days; the real provider leaves it, too.
      if (error instanceof Error && error.name === "InvalidParameter") return;
      throw error;
    }
  },
};
