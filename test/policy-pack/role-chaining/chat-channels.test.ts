import { unknownText, type Declared } from "../pack";
import {
  allow,
  dev,
  document,
  json,
  people,
  prod,
  readsBuckets,
  trusts,
} from "../rules/documents";
import { iam, resource, role } from "../rules/resources";
import { testRows, type Row } from "../rules/rows";
import { stack } from "../rules/templates";

const rule = "no-escalation-by-role-chaining";
const organisation = { powerRoles: [] };

const ofAws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const chatRole = (policy: string, inputs: object = {}) =>
  role("Ops", {
    assumeRolePolicy: json(trusts({ Service: "chatbot.amazonaws.com" })),
    managedPolicyArns: [ofAws(policy)],
    ...inputs,
  });
const arn = `arn:aws:iam::${dev}:role/Ops`;

const slack = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration";
const nativeTeams = "aws-native:chatbot:MicrosoftTeamsChannelConfiguration";
const channel = (inputs: object = {}, type = slack): Declared =>
  resource(type, "alerts", { iamRoleArn: arn, ...inputs });

const place = "a place in the chat channel alerts";
const byChat = (strength: number) =>
  [
    {
      resource: "alerts",
      kind: "wrong",
      chain: [place, "Ops by chat, without MFA"],
      strength,
    },
  ] as const;

const guardrail = (statement: ReturnType<typeof allow>) =>
  iam("Policy", "guard", { name: "guard", policy: json(statement) });
const ownGuardrail = `arn:aws:iam::${dev}:policy/guard`;

const rows: readonly Row[] = [
  ...[
    slack,
    "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration",
    "aws-native:chatbot:SlackChannelConfiguration",
    nativeTeams,
  ].map((type): Row => ({
    title: `finds a role of any service that ${type} gives without MFA`,
    organisation,
    resources: [chatRole("PowerUserAccess"), channel({}, type)],
    finds: byChat(1),
  })),
  {
    title: "finds an administrator, and the role by what its ARN comes from",
    organisation,
    resources: [
      chatRole("AdministratorAccess"),
      {
        ...channel({ iamRoleArn: unknownText }),
        from: { iamRoleArn: ["Ops"] },
      },
    ],
    finds: byChat(3),
  },
  {
    title: "finds a stronger role that the chat's own leads to",
    organisation,
    resources: [
      chatRole("ReadOnlyAccess", {
        inlinePolicies: [
          { name: "p", policy: json(allow("lambda:UpdateFunctionCode")) },
        ],
      }),
      role("Strong", { managedPolicyArns: [ofAws("AdministratorAccess")] }),
      resource("aws:lambda/function:Function", "job", {
        role: `arn:aws:iam::${dev}:role/Strong`,
      }),
      channel(),
    ],
    finds: [
      {
        resource: "Strong",
        chain: [place, "Ops by chat, without MFA", "function job", "Strong"],
      },
    ],
  },
  {
    title: "finds one in a template",
    organisation,
    resources: [
      stack("app", {
        Resources: {
          Ops: {
            Type: "AWS::IAM::Role",
            Properties: {
              RoleName: "Ops",
              AssumeRolePolicyDocument: document(
                trusts({ Service: "chatbot.amazonaws.com" }),
              ),
              ManagedPolicyArns: [ofAws("PowerUserAccess")],
            },
          },
          Alerts: {
            Type: "AWS::Chatbot::SlackChannelConfiguration",
            Properties: { IamRoleArn: { "Fn::GetAtt": "Ops.Arn" } },
          },
        },
      }),
    ],
    finds: [{ resource: "app", kind: "wrong", strength: 1 }],
  },
  {
    title: "goes by what guardrail policies leave of the role",
    organisation,
    resources: [
      chatRole("AdministratorAccess"),
      channel({ guardrailPolicyArns: [ofAws("PowerUserAccess")] }),
    ],
    finds: byChat(1),
  },
  ...[
    channel({ guardrailPolicyArns: [ofAws("ReadOnlyAccess")] }),
    channel({ guardrailPolicyArns: [ownGuardrail] }),
    channel({ guardrailPolicies: [ownGuardrail] }, nativeTeams),
  ].map((one): Row => ({
    title: `is content where they leave little: ${JSON.stringify(one.inputs)}`,
    organisation,
    resources: [chatRole("AdministratorAccess"), guardrail(readsBuckets), one],
  })),
  {
    title: "says that it can't read a guardrail policy of another stack",
    organisation,
    resources: [
      chatRole("PowerUserAccess"),
      channel({ guardrailPolicyArns: [ownGuardrail] }),
    ],
    finds: [{ resource: "alerts", kind: "undecided", says: ["guardrail"] }],
  },
  {
    title: "says that it can't read a role of another stack",
    organisation,
    resources: [channel()],
    finds: [
      { resource: "alerts", kind: "undecided", says: [arn, "another stack"] },
    ],
  },
  {
    title: "waits for a role that is not known yet",
    organisation,
    resources: [channel({ iamRoleArn: unknownText })],
    finds: [{ resource: "", kind: "unknown", field: "iamRoleArn" }],
  },
  {
    title: "waits to know whether all bring roles of their own",
    organisation,
    resources: [
      chatRole("PowerUserAccess"),
      channel({ userAuthorizationRequired: unknownText }),
    ],
    finds: [
      { resource: "", kind: "unknown", field: "userAuthorizationRequired" },
    ],
  },
  ...[
    channel({ userAuthorizationRequired: true }),
    channel({ userRoleRequired: true }, nativeTeams),
  ].map((one): Row => ({
    title: `is content where all bring roles of their own, by ${one.type}`,
    organisation,
    resources: [chatRole("PowerUserAccess"), one],
  })),
  ...["ReadOnlyAccess", "CloudWatchReadOnlyAccess"].map((policy): Row => ({
    title: `is content with a role that only reads, by ${policy}`,
    organisation,
    resources: [
      chatRole(policy),
      channel(),
      role("Strong", {
        assumeRolePolicy: json(people()),
        managedPolicyArns: [ofAws("AdministratorAccess")],
      }),
    ],
  })),
  {
    title: "is content with a strong role of the same name elsewhere",
    organisation,
    resources: [
      chatRole("ReadOnlyAccess"),
      { ...chatRole("AdministratorAccess"), name: "other", provider: prod },
      channel(),
    ],
  },
];

describe(`${rule}, from a chat channel`, () => {
  testRows(rule, rows);
});
