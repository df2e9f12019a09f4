import { regionInput } from "../names";
import { arn } from "../problems";
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

  create: async ({ sns }, inputs) => {
    const { SubscriptionArn } = await sns("Subscribe", {
      TopicArn: text(inputs, "topic"),
      Protocol: text(inputs, "protocol"),
      Endpoint: text(inputs, "endpoint"),
      ReturnSubscriptionArn: "true",
    });
    return String(SubscriptionArn);
  },

  read: async ({ sns }, id) => {
    const { Attributes } = await sns("GetSubscriptionAttributes", {
      SubscriptionArn: id,
    });
    const live = entriesOf(Attributes);
    return {
      arn: id,
      topic: live["TopicArn"],
      protocol: live["Protocol"],
      endpoint: live["Endpoint"],
      ownerId: live["Owner"],
      pendingConfirmation: live["PendingConfirmation"] === "true",
      confirmationWasAuthenticated:
        live["ConfirmationWasAuthenticated"] === "true",
    };
  },

  remove: async ({ sns }, id) => {
    try {
      await sns("Unsubscribe", { SubscriptionArn: id });
    } catch (error) {
      // One that nobody confirmed goes by itself, after some days; the real provider leaves it, too.
      if (error instanceof Error && error.name === "InvalidParameter") return;
      throw error;
    }
  },
};
