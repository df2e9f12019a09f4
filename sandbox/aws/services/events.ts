import { regionOf } from "../arn";
import { AwsError } from "../errors";
import type { Tag } from "../model";
import type { AlsoNeeded, Call, ContextKeys } from "../operation";
import { rulesOf, type Rule } from "./event-rules";
import { matches, parsePattern } from "./event-pattern";
import type { Parameters } from "../parameters";
import { pageAfter, type Keyed } from "../paging";
import type { Fields } from "../service-models/fields";
import { jsonService, type JsonOperation } from "./json";
import { JsonBody } from "./json-body";
import { asText, valueAt } from "./json-path";
import {
  requestTags,
  resourceTags,
  withoutTags,
  withTags,
  type TagRefusals,
} from "../tags";

const arnOf = ({ account, cloud, region }: Call, name: string): string =>
  `arn:${cloud.partition}:events:${region}:${account.id}:rule/${name}`;

function ruleAt({ account }: Call, arn: string): Rule {
  const rule = rulesOf(account).get(arn);
  if (rule) return rule;
  const name = arn.split("/").at(-1) ?? arn;
  throw new AwsError(
    "ResourceNotFound",
    `Rule ${name} does not exist on EventBus default.`,
  );
}

const ruleArn = (call: Call, member: string): string =>
  arnOf(call, call.parameters.required(member));

/** Source: Amazon EventBridge API Reference, "TagResource", errors. */
const tagRefusals: TagRefusals = {
  invalid: (message) => new AwsError("Validation", message),
  tooMany: (message) => new AwsError("LimitExceeded", message),
};

function putRule(call: Call): Fields {
  const { account, parameters } = call;
  const Name = parameters.required("Name");
  const EventPattern = parameters.get("EventPattern");
  if (EventPattern === undefined) {
    throw new AwsError(
      "Validation",
      "Parameter(s) EventPattern or ScheduleExpression must be specified.",
    );
  }
  const pattern = parsePattern(EventPattern);
  const arn = arnOf(call, Name);
  const rules = rulesOf(account);
  const before = rules.get(arn);
  const brought = withTags([], parameters.tags(), tagRefusals);
  // A rule that is there keeps its tags, whatever the request brings.
  const tags = before?.tags ?? brought;
  rules.set(arn, {
    description: {
      Name,
      Arn: arn,
      EventPattern,
      Description: parameters.get("Description"),
      State: parameters.get("State") ?? "ENABLED",
      RoleArn: parameters.get("RoleArn"),
      EventBusName: "default",
      CreatedBy: account.id,
    },
    pattern,
    tags,
    targets: before?.targets ?? new Map<string, Fields>(),
  });
  return { RuleArn: arn };
}

function deleteRule(call: Call): void {
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

/** What AWS's model asks of a target. */
interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
}

const targetsIn = ({ parameters }: Call): readonly Target[] =>
  parameters.value("Targets") as readonly Target[];

/** Whoever gives a rule a role lets EventBridge act as that role. */
const passing = (
  roles: readonly (string | undefined)[],
  rule: string,
): readonly AlsoNeeded[] =>
  roles
    .filter((role) => role !== undefined)
    .map((resource) => ({
      action: "iam:PassRole",
      resource,
      context: {
        "iam:AssociatedResourceArn": rule,
        "iam:PassedToService": "events.amazonaws.com",
      },
    }));

/** How many targets a rule has at most. Source: Amazon EventBridge API Reference, "PutTargets". */
const mostTargets = 5;

/** At most one of these says what a target gets of an event. Source: the same, "Target". */
const inputs = ["Input", "InputPath", "InputTransformer"];

function refuseMore({ targets }: Rule, added: readonly Target[]): void {
  const ids = new Set([...targets.keys(), ...added.map(({ Id }) => Id)]);
  if (ids.size > mostTargets) {
    throw new AwsError(
      "LimitExceeded",
      "The requested resource exceeds the maximum number allowed.",
    );
  }
  for (const target of added) {
    if (inputs.filter((input) => input in target).length > 1) {
      throw new AwsError(
        "Validation",
        `Target ${target.Id} has more than one of ${inputs.join(", ")}.`,
      );
    }
  }
}

function putTargets(rule: Rule, call: Call): Fields {
  refuseMore(rule, targetsIn(call));
  for (const target of targetsIn(call)) {
    const { Id: id, Arn } = target;
    const region = regionOf(Arn);
    if (region !== call.region) {
      throw new AwsError(
        "Validation",
        `Target ${id} is in ${region}, and must be in the rule's region ${call.region}.`,
      );
    }
    rule.targets.set(id, { ...target });
  }
  return { FailedEntryCount: 0, FailedEntries: [] };
}

function removeTargets(rule: Rule, call: Call): Fields {
  for (const id of call.parameters.list("Ids")) rule.targets.delete(id);
  return { FailedEntryCount: 0, FailedEntries: [] };
}

const onDefaultBus = { only: { EventBusName: "default" } };

const noServicesRule = { moot: { Force: "no rule is a service's own" } };

