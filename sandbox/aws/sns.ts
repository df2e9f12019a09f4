import { randomUUID } from "node:crypto";
import type { ContextKeys } from "./context";
import { parseResourceDocument } from "./documents";
import { requestTags, resourceTags } from "./iam/condition-keys";
import type { StoredDocument, Tag } from "./model";
import { AwsError, type Call, type Operation, type Result } from "./operation";
import { list, required, tagList } from "./parameters";
import { perAccount } from "./per-account";

interface Subscription {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
}

interface Topic {
  readonly arn: string;
  readonly attributes: Map<string, string>;
  policy: StoredDocument;
  tags: Tag[];
  readonly subscriptions: Map<string, Subscription>;
}

const topicsOf = perAccount(() => new Map<string, Topic>());

const notFound = (what: string): AwsError =>
  new AwsError("NotFound", `${what} does not exist`, 404);

const invalid = (message: string): AwsError =>
  new AwsError("InvalidParameter", `Invalid parameter: ${message}`);

/** `Attributes.entry.1.key` and `.value`. */
function entries({ parameters }: Call, name: string) {
  const found: [string, string][] = [];
  for (let index = 1; ; index += 1) {
    const key = parameters.get(`${name}.entry.${index}.key`);
    if (key === undefined) return found;
    found.push([key, parameters.get(`${name}.entry.${index}.value`) ?? ""]);
  }
}

const newTopicArn = ({ account, cloud, region, parameters }: Call): string =>
  `arn:${cloud.partition}:sns:${region}:${account.id}:${required(parameters, "Name")}`;

function topicAt({ account }: Call, arn: string): Topic {
  const topic = topicsOf(account).get(arn);
  if (topic) return topic;
  throw notFound("Topic");
}

const topicOf = (call: Call, name: string): Topic =>
  topicAt(call, required(call.parameters, name));

/** A subscription's ARN is that of its topic, with an id behind it. */
const topicArnOf = (subscription: string): string =>
  subscription.split(":").slice(0, 6).join(":");

function subscriptionOf(call: Call): Subscription {
  const arn = required(call.parameters, "SubscriptionArn");
  const found = topicsOf(call.account)
    .get(topicArnOf(arn))
    ?.subscriptions.get(arn);
  if (found) return found;
  throw notFound("Subscription");
}

/** As SNS writes it for a new topic: whoever is of the account. */
const ownPolicy = (arn: string, accountId: string): string =>
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
        Condition: { StringEquals: { "AWS:SourceOwner": accountId } },
      },
    ],
  });

function createTopic(call: Call): Result {
  const { account, parameters } = call;
  const arn = newTopicArn(call);
  if (!/:[\w-]{1,256}$/.test(arn)) throw invalid("Topic Name");
  const topics = topicsOf(account);
  if (!topics.has(arn)) {
    topics.set(arn, {
      arn,
      attributes: new Map(),
      policy: parseResourceDocument(ownPolicy(arn, account.id)),
      tags: tagList(parameters),
      subscriptions: new Map(),
    });
    const topic = topicAt(call, arn);
    for (const [name, value] of entries(call, "Attributes")) {
      setAttribute(topic, name, value);
    }
  }
  return { TopicArn: arn };
}

const settable = ["DisplayName", "KmsMasterKeyId", "Policy"];

function setAttribute(topic: Topic, name: string, value: string): void {
  if (!settable.includes(name)) throw invalid(`AttributeName ${name}`);
  if (name === "Policy") {
    topic.policy = parseResourceDocument(
      value === ""
        ? ownPolicy(topic.arn, topic.arn.split(":")[4] ?? "")
        : value,
    );
  } else {
    topic.attributes.set(name, value);
  }
}

const topicAttributes = (topic: Topic, owner: string): Result => ({
  Attributes: pairs({
    TopicArn: topic.arn,
    Owner: owner,
    Policy: topic.policy.text,
    SubscriptionsPending: String(topic.subscriptions.size),
    ...Object.fromEntries(topic.attributes),
  }),
});

const pairs = (values: Readonly<Record<string, string>>): readonly Result[] =>
  Object.entries(values)
    .filter(([, value]) => value !== "")
    .map(([key, value]) => ({ key, value }));

/** Nobody reads mail here, so a subscription waits for its confirmation for ever. */
function subscribe(call: Call): Result {
  const topic = topicOf(call, "TopicArn");
  const protocol = required(call.parameters, "Protocol");
  const endpoint = required(call.parameters, "Endpoint");
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
  };
  topic.subscriptions.set(one.arn, one);
  const tells = call.parameters.get("ReturnSubscriptionArn") === "true";
  return { SubscriptionArn: tells ? one.arn : "pending confirmation" };
}

