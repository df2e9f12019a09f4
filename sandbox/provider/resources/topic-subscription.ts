import { unlessMissing } from "../errors";
import { arn } from "../problems";
import { sns, regionInput, regionOf } from "../region";
import { text } from "../properties";
import type { ResourceType } from "../resource";
import { entriesOf } from "../service-calls";

/** `aws:sns/topicSubscription:TopicSubscription`, by mail. */
export const topicSubscription: ResourceType = {
  inputs: {
    ...regionInput,
    topic: { required: true, replaces: true, problem: arn },
    protocol: { required: true, replaces: true },
    endpoint: { required: true, replaces: true },
    confirmationTimeoutInMinutes: { default: 1 },
    endpointAutoConfirms: { default: false },
    rawMessageDelivery: { default: false },
  },
  outputs: [
    "arn",
    "ownerId",
    "pendingConfirmation",
    "confirmationWasAuthenticated",
  ],
  fromId: (id) => ({ arn: id }),

  create: async (account, inputs) => {
    const { SubscriptionArn } = await sns(account, inputs)("Subscribe", {
      TopicArn: text(inputs, "topic"),
      Protocol: text(inputs, "protocol"),
      Endpoint: text(inputs, "endpoint"),
      ReturnSubscriptionArn: "true",
    });
    return { id: String(SubscriptionArn) };
  },

  read: async (account, id, state) => {
    const region = regionOf(account, state);
    const found = await unlessMissing(
      sns(account, state)("GetSubscriptionAttributes", { SubscriptionArn: id }),
    );
    if (!found) return undefined;
    const live = entriesOf(found["Attributes"]);
    return {
      arn: id,
      region,
      topic: live["TopicArn"],
      protocol: live["Protocol"],
      endpoint: live["Endpoint"],
      ownerId: live["Owner"],
      pendingConfirmation: live["PendingConfirmation"] === "true",
      confirmationWasAuthenticated:
        live["ConfirmationWasAuthenticated"] === "true",
    };
  },

  remove: async (account, id, state) => {
    try {
      await sns(account, state)("Unsubscribe", { SubscriptionArn: id });
    } catch (error) {
      // One that nobody confirmed goes by itself, after some days; the real provider leaves it, too.
      if (error instanceof Error && error.name === "InvalidParameter") return;
      throw error;
    }
  },
};
