import { documentInput } from "../document-input";
import { regionInput } from "../names";
import { arn } from "../problems";
import { text } from "../properties";
import type { ResourceType, Work } from "../resource";
import { setTopicAttribute, topicAttributes } from "./topic";

const put = (work: Work) => {
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

  create: put,

  find: topicAttributes,

  update: put,

  // SNS writes what a new topic has in the place of an empty one.
  remove: (work) => setTopicAttribute(work, work.id, "Policy", ""),
};
