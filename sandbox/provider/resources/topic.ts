import type { Tag } from "@aws-sdk/client-iam";
import type { Clients } from "../account";
import { computedDocumentInput, documentText } from "../document-input";
import { fixedName, regionInput } from "../names";
import { textUpTo } from "../problems";
import { text } from "../properties";
import type { Input, ResourceType } from "../resource";
import { entriesOf, membersOf } from "../service-calls";
import { newTags, tagInputs } from "../tags";

export const setTopicAttribute = (
  { sns }: Clients,
  TopicArn: string,
  AttributeName: string,
  AttributeValue: string,
) => sns("SetTopicAttributes", { TopicArn, AttributeName, AttributeValue });

export async function topicAttributes({ sns }: Clients, TopicArn: string) {
  const { Attributes } = await sns("GetTopicAttributes", { TopicArn });
  return entriesOf(Attributes);
}

/** An input that SNS keeps as an attribute, by its name for it. */
const attribute = (input: string, name: string): Input => ({
  afterCreation: true,
  update: (clients, id, news) =>
    setTopicAttribute(clients, id, name, documentText(news[input] ?? "")),
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
    ...fixedName(256),
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
  outputs: ["arn", "owner"],
  fromId: (arn) => ({ arn }),

  create: async ({ sns }, inputs) => {
    const { TopicArn } = await sns("CreateTopic", {
      Name: text(inputs, "name"),
      ...tagParameters(newTags(inputs)),
    });
    return String(TopicArn);
  },

  read: async (clients, id) => {
    const live = await topicAttributes(clients, id);
    const { Tags } = await clients.sns("ListTagsForResource", {
      ResourceArn: id,
    });
    return {
      arn: id,
      name: id.split(":").at(-1),
      owner: live["Owner"],
      displayName: live["DisplayName"],
      kmsMasterKeyId: live["KmsMasterKeyId"],
      policy: live["Policy"],
      tags: membersOf(Tags).map(({ Key, Value }) => ({
        Key: String(Key),
        Value: String(Value),
      })),
    };
  },

  tags: {
    set: ({ sns }, ResourceArn, tags) =>
      sns("TagResource", { ResourceArn, ...tagParameters(tags) }),
    remove: ({ sns }, ResourceArn, keys) =>
      sns("UntagResource", {
        ResourceArn,
        ...Object.fromEntries(
          keys.map((key, index) => [`TagKeys.member.${index + 1}`, key]),
        ),
      }),
  },

  remove: ({ sns }, id) => sns("DeleteTopic", { TopicArn: id }),
};