function unsubscribe(call: Call): Result {
  subscriptionOf(call);
  throw invalid(
    "SubscriptionArn: a subscription that waits for its confirmation can't be ended",
  );
}

function subscriptionAttributes(call: Call): Result {
  const { arn, protocol, endpoint } = subscriptionOf(call);
  return {
    Attributes: pairs({
      SubscriptionArn: arn,
      TopicArn: topicArnOf(arn),
      Owner: call.account.id,
      Protocol: protocol,
      Endpoint: endpoint,
      PendingConfirmation: "true",
      ConfirmationWasAuthenticated: "false",
      RawMessageDelivery: "false",
    }),
  };
}

function tag(call: Call): Result {
  const topic = topicOf(call, "ResourceArn");
  const added = tagList(call.parameters);
  const again = new Set(added.map(({ key }) => key));
  topic.tags = [...topic.tags.filter(({ key }) => !again.has(key)), ...added];
  return {};
}

function untag(call: Call): Result {
  const topic = topicOf(call, "ResourceArn");
  const gone = list(call.parameters, "TagKeys");
  topic.tags = topic.tags.filter(({ key }) => !gone.includes(key));
  return {};
}

/** An action on a topic, which the topic's own policy may allow or deny. */
const onTopic = (
  action: string,
  member: string,
  run: Operation["run"],
): readonly [string, Operation] => [
  action,
  {
    action: `sns:${action}`,
    resource: ({ parameters }) => topicArnOf(required(parameters, member)),
    context: (call): ContextKeys => {
      const arn = topicArnOf(required(call.parameters, member));
      const topic = topicsOf(call.account).get(arn);
      return { ...requestTags(call), ...resourceTags(topic?.tags ?? []) };
    },
    resourcePolicy: (call) =>
      topicsOf(call.account).get(topicArnOf(required(call.parameters, member)))
        ?.policy,
    run,
  },
];

/** SNS: topics with their policies, and subscriptions by mail. Nothing is sent. */
export const snsOperations: ReadonlyMap<string, Operation> = new Map<
  string,
  Operation
>([
  [
    "CreateTopic",
    {
      action: "sns:CreateTopic",
      resource: newTopicArn,
      context: requestTags,
      run: createTopic,
    },
  ],
  onTopic("DeleteTopic", "TopicArn", (call) => {
    topicsOf(call.account).delete(required(call.parameters, "TopicArn"));
    return {};
  }),
  onTopic("GetTopicAttributes", "TopicArn", (call) =>
    topicAttributes(topicOf(call, "TopicArn"), call.account.id),
  ),
  onTopic("SetTopicAttributes", "TopicArn", (call) => {
    const { parameters } = call;
    setAttribute(
      topicOf(call, "TopicArn"),
      required(parameters, "AttributeName"),
      parameters.get("AttributeValue") ?? "",
    );
    return {};
  }),
  onTopic("ListTagsForResource", "ResourceArn", (call) => ({
    Tags: topicOf(call, "ResourceArn").tags.map(({ key, value }) => ({
      Key: key,
      Value: value,
    })),
  })),
  onTopic("TagResource", "ResourceArn", tag),
  onTopic("UntagResource", "ResourceArn", untag),
  onTopic("Subscribe", "TopicArn", subscribe),
  onTopic("Unsubscribe", "SubscriptionArn", unsubscribe),
  onTopic(
    "GetSubscriptionAttributes",
    "SubscriptionArn",
    subscriptionAttributes,
  ),
  onTopic("ListSubscriptionsByTopic", "TopicArn", (call) => ({
    Subscriptions: [...topicOf(call, "TopicArn").subscriptions.values()].map(
      ({ endpoint, protocol }) => ({
        TopicArn: required(call.parameters, "TopicArn"),
        Protocol: protocol,
        SubscriptionArn: "PendingConfirmation",
        Owner: call.account.id,
        Endpoint: endpoint,
      }),
    ),
  })),
  [
    "ListTopics",
    {
      action: "sns:ListTopics",
      run: ({ account, region }) => ({
        Topics: [...topicsOf(account).keys()]
          .filter((arn) => arn.split(":")[3] === region)
          .map((TopicArn) => ({ TopicArn })),
      }),
    },
  ],
]);
