import { strict as assert } from "node:assert";
import { wrong } from "../../../policy-pack/findings/finding";
import type { Rule } from "../../../policy-pack/rules/rule";
import { whereItStands } from "../../../policy-pack/rules/where-it-stands";
import { judge, unknownText, type Declared } from "../pack";
import { json, people, service } from "../rules/documents";
import { bucketPolicy, nativeRole, resource, role } from "../rules/resources";

/** Lists in each other, with a text in the innermost. */
function nested(levels: number, innermost: unknown = "x"): unknown {
  let value = innermost;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

const stack = (templateBody: unknown) =>
  resource("aws:cloudformation/stack:Stack", "notes", { templateBody });
const template = (value: string) =>
  `{"Resources":{"Made":{"Type":"AWS::IAM::Role","Properties":{"AssumeRolePolicyDocument":${value}}}}}`;
const brackets = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

const text = `{"Version":"2012-10-17","Statement":${brackets(5000)}}`;

const wellFormed = "documents-are-well-formed";
const unread = "no-unread-access";

/** What lies in each other deeper than AWS takes, wherever it may stand, and the rule that says so. */
const deep: readonly (readonly [string, Declared, string | undefined])[] = [
  ["a bucket's policy", bucketPolicy(text), wellFormed],
  ["a trust policy", role("notes", { assumeRolePolicy: text }), wellFormed],
  [
    "an inline policy",
    role("notes", {
      assumeRolePolicy: json(service),
      inlinePolicies: [{ name: "a", policy: text }],
    }),
    wellFormed,
  ],
  [
    "a trust policy that is an object",
    nativeRole("notes", {
      assumeRolePolicyDocument: { Statement: nested(1000) },
    }),
    unread,
  ],
  [
    "a property that no rule reads",
    resource("aws:cloudwatch/dashboard:Dashboard", "notes", {
      dashboardBody: nested(1000, unknownText),
    }),
    undefined,
  ],
  ["a template in JSON", stack(template(brackets(1000))), unread],
  ["a template in YAML", stack(`Resources: ${brackets(20_000)}`), unread],
  [
    "a template that is an object",
    resource("aws-native:cloudformation:Stack", "notes", {
      templateBody: JSON.parse(template(brackets(1000))) as unknown,
    }),
    unread,
  ],
  [
    "a desired state",
    resource("aws:cloudcontrol/resource:Resource", "notes", {
      typeName: "AWS::IAM::Role",
      desiredState: `{"AssumeRolePolicyDocument":${brackets(5000)}}`,
    }),
    unread,
  ],
];

describe("lists and objects in each other, deeper than AWS takes", () => {
  for (const [what, one, rule] of deep) {
    it(`end no run: ${what}`, () => {
      const beside = role("beside", { assumeRolePolicy: json(people({})) });
      for (const isPreview of [true, false]) {
        const found = judge({ resources: [one, beside], isPreview });
        assert.deepEqual(
          found
            .filter(({ resource }) => resource === "notes")
            .map((f) => f.rule),
          rule === undefined ? [] : [rule],
        );
        assert.ok(found.some(({ resource }) => resource === "beside"));
      }
    });
  }

  it("are no fault where AWS takes them", () => {
    const state = (levels: number) =>
      resource("aws:cloudwatch/dashboard:Dashboard", "notes", {
        dashboardBody: nested(levels),
      });
    assert.deepEqual(judge({ resources: [state(90)] }), []);
  });
});

describe("a rule that fails", () => {
  const fails = (resource: string) => {
    if (resource === "notes") throw new TypeError("the secret is hunter2");
    return [];
  };
  const rule = (name: string, judges: Partial<Rule>): Rule => ({
    name,
    title: name,
    description: name,
    severity: "low",
    enforcementLevel: "mandatory",
    remedy: name,
    ...judges,
  });
  const rules = [
    rule("at-once", { judgeResource: ({ name }) => fails(name) }),
    rule("of-the-stack", {
      judgeStack: ({ resources }) =>
        resources.flatMap(({ name }) => fails(name)),
    }),
    rule(
      "where-it-stands",
      whereItStands(({ name }, { account }) =>
        account === undefined ? [] : fails(name),
      ),
    ),
    rule("sound", {
      judgeResource: (one) =>
        one.type === "pulumi:pulumi:Stack"
          ? []
          : [wrong(one, "It is.", "mend it.")],
    }),
  ];

  it("leaves undecided what it was asked, and the others go on", () => {
    const found = judge({
      rules,
      isPreview: false,
      resources: [role("beside"), bucketPolicy(json(service))],
    });
    assert.deepEqual(
      found.map(({ rule, resource, message }) => [
        rule,
        resource,
        message.startsWith("Undecided: ") && message.includes("TypeError"),
      ]),
      [
        ["sound", "beside", false],
        ["at-once", "notes", true],
        ["where-it-stands", "notes", true],
        ["sound", "notes", false],
        ["of-the-stack", "", true],
      ],
    );
    // What an error says may quote anything.
    for (const { message } of found) assert.doesNotMatch(message, /hunter2/);
  });
});
