import { accountOf } from "../arn";
import { parseResourceDocument } from "../documents";
import type { StoredDocument, Tag } from "../model";
import { AwsError } from "../errors";
import type { Call, Operation, Operations, Result } from "../operation";
import { pageAfter, type Keyed } from "../paging";
import { checkPrincipals } from "../iam/principals";
import { policyHoldersOf } from "../resource-policies";
import { requestTags, withoutTags, withTags, type TagRefusals } from "../tags";
import { isOfTopics, isOnTopic } from "./topic-policies";
import {
  invalid,
  pairs,
  topicAt,
  topicOf,
  topicsOf,
  type Topic,
} from "./sns-topics";
import {
  subscribe,
  subscriptionAttributes,
  unsubscribe,
} from "./sns-subscriptions";
import { aboutTopic } from "./sns-decisions";

/** Source: Amazon SNS API Reference, "TagResource", errors. */
const tagRefusals: TagRefusals = {
  invalid,
  tooMany: (message) => new AwsError("TagLimitExceeded", message),
};

const newTopicArn = ({ account, cloud, region, parameters }: Call): string =>
  `arn:${cloud.partition}:sns:${region}:${account.id}:${parameters.required("Name")}`;

/** As SNS writes it for a new topic: whoever is of the account. */
const ownPolicy = (arn: string): string =>
  JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["SNS:GetTopicAttributes", "SNS:Publish", "SNS:Subscribe"],
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceOwner": accountOf(arn) } },
      },
    ],
  });

function createTopic(call: Call): Result {
  const { account, parameters } = call;
  const arn = newTopicArn(call);
  // The model has no pattern. Source: AWS documentation, "CreateTopic".
  if (!/:[\w-]{1,256}$/.test(arn)) throw invalid("Topic Name");
  const topic: Topic = {
    arn,
    attributes: new Map(),
    policy: parseResourceDocument(ownPolicy(arn)),
    tags: withTags([], parameters.tags(), tagRefusals),
    subscriptions: new Map(),
  };
  const attributes = Object.entries(parameters.map("Attributes"));
  for (const [name, value] of attributes)
    setAttribute(call, topic, name, value);
  const topics = topicsOf(account);
  const before = topics.get(arn);
  if (before) refuseOther(before, topic, attributes);
  else {
    topics.set(arn, topic);
    policyHoldersOf(account).add(topic);
  }
  return { TopicArn: arn };
}

/** Making a topic that is there is no error, unless it is to be another. */
function refuseOther(
  before: Topic,
  wanted: Topic,
  attributes: readonly (readonly [string, string])[],
): void {
  const hasValue = (name: string) =>
    name === "Policy"
      ? before.policy.text === wanted.policy.text
      : before.attributes.get(name) === wanted.attributes.get(name);
  if (!attributes.every(([name]) => hasValue(name)))
    throw invalid(
      "Attributes Reason: Topic already exists with different attributes",
    );
  const isOn = ({ Key, Value }: Tag) =>
    before.tags.some((one) => one.Key === Key && one.Value === Value);
  if (!wanted.tags.every(isOn))
    throw invalid("Tags Reason: Topic already exists with different tags");
}

/** @throws AwsError InvalidParameter for one that AWS would not keep, as where a principal is not there. */
function topicPolicy(
  { cloud }: Call,
  topic: string,
  text: string,
): StoredDocument {
  let document: StoredDocument;
  try {
    document = parseResourceDocument(text);
    checkPrincipals(cloud, document);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalid(`Policy Error: ${error.message}`);
  }
  if (!isOfTopics(document))
    throw invalid("Policy statement action out of service scope!");
  if (isOnTopic(document, topic)) return document;
  throw invalid(`Policy Error: expected no Resource but ${topic}`);
}

const settable = ["DisplayName", "KmsMasterKeyId", "Policy"];

function setAttribute(
  call: Call,
  topic: Topic,
  name: string,
  value: string,
): void {
  if (!settable.includes(name)) throw invalid(`AttributeName ${name}`);
  if (name === "Policy") {
    topic.policy = topicPolicy(call, topic.arn, value || ownPolicy(topic.arn));
  } else {
    topic.attributes.set(name, value);
  }
}