/** What a policy is told of the rule of that ARN. */
function ruleKeys(call: Call, arn: string): ContextKeys {
  const rule = rulesOf(call.account).get(arn);
  return {
    ...requestTags(call),
    ...resourceTags(rule?.tags),
    ...(rule ? { "events:creatorAccount": call.account.id } : {}),
  };
}

/** What an action on the rule of that ARN is decided on. */
const about = (
  resource: (call: Call) => string,
): Omit<JsonOperation, "run"> => ({
  resource,
  context: (call) => ruleKeys(call, resource(call)),
});

/** What the pattern of a new rule asks of an event, as condition keys. */
const ofPatterns = [
  "source",
  "detail-type",
  "detail.eventTypeCode",
  "detail.service",
  "detail.userIdentity.principalId",
];

/** A comparison, as `{ prefix: "aws." }`, is no value that a policy could name. */
function patternKeys({ parameters }: Call): ContextKeys {
  const text = parameters.get("EventPattern");
  if (text === undefined) return {};
  const pattern = parsePattern(text);
  return Object.fromEntries(
    ofPatterns.flatMap((path) => {
      const wanted = valueAt(pattern, path.split("."));
      return Array.isArray(wanted)
        ? [[`events:${path}`, wanted.map(asText)]]
        : [];
    }),
  );
}

const onRuleAt = (
  arnIn: (call: Call) => string,
  run: (rule: Rule, call: Call) => Fields,
): JsonOperation => ({
  ...about(arnIn),
  run: (call) => run(ruleAt(call, arnIn(call)), call),
});

/** An action on the rule that this parameter names. */
const onRule = (
  member: "Name" | "Rule",
  run: (rule: Rule, call: Call) => Fields,
): JsonOperation => ({
  ...onDefaultBus,
  ...onRuleAt((call) => ruleArn(call, member), run),
});

/** An action on the rule of this ARN. */
const onResource = (run: (rule: Rule, call: Call) => Fields): JsonOperation =>
  onRuleAt(({ parameters }) => parameters.required("ResourceARN"), run);

const changeTags = (
  change: (tags: readonly Tag[], parameters: Parameters) => readonly Tag[],
): JsonOperation =>
  onResource((rule, { parameters }) => {
    rule.tags = change(rule.tags, parameters);
    return {};
  });

const nameArn = (call: Call): string => ruleArn(call, "Name");

/** A list of one region's rules, or of a rule's targets, page by page. */
function listPage(
  call: Call,
  field: string,
  all: readonly Keyed<Fields>[],
): Fields {
  const wanted = {
    token: call.parameters.get("NextToken"),
    size: call.parameters.number("Limit", 100),
    invalid: () => new AwsError("Validation", "NextToken is not valid."),
  };
  const { items, next } = pageAfter(call, wanted, all);
  return { [field]: items, NextToken: next };
}

/** EventBridge: rules on the default bus, their targets, and what a pattern matches. */
export const events = jsonService("events", {
  PutRule: {
    ...onDefaultBus,
    ...about(nameArn),
    context: (call) => ({
      ...ruleKeys(call, nameArn(call)),
      ...patternKeys(call),
    }),
    alsoNeeds: (call) =>
      passing([call.parameters.get("RoleArn")], nameArn(call)),
    lacks: ["ScheduleExpression"],
    run: putRule,
  },
  DescribeRule: onRule("Name", ({ description }) => description),
  DeleteRule: {
    ...onDefaultBus,
    ...noServicesRule,
    ...about(nameArn),
    run: deleteRule,
  },
  PutTargets: {
    ...onRule("Rule", putTargets),
    context: (call) => ({
      ...ruleKeys(call, ruleArn(call, "Rule")),
      "events:TargetArn": targetsIn(call).map(({ Arn }) => Arn),
    }),
    alsoNeeds: (call) =>
      passing(
        targetsIn(call).map(({ RoleArn }) => RoleArn),
        ruleArn(call, "Rule"),
      ),
  },
  RemoveTargets: { ...onRule("Rule", removeTargets), ...noServicesRule },
  ListTargetsByRule: onRule("Rule", ({ targets }, call) =>
    listPage(call, "Targets", [...targets]),
  ),
  ListRules: {
    ...onDefaultBus,
    run: (call) => {
      const prefix = arnOf(call, call.parameters.get("NamePrefix") ?? "");
      const rules = [...rulesOf(call.account)]
        .filter(([arn]) => arn.startsWith(prefix))
        .map(([arn, { description }]) => [arn, description] as const);
      return listPage(call, "Rules", rules);
    },
  },
  TagResource: changeTags((tags, parameters) =>
    withTags(tags, parameters.tags(), tagRefusals),
  ),
  UntagResource: changeTags((tags, parameters) =>
    withoutTags(tags, parameters.list("TagKeys")),
  ),
  ListTagsForResource: onResource(({ tags }) => ({ Tags: tags })),
  TestEventPattern: {
    run: ({ parameters }) => ({
      Result: matches(
        parsePattern(parameters.required("EventPattern")),
        JsonBody.parse(parameters.required("Event")).fields,
      ),
    }),
  },
});
