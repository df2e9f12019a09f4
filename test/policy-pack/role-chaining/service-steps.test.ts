import type { Declared } from "../pack";
import { unknownText } from "../pack";
import {
  allow,
  dev,
  json,
  people,
  prod,
  readsBuckets,
  trusts,
} from "../rules/documents";
import { iam, nativeRole, resource, role } from "../rules/resources";
import { testRows, type Row } from "../rules/rows";
import { stack } from "../rules/templates";
import { administrator, strong, support } from "./roles";

const rule = "no-escalation-by-role-chaining";
const powerUserAccess = "arn:aws:iam::aws:policy/PowerUserAccess";
const powerUser = `PowerUser of account ${dev}`;
const arnOf = (name: string, account = dev) =>
  `arn:aws:iam::${account}:role/${name}`;
const ofService = (service: string) => json(trusts({ Service: service }));

const ofFunctions = (inputs: object = {}) =>
  strong(trusts({ Service: "lambda.amazonaws.com" }), inputs);
const lambda = (inputs: object = {}, more: object = {}): Declared =>
  resource(
    "aws:lambda/function:Function",
    "orders",
    { name: "orders", role: arnOf("Strong"), ...inputs },
    more,
  );
const server = (tags: object): readonly Declared[] => [
  strong(trusts({ Service: "ec2.amazonaws.com" })),
  iam("InstanceProfile", "web", { name: "web", role: "Strong" }),
  resource("aws:ec2/instance:Instance", "server", {
    iamInstanceProfile: "web",
    tags,
  }),
];
const sessionsOn = (environment: string) =>
  allow("ssm:StartSession", "*", {
    Condition: { StringEquals: { "aws:ResourceTag/environment": environment } },
  });
const ofServersElsewhere = strong(
  trusts({ Service: "rolesanywhere.amazonaws.com" }),
);
const supportBy = (policy: string) =>
  role("Support", {
    assumeRolePolicy: json(people()),
    managedPolicyArns: [`arn:aws:iam::aws:policy/${policy}`],
  });
const throughFunction = {
  resource: "Strong",
  chain: [powerUser, "function orders", "Strong"],
  strength: 3,
} as const;
const withoutPowerRoles = { powerRoles: [] };

const passedTo = (to: string, trust: object): readonly Declared[] => [
  support(
    allow(["states:CreateStateMachine", "states:StartExecution"]),
    allow("iam:PassRole", arnOf("Strong"), {
      Condition: { StringEquals: { "iam:PassedToService": to } },
    }),
  ),
  strong({ ...trusts("*"), ...trust }),
];
const ofRegion = "states.eu-west-1.amazonaws.com";
const namedByPattern = {
  Condition: { StringLike: { "aws:PrincipalServiceName": "states.*" } },
};

/** Roles that trust a service by another name than most. */
const namedRows: readonly Row[] = [
  ...(
    [
      ["of a region", ofRegion, { Principal: { Service: ofRegion } }],
      [
        "of a region, passed by the name of most",
        "states.amazonaws.com",
        { Principal: { Service: ofRegion } },
      ],
      ["by a pattern", "states.amazonaws.com", namedByPattern],
    ] as const
  ).map(([title, to, trust]): Row => ({
    title: `finds a role that is passed to a service ${title}`,
    organisation: withoutPowerRoles,
    resources: passedTo(to, trust),
    finds: [
      {
        resource: "Strong",
        chain: ["Support", "states.amazonaws.com", "Strong"],
      },
    ],
  })),
  {
    title: "is content with one that is passed to another region's",
    organisation: withoutPowerRoles,
    resources: passedTo("states.eu-west-3.amazonaws.com", {
      Principal: { Service: ofRegion },
    }),
  },
  {
    title: "is content with one that a pattern means others by",
    organisation: withoutPowerRoles,
    resources: passedTo("states.amazonaws.com", {
      Condition: { StringLike: { "aws:PrincipalServiceName": "rds.*" } },
    }),
  },
];

