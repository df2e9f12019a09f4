import { AwsError } from "../errors";
import type { Tag } from "../model";
import type { Call } from "../operation";
import { perAccount } from "../per-account";
import { matches, parsePattern } from "./event-pattern";
import { jsonService, type JsonCall, type JsonOperation } from "./json";
import { JsonBody, type Fields } from "./json-body";
import { broughtTags, withoutTags, withTags } from "../tags";

interface Rule {
  readonly name: string;
  readonly arn: string;
  pattern: string;
  description: string | undefined;
  state: string;
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

const ruleArn = (call: JsonCall, member: "Name" | "Rule"): string =>
  arnOf(call, call.body.text(member));

const tagsHolder = (call: JsonCall): Rule =>
  ruleAt(call, call.body.text("ResourceARN"));

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
  const pattern = call.body.text("EventPattern");
  parsePattern(pattern);
  const arn = arnOf(call, name);
  const rules = rulesOf(call.account);
  const before = rules.get(arn);
  rules.set(arn, {
    name,
    arn,
    pattern,
    description: call.body.optionalText("Description"),
    state,
    // A rule that is there keeps its tags, whatever the request brings.
    tags: before?.tags ?? call.body.tags(),
    targets: before?.targets ?? new Map<string, Fields>(),
  });
  return { RuleArn: arn };
}

const describeRule = (call: JsonCall): Fields => {
  const rule = ruleAt(call, ruleArn(call, "Name"));
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.pattern,
    State: rule.state,
    EventBusName: "default",
    CreatedBy: call.account.id,
    // JSON leaves out what is undefined.
    Description: rule.description,
  };
};

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

function putTargets(call: JsonCall): Fields {
  const rule = ruleAt(call, ruleArn(call, "Rule"));
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

function removeTargets(call: JsonCall): Fields {
  const rule = ruleAt(call, ruleArn(call, "Rule"));
  for (const id of call.body.texts("Ids")) rule.targets.delete(id);
  return { FailedEntryCount: 0, FailedEntries: [] };
}

const requestTags: JsonOperation["context"] = ({ body }) =>
  broughtTags(body.tags());

/** An action on the rule that the body names. */
const onRule = (
  member: "Name" | "Rule",
  run: JsonOperation["run"],
): JsonOperation => ({
  resource: (call) => ruleArn(call, member),
  context: requestTags,
  run,
});

/** An action on what an ARN names. */
const onArn = (run: JsonOperation["run"]): JsonOperation => ({
  resource: (call) => call.body.text("ResourceARN"),
  context: requestTags,
  run,
});

/** EventBridge: rules on the default bus, their targets, and what a pattern matches. */
export const events = jsonService("events", {
  PutRule: onRule("Name", putRule),
  DescribeRule: onRule("Name", describeRule),
  DeleteRule: onRule("Name", deleteRule),
  PutTargets: onRule("Rule", putTargets),
  RemoveTargets: onRule("Rule", removeTargets),
  ListTargetsByRule: onRule("Rule", (call) => ({
    Targets: [...ruleAt(call, ruleArn(call, "Rule")).targets.values()],
  })),
  ListRules: {
    run: (call) => ({
      Rules: [...rulesOf(call.account).values()]
        .filter(({ arn, name }) => arn === arnOf(call, name))
        .map(({ arn, name, state }) => ({
          Arn: arn,
          Name: name,
          State: state,
        })),
    }),
  },
  TagResource: onArn((call) => {
    const rule = tagsHolder(call);
    rule.tags = withTags(rule.tags, call.body.tags());
  }),
  UntagResource: onArn((call) => {
    const rule = tagsHolder(call);
    rule.tags = withoutTags(rule.tags, call.body.texts("TagKeys"));
  }),
  ListTagsForResource: onArn((call) => ({
    Tags: tagsHolder(call).tags,
  })),
  TestEventPattern: {
    run: (call) => ({
      Result: matches(
        parsePattern(call.body.text("EventPattern")),
        JsonBody.parse(call.body.text("Event")).fields,
      ),
    }),
  },
});