const topicAttributes = (topic: Topic): Result => ({
  Attributes: pairs({
    TopicArn: topic.arn,
    Owner: accountOf(topic.arn),
    Policy: topic.policy.text,
    SubscriptionsPending: String(countOf(topic, false)),
    SubscriptionsConfirmed: String(countOf(topic, true)),
    ...Object.fromEntries(topic.attributes),
  }),
});

const countOf = ({ subscriptions }: Topic, confirmed: boolean): number =>
  [...subscriptions.values()].filter(
    ({ isConfirmed }) => isConfirmed === confirmed,
  ).length;

/** SNS's pages have a hundred at most, and no other size. */
function listPage(
  call: Call,
  field: string,
  all: readonly Keyed<Result>[],
): Result {
  const wanted = {
    token: call.parameters.get("NextToken"),
    size: 100,
    invalid: () => invalid("NextToken"),
  };
  const { items, next } = pageAfter(call, wanted, all);
  return { [field]: items, NextToken: next };
}

const onTopic = (
  run:
    | ((topic: Topic, call: Call) => Result)
    | ((topic: Topic, call: Call) => void),
  member = "TopicArn",
): Operation => ({
  ...aboutTopic(member),
  run: (call) => run(topicOf(call, member), call),
});

/** SNS: topics with their policies, and subscriptions by mail, which `mail-page.ts` lets one read. */
export const snsOperations: Operations = {
  CreateTopic: {
    lacks: ["DataProtectionPolicy"],
    resource: newTopicArn,
    context: requestTags,
    run: createTopic,
  },
  DeleteTopic: {
    ...aboutTopic("TopicArn"),
    // One that is gone is no error.
    run: (call) => {
      const topic = topicAt(call, call.parameters.required("TopicArn"));
      const owner = topic && call.cloud.accounts.get(accountOf(topic.arn));
      if (!owner) return;
      policyHoldersOf(owner).delete(topic);
      topicsOf(owner).delete(topic.arn);
    },
  },
  GetTopicAttributes: onTopic(topicAttributes),
  SetTopicAttributes: onTopic((topic, call) => {
    const { parameters } = call;
    const name = parameters.required("AttributeName");
    setAttribute(call, topic, name, parameters.get("AttributeValue") ?? "");
  }),
  ListTagsForResource: onTopic(({ tags }) => ({ Tags: tags }), "ResourceArn"),
  TagResource: onTopic((topic, { parameters }) => {
    topic.tags = withTags(topic.tags, parameters.tags(), tagRefusals);
  }, "ResourceArn"),
  UntagResource: onTopic((topic, { parameters }) => {
    topic.tags = withoutTags(topic.tags, parameters.list("TagKeys"));
  }, "ResourceArn"),
  Subscribe: { ...onTopic(subscribe), lacks: ["Attributes"] },
  Unsubscribe: { ...aboutTopic("SubscriptionArn"), run: unsubscribe },
  GetSubscriptionAttributes: {
    ...aboutTopic("SubscriptionArn"),
    run: subscriptionAttributes,
  },
  ListSubscriptionsByTopic: onTopic(({ arn, subscriptions }, call) =>
    listPage(
      call,
      "Subscriptions",
      [...subscriptions].map(
        ([key, { endpoint, owner, protocol, isConfirmed }]) => [
          key,
          {
            TopicArn: arn,
            Protocol: protocol,
            SubscriptionArn: isConfirmed ? key : "PendingConfirmation",
            Owner: owner,
            Endpoint: endpoint,
          },
        ],
      ),
    ),
  ),
  ListTopics: {
    run: (call) =>
      listPage(
        call,
        "Topics",
        [...topicsOf(call.account).keys()]
          .filter((arn) => arn.split(":")[3] === call.region)
          .map((TopicArn) => [TopicArn, { TopicArn }]),
      ),
  },
};
