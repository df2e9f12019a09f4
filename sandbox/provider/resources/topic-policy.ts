import { documentInput, documentText } from "../document-input";
import { unlessMissing } from "../errors";
import { arn } from "../problems";
import { sns, regionInput, regionOf } from "../region";
import { text, type Properties } from "../properties";
import type { ConnectedAccount } from "../account";
import type { ResourceType } from "../resource";
import { entriesOf } from "../service-calls";

const put = (
  account: ConnectedAccount,
  properties: Properties,
  policy: string,
) =>
  sns(account, properties)("SetTopicAttributes", {
    TopicArn: text(properties, "arn"),
    AttributeName: "Policy",
    AttributeValue: policy,
  });

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

  create: async (account, inputs) => {
    await put(account, inputs, documentText(inputs["policy"]));
    return { id: text(inputs, "arn") };
  },

  read: async (account, id, state) => {
    const region = regionOf(account, state);
    const found = await unlessMissing(
      sns(account, state)("GetTopicAttributes", { TopicArn: id }),
    );
    if (!found) return undefined;
    const { Policy, Owner } = entriesOf(found["Attributes"]);
    return { arn: id, region, policy: Policy, owner: Owner };
  },

  update: async (account, _id, _olds, news) => {
    await put(account, news, documentText(news["policy"]));
  },

  remove: async (account, id, state) => {
    const { accountId } = account;
    await put(account, { ...state, arn: id }, usualPolicy(id, accountId));
  },
};