const carriedRows: readonly Row[] = [
  {
    title:
      "finds a function with a strong role, whose code PowerUser may change",
    resources: [ofFunctions(), lambda()],
    finds: [{ ...throughFunction, says: ["lambda-003", "UpdateFunctionCode"] }],
  },
  {
    title: "finds it in aws-native's form",
    resources: [
      nativeRole("Strong", {
        assumeRolePolicyDocument: ofService("lambda.amazonaws.com"),
        managedPolicyArns: [administrator],
      }),
      resource("aws-native:lambda:Function", "orders", {
        role: arnOf("Strong"),
      }),
    ],
    finds: [throughFunction],
  },
  {
    title: "finds it by what its role comes from, before that is known",
    resources: [
      ofFunctions(),
      lambda({ role: unknownText }, { from: { role: ["Strong"] } }),
    ],
    finds: [throughFunction],
  },
  {
    title: "is content with a function whose role is no stronger",
    resources: [
      ofFunctions({ managedPolicyArns: [powerUserAccess] }),
      lambda(),
    ],
  },
  {
    title: "is content with a function that runs with another role",
    resources: [ofFunctions(), lambda({ role: arnOf("Stronger") })],
  },
  {
    title: "is content with a function of another account",
    resources: [
      ofFunctions(),
      lambda({ role: arnOf("Strong", prod) }, { provider: prod }),
    ],
  },
  {
    title: "is content where the code of another function may be changed",
    organisation: withoutPowerRoles,
    resources: [
      support(
        allow(
          "lambda:UpdateFunctionCode",
          `arn:aws:lambda:eu-central-1:${dev}:function:invoices`,
        ),
      ),
      ofFunctions(),
      lambda(),
    ],
  },
  ...["app-Orders-A*", "app-Invoices-A*"].map((name): Row => ({
    title: `asks whether ${name} may be the code of a function whose name is made`,
    organisation: withoutPowerRoles,
    resources: [
      support(
        allow(
          "lambda:UpdateFunctionCode",
          `arn:aws:lambda:eu-central-1:${dev}:function:${name}`,
        ),
      ),
      ofFunctions(),
      stack("app", {
        Resources: {
          Orders: {
            Type: "AWS::Lambda::Function",
            Properties: { Role: arnOf("Strong") },
          },
        },
      }),
    ],
    finds: name.includes("Orders")
      ? [
          {
            resource: "Strong",
            chain: ["Support", "function app.Orders", "Strong"],
          },
        ]
      : [],
  })),
  {
    title: "finds servers elsewhere whose authority PowerUser may replace",
    resources: [
      ofServersElsewhere,
      resource("aws-native:rolesanywhere:Profile", "servers", {
        roleArns: [arnOf("Strong")],
      }),
    ],
    finds: [
      {
        resource: "Strong",
        chain: [powerUser, "profile of Roles Anywhere servers", "Strong"],
      },
    ],
  },
  {
    title: "finds by AWS's own policy an authority that people bring in",
    organisation: withoutPowerRoles,
    resources: [ofServersElsewhere, supportBy("AWSRolesAnywhereFullAccess")],
    finds: [
      {
        resource: "Strong",
        chain: ["Support", "rolesanywhere.amazonaws.com", "Strong"],
      },
    ],
  },
  {
    title: "is content where people may read the authorities",
    organisation: withoutPowerRoles,
    resources: [ofServersElsewhere, supportBy("AWSRolesAnywhereReadOnly")],
  },
  {
    title: "finds an instance whose tags let people in",
    organisation: withoutPowerRoles,
    resources: [support(sessionsOn("dev")), ...server({ environment: "dev" })],
    finds: [
      { resource: "Strong", chain: ["Support", "instance server", "Strong"] },
    ],
  },
  ...[{ environment: "prod" }, {}].map((tags): Row => ({
    title: `is content with one whose tags do not: ${JSON.stringify(tags)}`,
    organisation: withoutPowerRoles,
    resources: [support(sessionsOn("dev")), ...server(tags)],
  })),
];

const chainRows: readonly Row[] = [
  {
    title: "follows a chain through a service and a role",
    organisation: withoutPowerRoles,
    resources: [
      support(allow("lambda:UpdateFunctionCode")),
      role("Worker", {
        assumeRolePolicy: ofService("lambda.amazonaws.com"),
        inlinePolicies: [{ name: "p", policy: json(readsBuckets) }],
      }),
      lambda({ role: arnOf("Worker") }),
      strong(trusts({ AWS: arnOf("Worker") })),
    ],
    finds: [
      {
        resource: "Strong",
        chain: ["Support", "function orders", "Worker", "Strong"],
      },
    ],
  },
  {
    title: "follows it through two services",
    organisation: withoutPowerRoles,
    resources: [
      support(allow("lambda:UpdateFunctionCode")),
      role("Worker", {
        assumeRolePolicy: ofService("lambda.amazonaws.com"),
        inlinePolicies: [
          {
            name: "p",
            policy: json(
              allow("iam:PassRole", arnOf("Strong")),
              allow("cloudformation:CreateStack"),
            ),
          },
        ],
      }),
      lambda({ role: arnOf("Worker") }),
      strong(trusts({ Service: "cloudformation.amazonaws.com" })),
    ],
    finds: [
      {
        resource: "Strong",
        chain: [
          "Support",
          "function orders",
          "Worker",
          "cloudformation.amazonaws.com",
          "Strong",
        ],
        says: ["lambda-003", "cloudformation-001"],
      },
    ],
  },
];

/** The provider of most programs: it says nothing of the account. */
const anywhere = { provider: { region: "eu-central-1" } };
const passing = (on: string, inputs: object = {}): readonly Declared[] => [
  role(
    "Support",
    {
      assumeRolePolicy: json(people()),
      inlinePolicies: [
        {
          name: "p",
          policy: json(
            allow("iam:PassRole", on),
            allow("lambda:CreateFunction"),
            allow("lambda:InvokeFunction"),
          ),
        },
      ],
    },
    anywhere,
  ),
  role(
    "Strong",
    {
      assumeRolePolicy: ofService("lambda.amazonaws.com"),
      managedPolicyArns: [administrator],
      ...inputs,
    },
    anywhere,
  ),
];

const unplacedRows: readonly Row[] = [
  {
    title: "can't tell whether it may be passed, by its whole ARN",
    organisation: withoutPowerRoles,
    resources: passing(arnOf("Strong")),
    finds: [
      {
        resource: "Strong",
        kind: "undecided",
        chain: ["Support", "lambda.amazonaws.com", "Strong"],
      },
    ],
  },
  {
    title: "can't tell it by a pattern, below a path",
    organisation: withoutPowerRoles,
    resources: passing("arn:aws:iam::*:role/app/*", { path: "/app/" }),
    finds: [{ resource: "Strong", kind: "undecided" }],
  },
  {
    title: "is content where roles of another name may be passed",
    organisation: withoutPowerRoles,
    resources: passing("arn:aws:iam::*:role/Weak"),
  },
  {
    title: "is content where roles below another path may be passed",
    organisation: withoutPowerRoles,
    resources: passing("arn:aws:iam::*:role/app/*"),
  },
];

describe(`${rule}, through services`, () => {
  describe("of a role whose account does not show", () => {
    testRows(rule, unplacedRows);
  });
  describe("of what runs with a role already", () => {
    testRows(rule, [...namedRows, ...carriedRows]);
  });
  describe("of several steps", () => {
    testRows(rule, chainRows);
  });
});
