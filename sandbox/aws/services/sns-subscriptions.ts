import { randomUUID } from "node:crypto";
import { sendMail } from "../mail";
import type { Call, Result } from "../operation";
import {
  found,
  invalid,
  pairs,
  topicArnOf,
  topicAt,
  type Subscription,
  type Topic,
} from "./sns-topics";

function subscriptionOf(call: Call): Subscription {
  const arn = call.parameters.required("SubscriptionArn");
  const topic = topicAt(call, topicArnOf(arn));
  return found(topic?.subscriptions.get(arn), "Subscription");
}

/** The first mail asks for leave; what is sent to the topic goes only to those who gave it. */
export function subscribe(
  topic: Topic,
  { account, cloud, parameters }: Call,
): Result {
  const protocol = parameters.required("Protocol");
  const endpoint = parameters.required("Endpoint");
  if (protocol !== "email") {
    throw invalid(`Protocol ${protocol}: the sandbox knows email alone`);
  }
  if (!/^[^@\s]+@[^@\s]+$/.test(endpoint)) throw invalid("Email address");
  const known = [...topic.subscriptions.values()].find(
    (one) => one.endpoint === endpoint,
  );
  const one = known ?? {
    arn: `${topic.arn}:${randomUUID()}`,
    owner: account.id,
    protocol,
    endpoint,
    isConfirmed: false,
  };
  topic.subscriptions.set(one.arn, one);
  if (!one.isConfirmed) {
    sendMail(cloud, endpoint, {
      topic: topic.arn,
      subject: "AWS Notification - Subscription Confirmation",
      text: `You have chosen to subscribe to the topic: ${topic.arn}`,
      asksFor: one,
    });
  }
  const tells = parameters.flag("ReturnSubscriptionArn") || one.isConfirmed;
  return { SubscriptionArn: tells ? one.arn : "pending confirmation" };
}

export function unsubscribe(call: Call): void {
  const { arn, isConfirmed } = subscriptionOf(call);
  if (!isConfirmed)
    throw invalid(
      "SubscriptionArn: a subscription that waits for its confirmation can't be ended",
    );
  topicAt(call, topicArnOf(arn))?.subscriptions.delete(arn);
}

export function subscriptionAttributes(call: Call): Result {
  const { arn, owner, protocol, endpoint, isConfirmed } = subscriptionOf(call);
  return {
    Attributes: pairs({
      SubscriptionArn: arn,
      TopicArn: topicArnOf(arn),
      Owner: owner,
      Protocol: protocol,
      Endpoint: endpoint,
      PendingConfirmation: String(!isConfirmed),
      ConfirmationWasAuthenticated: "false",
      RawMessageDelivery: "false",
    }),
  };
}
