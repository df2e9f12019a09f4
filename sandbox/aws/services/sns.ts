import { randomUUID } from "node:crypto";
import { accountOf } from "../arn";
import { parseResourceDocument } from "../documents";
import type { StoredDocument, Tag } from "../model";
import { AwsError } from "../errors";
import type {
  Call,
  ContextKeys,
  Operation,
  Operations,
  Result,
} from "../operation";
import { pageAfter, type Keyed } from "../paging";
import { checkPrincipals } from "../iam/principals";
import { sendMail } from "../mail";
import { policyHoldersOf } from "../resource-policies";
import {
  requestTags,
  resourceTags,
  withoutTags,
  withTags,
  type TagRefusals,
} from "../tags";
import { isOfTopics } from "./topic-actions";
import { topicsOf, type Subscription, type Topic } from "./sns-topics";

function found<T>(thing: T | undefined, what: string): T {
  if (thing !== undefined) return thing;
  throw new AwsError("NotFound", `${what} does not exist`);
}

const invalid = (message: string): AwsError =>
  new AwsError("InvalidParameter", `Invalid parameter: ${message}`);

/** Source: Amazon SNS API Reference, "TagResource", errors. */
const tagRefusals: TagRefusals = {
  invalid,
  tooMany: (message) => new AwsError("TagLimitExceeded", message),
};

const newTopicArn = ({ account, cloud, region, parameters }: Call): string =>
  `arn:${cloud.partition}:sns:${region}:${account.id}:${parameters.required("Name")}`;

const topicOf = ({ account, parameters }: Call, name: string): Topic =>
  found(topicsOf(account).get(parameters.required(name)), "Topic");

/** A subscription's ARN is that of its topic, with an id behind it. */
const topicArnOf = (subscription: string): string =>
  subscription.split(":").slice(0, 6).join(":");

function subscriptionOf(call: Call): Subscription {
  const arn = call.parameters.required("SubscriptionArn");
  const topic = topicsOf(call.account).get(topicArnOf(arn));
  return found(topic?.subscriptions.get(arn), "Subscription");
}

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
function topicPolicy({ cloud }: Call, text: string): StoredDocument {
  try {
    const document = parseResourceDocument(text);
    checkPrincipals(cloud, document);
    if (isOfTopics(document)) return document;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalid(`Policy Error: ${error.message}`);
  }
  throw invalid("Policy statement action out of service scope!");
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
    topic.policy = topicPolicy(call, value || ownPolicy(topic.arn));
  } else {
    topic.attributes.set(name, value);
  }
}

const topicAttributes = (topic: Topic, owner: string): Result => ({
  Attributes: pairs({
    TopicArn: topic.arn,
    Owner: owner,
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

const pairs = (values: Readonly<Record<string, string>>): readonly Result[] =>
  Object.entries(values)
    .filter(([, value]) => value !== "")
    .map(([key, value]) => ({ key, value }));

/** The first mail asks for leave; what is sent to the topic goes only to those who gave it. */
function subscribe(topic: Topic, { cloud, parameters }: Call): Result {
  const protocol = parameters.required("Protocol");
  const endpoint = parameters.required("Endpoint");
  if (protocol !== "email") {
    throw invalid(`Protocol ${protocol}: the sandbox knows email alone`);
  }
  const known = [...topic.subscriptions.values()].find(
    (one) => one.endpoint === endpoint,
  );
  const one = known ?? {
    arn: `${topic.arn}:${randomUUID()}`,
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

function unsubscribe(call: Call): void {
  const { arn, isConfirmed } = subscriptionOf(call);
  if (!isConfirmed)
    throw invalid(
      "SubscriptionArn: a subscription that waits for its confirmation can't be ended",
    );
  topicsOf(call.account).get(topicArnOf(arn))?.subscriptions.delete(arn);
}

function subscriptionAttributes(call: Call): Result {
  const { arn, protocol, endpoint, isConfirmed } = subscriptionOf(call);
  return {
    Attributes: pairs({
      SubscriptionArn: arn,
      TopicArn: topicArnOf(arn),
      Owner: call.account.id,
      Protocol: protocol,
      Endpoint: endpoint,
      PendingConfirmation: String(!isConfirmed),
      ConfirmationWasAuthenticated: "false",
      RawMessageDelivery: "false",
    }),
  };
}

/** SNS's pages have a hundred at most, and no other size. */
function listPage(
  { parameters }: Call,
  field: string,
  all: readonly Keyed<Result>[],
): Result {
  const { items, next } = pageAfter(parameters.get("NextToken"), 100, all);
  return { [field]: items, NextToken: next };
}

/** What a request asks to send, and where to. */
function subscriptionKeys({ parameters }: Call): ContextKeys {
  const asked = ["Endpoint", "Protocol"].filter((name) => parameters.has(name));
  return Object.fromEntries(
    asked.map((name) => [`sns:${name}`, parameters.required(name)]),
  );
}

/** What an action on a topic is decided on; the topic's own policy may allow or deny it. */
function about(member: string): Omit<Operation, "run"> {
  const arnIn = ({ parameters }: Call): string =>
    topicArnOf(parameters.required(member));
  const topicIn = (call: Call): Topic | undefined =>
    topicsOf(call.account).get(arnIn(call));
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

const onTopic = (
  run:
    | ((topic: Topic, call: Call) => Result)
    | ((topic: Topic, call: Call) => void),
  member = "TopicArn",
): Operation => ({
  ...about(member),
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
    ...about("TopicArn"),
    // One that is gone is no error.
    run: ({ account, parameters }) => {
      const arn = parameters.required("TopicArn");
      const topic = topicsOf(account).get(arn);
      if (topic) policyHoldersOf(account).delete(topic);
      topicsOf(account).delete(arn);
    },
  },
  GetTopicAttributes: onTopic((topic, { account }) =>
    topicAttributes(topic, account.id),
  ),
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
  Unsubscribe: { ...about("SubscriptionArn"), run: unsubscribe },
  GetSubscriptionAttributes: {
    ...about("SubscriptionArn"),
    run: subscriptionAttributes,
  },
  ListSubscriptionsByTopic: onTopic(({ arn, subscriptions }, call) =>
    listPage(
      call,
      "Subscriptions",
      [...subscriptions].map(([key, { endpoint, protocol, isConfirmed }]) => [
        key,
        {
          TopicArn: arn,
          Protocol: protocol,
          SubscriptionArn: isConfirmed ? key : "PendingConfirmation",
          Owner: call.account.id,
          Endpoint: endpoint,
        },
      ]),
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
