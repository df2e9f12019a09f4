import type { Call, ContextKeys, Operation } from "../operation";
import { requestTags, resourceTags } from "../tags";
import { invalid, topicArnOf, topicAt, type Topic } from "./sns-topics";

/** What a request asks to send, and where to. */
function subscriptionKeys({ parameters }: Call): ContextKeys {
  const asked = ["Endpoint", "Protocol"].filter((name) => parameters.has(name));
  return Object.fromEntries(
    asked.map((name) => [`sns:${name}`, parameters.required(name)]),
  );
}

/** What an action on a topic is decided on; the topic's own policy may allow or deny it. */
export function aboutTopic(member: string): Omit<Operation, "run"> {
  const arnIn = ({ parameters }: Call): string => {
    const arn = parameters.required(member);
    const elements = arn.split(":").length;
    if (elements >= 6) return topicArnOf(arn);
    // As SNS answers, which its users quote (crossplane-contrib/provider-upjet-aws#935).
    throw invalid(
      `${member} Reason: An ARN must have at least 6 elements, not ${elements}`,
    );
  };
  const topicIn = (call: Call): Topic | undefined => topicAt(call, arnIn(call));
  return {
    resource: arnIn,
    context: (call) => ({
      ...requestTags(call),
      ...resourceTags(topicIn(call)?.tags),
      ...subscriptionKeys(call),
    }),
    resourcePolicy: (call) => topicIn(call)?.policy,
  };
}
