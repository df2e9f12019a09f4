import { computedDocumentInput, documentText } from "../document-input";
import type { Tag } from "@aws-sdk/client-iam";
import { sameDocument } from "../equality";
import { unlessMissing } from "../errors";
import { fixedName } from "../names";
import { textUpTo } from "../problems";
import { sns, regionInput, regionOf } from "../region";
import { optionalText, text, type Properties } from "../properties";
import type { ConnectedAccount } from "../account";
import type { ResourceType } from "../resource";
import { entriesOf, membersOf } from "../service-calls";
import { readTags, tagInputs, tagsOf, toAwsTags, updateTags } from "../tags";

/** Inputs that SNS keeps as attributes, by its names for them. */
const attributes = {
  displayName: "DisplayName",
  kmsMasterKeyId: "KmsMasterKeyId",
} as const;

/** `Tags.member.1.Key` and so on, as SNS takes tags. */
const tagParameters = (tags: readonly Tag[]): Record<string, string> =>
  Object.fromEntries(
    tags.flatMap(({ Key = "", Value = "" }, index) => [
      [`Tags.member.${index + 1}.Key`, Key],
      [`Tags.member.${index + 1}.Value`, Value],
    ]),
  );

const tagsIn = (list: unknown): readonly Tag[] =>
  membersOf(list).map(({ Key, Value }) => ({
    Key: String(Key),
    Value: String(Value),
  }));

const set = (
  account: ConnectedAccount,
  topic: string,
  properties: Properties,
  name: string,
  value: string,
) =>
  sns(account, properties)("SetTopicAttributes", {
    TopicArn: topic,
    AttributeName: name,
    AttributeValue: value,
  });

/** `aws:sns/topic:Topic` */
export const topic: ResourceType = {
  inputs: {
    ...fixedName(256),
    ...regionInput,
    displayName: { problem: textUpTo(100) },
    kmsMasterKeyId: {},
    policy: computedDocumentInput,
    fifoTopic: { default: false, replaces: true },
    contentBasedDeduplication: { default: false },
    ...tagInputs,
  },
  outputs: ["arn", "owner"],
  longestName: 256,
  fromId: (arn) => ({ arn }),

  create: async (account, inputs) => {
    const { TopicArn } = await sns(account, inputs)("CreateTopic", {
      Name: text(inputs, "name"),
      ...tagParameters(toAwsTags(tagsOf(inputs, "tagsAll"))),
    });
    return { id: String(TopicArn) };
  },

  finish: async (account, id, inputs) => {
    for (const [input, name] of Object.entries(attributes)) {
      const value = optionalText(inputs, input);
      if (value !== undefined) await set(account, id, inputs, name, value);
    }
    if (inputs["policy"] !== undefined) {
      const policy = documentText(inputs["policy"]);
      await set(account, id, inputs, "Policy", policy);
    }
  },

  read: async (account, id, state) => {
    const region = regionOf(account, state);
    const found = await unlessMissing(
      sns(account, state)("GetTopicAttributes", { TopicArn: id }),
    );
    if (!found) return undefined;
    const live = entriesOf(found["Attributes"]);
    const { Tags } = await sns(account, state)("ListTagsForResource", {
      ResourceArn: id,
    });
    return {
      arn: id,
      name: id.split(":").at(-1),
      region,
      owner: live["Owner"],
      displayName: live["DisplayName"],
      kmsMasterKeyId: live["KmsMasterKeyId"],
      policy: live["Policy"],
      ...readTags(account, state, tagsIn(Tags)),
    };
  },

  update: async (account, id, olds, news) => {
    for (const [input, name] of Object.entries(attributes)) {
      const value = optionalText(news, input) ?? "";
      if (value === (optionalText(olds, input) ?? "")) continue;
      await set(account, id, news, name, value);
    }
    const policy = news["policy"];
    if (policy !== undefined && !sameDocument(olds["policy"], policy)) {
      await set(account, id, news, "Policy", documentText(policy));
    }
    await updateTags(olds, news, {
      tag: (tags) =>
        sns(account, news)("TagResource", {
          ResourceArn: id,
          ...tagParameters(tags),
        }),
      untag: (keys) =>
        sns(account, news)("UntagResource", {
          ResourceArn: id,
          ...Object.fromEntries(
            keys.map((key, index) => [`TagKeys.member.${index + 1}`, key]),
          ),
        }),
    });
  },

  remove: async (account, id, state) => {
    await sns(account, state)("DeleteTopic", { TopicArn: id });
  },
};
