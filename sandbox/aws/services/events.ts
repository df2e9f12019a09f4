import { AwsError, type Call } from "../operation";
import { perAccount } from "../per-account";
import { matches, parsePattern } from "./event-pattern";
import {
  jsonService,
  jsonTags,
  objectsIn,
  optionalTextIn,
  parseBody,
  textIn,
  textsIn,
  type Body,
  type JsonOperation,
} from "./json";

const tags = jsonTags("Key", "Value");

type Target = Body & { readonly Id: string };

interface Rule {
  readonly name: string;
  readonly arn: string;
  pattern: string;
  description: string | undefined;
  state: string;
  tags: ReturnType<typeof tags.brought>;
  readonly targets: Map<string, Target>;
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

const missing = (name: string): AwsError =>
  new AwsError(
    "ResourceNotFound",
    `Rule ${name} does not exist on EventBus default.`,
  );

function ruleNamed(call: Call, body: Body, member: string): Rule {
  const name = textIn(body, member);
  const rule = rulesOf(call.account).get(arnOf(call, name));
  if (rule) return rule;
  throw missing(name);
}

function ruleAt(call: Call, body: Body): Rule {
  const arn = textIn(body, "ResourceARN");
  const rule = rulesOf(call.account).get(arn);
  if (rule) return rule;
  throw missing(arn);
}

function putRule(call: Call, body: Body): Body {
  const name = textIn(body, "Name");
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
    throw new AwsError("Validation", `'name' ${name} is no name of a rule`);
  }
  const state = optionalTextIn(body, "State") ?? "ENABLED";
  if (!states.includes(state)) {
    throw new AwsError(
      "Validation",
      `'state' must be one of ${states.join(", ")}`,
    );
  }
  const pattern = textIn(body, "EventPattern");
  parsePattern(pattern);
  const arn = arnOf(call, name);
  const rules = rulesOf(call.account);
  const before = rules.get(arn);
  rules.set(arn, {
    name,
    arn,
    pattern,
    description: optionalTextIn(body, "Description"),
    state,
    // A rule that is there keeps its tags, whatever the request brings.
    tags: before?.tags ?? tags.brought(body),
    targets: before?.targets ?? new Map<string, Target>(),
  });
  return { RuleArn: arn };
}

const describeRule = (call: Call, body: Body): Body => {
  const rule = ruleNamed(call, body, "Name");
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.pattern,
    State: rule.state,
    EventBusName: "default",
    CreatedBy: call.account.id,
    ...(rule.description === undefined
      ? {}
      : { Description: rule.description }),
  };
};

function deleteRule(call: Call, body: Body): Body {
  const arn = arnOf(call, textIn(body, "Name"));
  const rules = rulesOf(call.account);
  if ((rules.get(arn)?.targets.size ?? 0) > 0) {
    throw new AwsError(
      "Validation",
      "Rule can't be deleted since it has targets.",
    );
  }
  rules.delete(arn);
  return {};
}

function putTargets(call: Call, body: Body): Body {
  const rule = ruleNamed(call, body, "Rule");
  const targets = objectsIn(body, "Targets").map((one): Target => ({
    ...one,
    Id: textIn(one, "Id"),
  }));
  for (const target of targets) {
    const [, , , region] = textIn(target, "Arn").split(":");
    if (region !== call.region) {
      throw new AwsError(
        "Validation",
        `Target ${target.Id} is in ${region ?? ""}, and must be in the rule's region ${call.region}.`,
      );
    }
    rule.targets.set(target.Id, target);
  }
  return { FailedEntryCount: 0, FailedEntries: [] };
}

function removeTargets(call: Call, body: Body): Body {
  const rule = ruleNamed(call, body, "Rule");
  for (const id of textsIn(body, "Ids")) rule.targets.delete(id);
  return { FailedEntryCount: 0, FailedEntries: [] };
}

const requestTags: JsonOperation["context"] = (_call, body) =>
  tags.keys("aws:RequestTag", tags.brought(body));

/** An action on the rule that the body names. */
const onRule = (
  member: "Name" | "Rule",
  run: JsonOperation["run"],
): JsonOperation => ({
  resource: (call, body) => arnOf(call, textIn(body, member)),
  context: requestTags,
  run,
});

/** An action on what an ARN names. */
const onArn = (run: JsonOperation["run"]): JsonOperation => ({
  resource: (_call, body) => textIn(body, "ResourceARN"),
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
  ListTargetsByRule: onRule("Rule", (call, body) => ({
    Targets: [...ruleNamed(call, body, "Rule").targets.values()],
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
  TagResource: onArn((call, body) => {
    const rule = ruleAt(call, body);
    rule.tags = tags.added(rule.tags, body);
    return {};
  }),
  UntagResource: onArn((call, body) => {
    const rule = ruleAt(call, body);
    rule.tags = tags.removed(rule.tags, body);
    return {};
  }),
  ListTagsForResource: onArn((call, body) => ({
    Tags: ruleAt(call, body).tags,
  })),
  TestEventPattern: {
    run: (_call, body) => ({
      Result: matches(
        parsePattern(textIn(body, "EventPattern")),
        parseBody(textIn(body, "Event")),
      ),
    }),
  },
});
