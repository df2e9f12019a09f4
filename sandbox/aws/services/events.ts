import { AwsError } from "../errors";
import type { Tag } from "../model";
import type { Call } from "../operation";
import { perAccount } from "../per-account";
import { matches, parsePattern } from "./event-pattern";
import { jsonService, type JsonCall, type JsonOperation } from "./json";
import { JsonBody, type Fields } from "./json-body";
import { broughtTags, withoutTags, withTags } from "../tags";

interface Rule {
  /** As AWS tells it; JSON leaves out what is undefined. */
  readonly description: Fields;
  tags: readonly Tag[];
  readonly targets: Map<string, Fields>;
}

const states = [
  "ENABLED",
  "DISABLED",
  "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
];

/** By ARN: a rule is one region's. */
const rulesOf = perAccount(() => new Map<string, Rule>());

const arnOf = ({ account, cloud, region }: Call, name: string): string =>
  `arn:${cloud.partition}:events:${region}:${account.id}:rule/${name}`;

function ruleAt({ account }: JsonCall, arn: string): Rule {
  const rule = rulesOf(account).get(arn);
  if (rule) return rule;
  const name = arn.split("/").at(-1) ?? arn;
  throw new AwsError(
    "ResourceNotFound",
    `Rule ${name} does not exist on EventBus default.`,
  );
}

const ruleArn = (call: JsonCall, member: string): string =>
  arnOf(call, call.body.text(member));

function putRule(call: JsonCall): Fields {
  const name = call.body.text("Name");
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
    throw new AwsError("Validation", `'name' ${name} is no name of a rule`);
  }
  const state = call.body.optionalText("State") ?? "ENABLED";
  if (!states.includes(state)) {
    throw new AwsError(
      "Validation",
      `'state' must be one of ${states.join(", ")}`,
    );
  }
  const EventPattern = call.body.text("EventPattern");
  parsePattern(EventPattern);
  const arn = arnOf(call, name);
  const rules = rulesOf(call.account);
  const before = rules.get(arn);
  rules.set(arn, {
    description: {
      Name: name,
      Arn: arn,
      EventPattern,
      Description: call.body.optionalText("Description"),
      State: state,
      EventBusName: "default",
      CreatedBy: call.account.id,
    },
    // A rule that is there keeps its tags, whatever the request brings.
    tags: before?.tags ?? call.body.tags(),
    targets: before?.targets ?? new Map<string, Fields>(),
  });
  return { RuleArn: arn };
}

function deleteRule(call: JsonCall): void {
  const arn = ruleArn(call, "Name");
  const rules = rulesOf(call.account);
  if ((rules.get(arn)?.targets.size ?? 0) > 0) {
    throw new AwsError(
      "Validation",
      "Rule can't be deleted since it has targets.",
    );
  }
  rules.delete(arn);
}

function putTargets(rule: Rule, call: JsonCall): Fields {
  for (const target of call.body.objects("Targets")) {
    const id = target.text("Id");
    const [, , , region] = target.text("Arn").split(":");
    if (region !== call.region) {
      throw new AwsError(
        "Validation",
        `Target ${id} is in ${region ?? ""}, and must be in the rule's region ${call.region}.`,
      );
    }
    rule.targets.set(id, target.fields);
  }
  return { FailedEntryCount: 0, FailedEntries: [] };
}

function removeTargets(rule: Rule, call: JsonCall): Fields {
  for (const id of call.body.texts("Ids")) rule.targets.delete(id);
  return { FailedEntryCount: 0, FailedEntries: [] };
}

const requestTags: JsonOperation["context"] = ({ body }) =>
  broughtTags(body.tags());

/** What an action on the rule of that ARN is decided on. */
const about = (
  resource: (call: JsonCall) => string,
): Omit<JsonOperation, "run"> => ({ resource, context: requestTags });

const onRule = (
  member: "Name" | "Rule" | "ResourceARN",
  run: (rule: Rule, call: JsonCall) => Fields,
): JsonOperation => {
  const arnIn = (call: JsonCall): string =>
    member === "ResourceARN" ? call.body.text(member) : ruleArn(call, member);
  return {
    ...about(arnIn),
    run: (call) => run(ruleAt(call, arnIn(call)), call),
  };
};

const changeTags = (
  change: (tags: readonly Tag[], body: JsonBody) => readonly Tag[],
): JsonOperation =>
  onRule("ResourceARN", (rule, { body }) => {
    rule.tags = change(rule.tags, body);
    return {};
  });

const nameArn = (call: JsonCall): string => ruleArn(call, "Name");

/** EventBridge: rules on the default bus, their targets, and what a pattern matches. */
export const events = jsonService("events", {
  PutRule: { ...about(nameArn), run: putRule },
  DescribeRule: onRule("Name", ({ description }) => description),
  DeleteRule: { ...about(nameArn), run: deleteRule },
  PutTargets: onRule("Rule", putTargets),
  RemoveTargets: onRule("Rule", removeTargets),
  ListTargetsByRule: onRule("Rule", ({ targets }) => ({
    Targets: [...targets.values()],
  })),
  ListRules: {
    run: (call) => ({
      Rules: [...rulesOf(call.account)]
        .filter(([arn]) => arn.startsWith(arnOf(call, "")))
        .map(([, { description }]) => description),
    }),
  },
  TagResource: changeTags((tags, body) => withTags(tags, body.tags())),
  UntagResource: changeTags((tags, body) =>
    withoutTags(tags, body.texts("TagKeys")),
  ),
  ListTagsForResource: onRule("ResourceARN", ({ tags }) => ({ Tags: tags })),
  TestEventPattern: {
    run: (call) => ({
      Result: matches(
        parsePattern(call.body.text("EventPattern")),
        JsonBody.parse(call.body.text("Event")).fields,
      ),
    }),
  },
});
