import assert from "node:assert/strict";
import {
  createValidatedPolicy,
  validateResourcePolicy,
} from "@cloud-copilot/iam-policy";
import { runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import {
  keyPolicy,
  ruleArn,
  topicArn,
  topicPolicy,
} from "../../infra/documents/break-glass-access";
import {
  roleTakenPattern,
  rootUsedPattern,
  type EventPattern,
} from "../../infra/documents/break-glass-events";
import {
  matches,
  parsePattern,
} from "../../sandbox/aws/services/event-pattern";
import {
  planAlarms,
  planBastionAlarms,
  type AlarmPlan,
} from "../../infra/alarms";
import { problemsOf } from "./bad-inputs";
import {
  roleSwitched,
  roleTaken,
  rootCalled,
  rootRecoversPassword,
  rootSignedIn,
  userSignedIn,
  type DeliveredEvent,
} from "./cloudtrail-events";
import { bastionConfig, workloadConfig } from "./config-of";

const alarmRegion = {
  partition: "aws",
  accountId: "033333333333",
  region: "eu-central-1",
  alarm: "break-glass",
} as const;

const tells = (pattern: EventPattern, event: DeliveredEvent): boolean =>
  matches(parsePattern(JSON.stringify(pattern)), event);

type Case = readonly [what: string, event: DeliveredEvent, told: boolean];

const denied = { errorCode: "AccessDenied", responseElements: null };

describe("the alarm about a role", () => {
  const pattern = roleTakenPattern("aws", alarmRegion.accountId, ["OpsSudo"]);
  const cases: readonly Case[] = [
    ["OpsSudo, by the CLI", roleTaken("OpsSudo"), true],
    ["OpsSudo, by a role switch", roleSwitched("OpsSudo"), true],
    [
      "OpsSudo, with a token, after its trust was changed",
      roleTaken("OpsSudo", { eventName: "AssumeRoleWithWebIdentity" }),
      true,
    ],
    ["OpsSudo, but refused", roleTaken("OpsSudo", denied), false],
    ["ReadOnly, by the CLI", roleTaken("ReadOnly"), false],
    ["ReadOnly, by a role switch", roleSwitched("ReadOnly"), false],
    ["a role whose name begins alike", roleTaken("OpsSudoAudit"), false],
    ["such a role, by a role switch", roleSwitched("OpsSudoAudit"), false],
    [
      "a look at the role",
      rootCalled("GetRole", { requestParameters: { roleName: "OpsSudo" } }),
      false,
    ],
  ];
  for (const [what, event, told] of cases) {
    it(`${told ? "tells" : "is silent about"} ${what}`, () => {
      assert.equal(tells(pattern, event), told);
    });
  }
});

describe("the alarm about root", () => {
  const cases: readonly Case[] = [
    ["a sign-in", rootSignedIn("Success"), true],
    ["a sign-in that failed", rootSignedIn("Failure"), true],
    ["a password recovery", rootRecoversPassword(), true],
    ["a call that changes", rootCalled("CreateAccessKey"), true],
    ["a call that reads", rootCalled("ListUsers", { readOnly: true }), true],
    ["a call that was refused", rootCalled("ListUsers", denied), true],
    [
      "what a service does in root's name",
      rootCalled("GetRole", {}, { invokedBy: "support.amazonaws.com" }),
      false,
    ],
    [
      "an event of a service",
      rootCalled("RotateKey", { eventType: "AwsServiceEvent" }),
      false,
    ],
    ["a user of that name", userSignedIn(), false],
    ["somebody who takes a role", roleTaken("OpsSudo"), false],
  ];
  for (const [what, event, told] of cases) {
    it(`${told ? "tells" : "is silent about"} ${what}`, () => {
      assert.equal(tells(rootUsedPattern(), event), told);
    });
  }
});

describe("an alarm's patterns", () => {
  const organisation = `
bastionAccountId: "111111111111"
accounts: { prod: { id: "033333333333" } }
breakGlassAlarm: { enabled: true }
`;
  const people = (count: number) => `
teams: { operations: { grants: [{ roles: [OpsSudo], accounts: all }] } }
users: {${Array.from({ length: count }, (_, n) => `user-with-a-name-of-some-length-${n}: { teams: [operations] }`).join(",")}}
`;
  const furtherRoles = (count: number) =>
    `roles: {${Array.from({ length: count }, (_, n) => `role-with-a-name-of-some-length-${n}: { managedPolicies: [SecurityAudit] }`).join(",")}}\n`;
  const rulesOf = (plans: readonly AlarmPlan[]) =>
    plans.flatMap(({ rules }) => rules);

  for (const count of [1, 25, 60]) {
    it(`are such as EventBridge takes, with ${count} administrators and roles`, () => {
      const workload = workloadConfig(organisation + furtherRoles(count));
      const [prod] = workload.accounts;
      assert.ok(prod);
      const rules = [
        ...rulesOf(
          planBastionAlarms(bastionConfig(organisation + people(count))),
        ),
        ...rulesOf(planAlarms(workload, prod)),
      ];
      assert.equal(rules.length, 9);
      for (const { name, pattern } of rules) {
        const text = JSON.stringify(pattern);
        parsePattern(text);
        // Source: AWS documentation, "Amazon EventBridge quotas".
        assert.ok(text.length <= 2_048, `${name}: ${text.length}`);
      }
    });
  }

  it("tell of no lock-out where nobody can take a role", () => {
    const rules = rulesOf(planBastionAlarms(bastionConfig(organisation)));
    assert.ok(rules.every(({ name }) => !name.endsWith("lock-out")));
  });

  it("have names of their own where bastion and workload account are one", () => {
    const alone = `
bastionAccountId: "111111111111"
accounts: { main: { id: "111111111111" } }
breakGlassAlarm: { enabled: true }
`;
    const workload = workloadConfig(alone);
    const [main] = workload.accounts;
    assert.ok(main);
    const plans = [
      ...planBastionAlarms(bastionConfig(alone)),
      ...planAlarms(workload, main),
    ];
    const names = [
      ...plans.flatMap(({ topicArn: arn, keyAlias }) => [arn, keyAlias]),
      ...rulesOf(plans).map(({ name }) => name),
    ];
    assert.equal(new Set(names).size, names.length);
  });
});

describe("the alarm's topic and key", () => {
  const ask = (
    policy: unknown,
    action: string,
    resource: string,
    context: Readonly<Record<string, string>>,
    principal = "events.amazonaws.com",
  ): string =>
    runUnsafeSimulation(
      {
        request: {
          principal,
          action,
          resource: { resource, accountId: alarmRegion.accountId },
          contextVariables: context,
        },
        identityPolicies: [],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        resourcePolicy: createValidatedPolicy(policy, validateResourcePolicy, {
          name: "resource",
        }),
      },
      {},
    );
  const publish = (context: Readonly<Record<string, string>>, who?: string) =>
    ask(
      topicPolicy(alarmRegion),
      "sns:Publish",
      topicArn(alarmRegion),
      context,
      who,
    );
  const ours = {
    "aws:SourceArn": ruleArn(alarmRegion, "break-glass-role-taken"),
    "aws:SourceAccount": alarmRegion.accountId,
    "aws:SecureTransport": "true",
  };
  const foreign = "arn:aws:events:eu-central-1:444444444444:rule/x";

  it("let EventBridge publish for the alarm's own rules, over TLS", () => {
    assert.equal(publish(ours), "Allowed");
    for (const context of [
      { ...ours, "aws:SourceArn": foreign },
      { ...ours, "aws:SourceAccount": "444444444444" },
      { "aws:SecureTransport": "true" },
    ]) {
      assert.equal(publish(context), "ImplicitlyDenied");
    }
    assert.equal(
      publish({ ...ours, "aws:SecureTransport": "false" }),
      "ExplicitlyDenied",
    );
  });

  it("let no other service and no account publish", () => {
    for (const who of [
      "s3.amazonaws.com",
      "arn:aws:iam::444444444444:user/mallory",
    ]) {
      assert.equal(publish(ours, who), "ImplicitlyDenied");
    }
  });

  it("let EventBridge encrypt for that topic alone", () => {
    const encrypt = (topic: string) =>
      ask(
        keyPolicy(alarmRegion),
        "kms:GenerateDataKey",
        "arn:aws:kms:eu-central-1:033333333333:key/1",
        { "kms:EncryptionContext:aws:sns:topicArn": topic },
      );
    assert.equal(encrypt(topicArn(alarmRegion)), "Allowed");
    assert.equal(encrypt(`${topicArn(alarmRegion)}-2`), "ImplicitlyDenied");
  });
});

describe("the alarm's config", () => {
  const organisation = `
bastionAccountId: "111111111111"
accounts: { dev: { id: "222222222222" }, prod: { id: "033333333333" } }
`;
  const read = (yaml: string) =>
    workloadConfig(organisation + yaml).breakGlassAlarm;

  it("is off unless one key turns it on", () => {
    assert.equal(read(""), undefined);
    assert.equal(read("breakGlassAlarm: {}"), undefined);
    assert.equal(read("breakGlassAlarm: { emails: [a@b.org] }"), undefined);
    assert.deepEqual(read("breakGlassAlarm: { enabled: true }"), {
      accounts: ["dev", "prod"],
      roles: ["OpsSudo"],
      emails: [],
      deployers: ["OrganizationAccountAccessRole", "pipeline-deployment"],
      regions: ["us-east-1"],
    });
  });

  it("watches where root signs in, beside the stack's own region", () => {
    assert.deepEqual(
      read("region: eu-central-1\nbreakGlassAlarm: { enabled: true }")?.regions,
      ["us-east-1", "eu-central-1"],
    );
  });

  for (const [key, path, expected] of [
    ["accounts: [nowhere]", "accounts[0]", /a workload account: dev, prod/],
    ["roles: [Nobody]", "roles[0]", /a role: PowerUser/],
    ["emails: [ada]", "emails[0]", /an address/],
    ["regions: []", "regions", /at least one region/],
    ["enabeld: true", "enabeld", /the nearest is enabled/],
  ] as const) {
    it(`refuses ${key}`, () => {
      const problems = problemsOf(
        `stack: workload${organisation}breakGlassAlarm: { enabled: true, ${key} }`,
      );
      assert.deepEqual(
        problems.map((one) => one.path),
        [`breakGlassAlarm.${path}`],
      );
      assert.match(problems[0]?.expected ?? "", expected);
    });
  }
});
