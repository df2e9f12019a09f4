import { regionInput } from "../names";
import { arn } from "../problems";
import { text } from "../properties";
import type { ResourceType } from "../resource";
import { entriesOf } from "../service-calls";

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
