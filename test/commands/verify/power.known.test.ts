import { devId, prodId } from "./accounts";
import {
  documentOf,
  managementId,
  root,
  service,
  trusting,
  trustingWorkflows,
} from "./live-accounts";
import { people, roleArn, testPower, type Row } from "./power-rows";

const providers = [
  {
    issuer: "token.actions.githubusercontent.com",
    tenants: ["acme"],
    claims: {},
  },
];

const stackSetsAdmin = `arn:aws:iam::${managementId}:role/aws-service-role/stacksets.cloudformation.amazonaws.com/AWSServiceRoleForCloudFormationStackSetsOrgAdmin`;
const signIn = {
  StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" },
};
const bySaml = (provider: string) =>
  documentOf({
    Effect: "Allow",
    Principal: {
      Federated: `arn:aws:iam::${prodId}:saml-provider/${provider}`,
    },
    Action: ["sts:AssumeRoleWithSAML", "sts:TagSession"],
    Condition: signIn,
  });

const rows: readonly Row[] = [
  {
    title: "a deployment role that the account's own roles may take",
    accounts: {
      [prodId]: {
        roles: [
          {
            name: "OrganizationAccountAccessRole",
            trust: trusting({
              AWS: [root(managementId).AWS, root(prodId).AWS],
            }),
            holds: ["AdministratorAccess"],
          },
          { name: "PowerUser", trust: people, holds: ["PowerUserAccess"] },
        ],
      },
    },
    finds: [
      [
        "leads-to-administrator",
        roleArn(prodId, "OrganizationAccountAccessRole"),
        "whoever in the account may call sts:AssumeRole",
        "the role PowerUser of prod (people of the bastion)",
      ],
    ],
  },
  {
    title: "a known administrator that a role of people leads to",
    accounts: {
      [prodId]: {
        roles: [
          {
            name: "ci",
            trust: trusting(root(prodId)),
            holds: ["AdministratorAccess"],
          },
          { name: "PowerUser", trust: people, holds: ["PowerUserAccess"] },
        ],
      },
    },
    settings: { knownRoles: [roleArn(prodId, "ci")] },
    finds: [
      [
        "leads-to-administrator",
        roleArn(prodId, "ci"),
        "Who gets there: the role PowerUser of prod",
      ],
    ],
  },
  {
    title: "notes of what AWS makes, and nothing of its service-linked roles",
    accounts: {
      [prodId]: {
        roles: [
          {
            name: "AWSServiceRoleForSSO",
            path: "/aws-service-role/sso.amazonaws.com/",
            trust: trusting(service("sso")),
            holds: ["AdministratorAccess"],
          },
          {
            name: "AWSReservedSSO_AdministratorAccess_0123456789abcdef",
            path: "/aws-reserved/sso.amazonaws.com/eu-central-1/",
            trust: bySaml("AWSSSO_0123456789abcdef_DO_NOT_DELETE"),
            holds: ["AdministratorAccess"],
          },
          {
            name: "stacksets-exec-0123456789abcdef0123456789abcdef",
            trust: trusting({ AWS: stackSetsAdmin }),
            holds: ["AdministratorAccess"],
          },
          {
            name: "AWSControlTowerExecution",
            trust: trusting(root(managementId)),
            holds: ["AdministratorAccess"],
          },
        ],
      },
    },
    finds: [
      [
        "administrator-of-aws",
        `arn:aws:iam::${prodId}:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_AdministratorAccess_0123456789abcdef`,
        "Identity Center made it",
      ],
      [
        "administrator-of-aws",
        roleArn(prodId, "stacksets-exec-0123456789abcdef0123456789abcdef"),
        "AWSServiceRoleForCloudFormationStackSetsOrgAdmin of account 999999999999",
      ],
      [
        "administrator-of-aws",
        roleArn(prodId, "AWSControlTowerExecution"),
        "whoever in account 999999999999 may call sts:AssumeRole",
      ],
    ],
  },
  {
    title: "a role with the name of one of AWS's that an instance takes",
    accounts: {
      [devId]: {
        roles: [
          {
            name: "AWSControlTowerExecution",
            trust: trusting(service("ec2")),
            holds: ["AdministratorAccess"],
          },
        ],
      },
    },
    finds: [
      [
        "leads-to-administrator",
        roleArn(devId, "AWSControlTowerExecution"),
        "an EC2 instance",
      ],
    ],
  },
  {
    title:
      "a role with such a name whose power is not decided, where others take it",
    accounts: Object.fromEntries(
      [
        [devId, trusting(service("ec2"))],
        [prodId, trusting(root(managementId))],
      ].map(([id = "", trust = ""]) => [
        id,
        {
          roles: [
            {
              name: "AWSControlTowerExecution",
              trust,
              holds: [`arn:aws:iam::${id}:policy/gone`],
            },
          ],
        },
      ]),
    ),
    finds: [
      [
        "power-undecided",
        roleArn(devId, "AWSControlTowerExecution"),
        "managed policy gone can't be read",
        "Who gets there: an EC2 instance",
      ],
    ],
  },
  {
    title:
      "a role with the name of one of AWS's that another account of the config takes",
    accounts: {
      [prodId]: {
        roles: [
          {
            name: "AWSControlTowerExecution",
            trust: trusting(root(devId)),
            holds: ["AdministratorAccess"],
          },
        ],
      },
    },
    finds: [
      [
        "leads-to-administrator",
        roleArn(prodId, "AWSControlTowerExecution"),
        "Who gets there: whoever in dev may call sts:AssumeRole",
      ],
    ],
  },
  {
    title: "nothing of a pipeline's role that is known, with tokens of ours",
    accounts: {
      [devId]: {
        roles: [
          {
            name: "github-ci",
            trust: trustingWorkflows(
              devId,
              "repo:acme/shop:ref:refs/heads/main",
            ),
            holds: ["AdministratorAccess"],
          },
        ],
      },
    },
    settings: {
      knownRoles: [roleArn(devId, "github-ci")],
      identityProviders: providers,
    },
  },
  {
    title: "that a role which is said to be known is not there",
    accounts: {},
    settings: { knownRoles: [roleArn(devId, "gone")] },
    finds: [["exemption-unused", roleArn(devId, "gone"), "no role of dev"]],
  },
  {
    title: "the nearest to a known role that is not there",
    accounts: {
      [devId]: {
        roles: [{ name: "vital", trust: trusting(service("lambda")) }],
      },
    },
    settings: { knownRoles: [roleArn(devId, "vitall")] },
    finds: [
      [
        "exemption-unused",
        roleArn(devId, "vitall"),
        `the nearest is ${roleArn(devId, "vital")}`,
      ],
    ],
  },
  {
    title: "a known administrator of functions that people may change",
    accounts: {
      [prodId]: {
        roles: [
          {
            name: "fixer",
            trust: trusting(service("lambda")),
            holds: ["AdministratorAccess"],
          },
          { name: "PowerUser", trust: people, holds: ["PowerUserAccess"] },
        ],
      },
    },
    settings: { knownRoles: [roleArn(prodId, "fixer")] },
    finds: [
      [
        "leads-to-administrator",
        roleArn(prodId, "fixer"),
        "Who gets there: perhaps the role PowerUser of prod by way of what runs with fixer (function, by lambda:UpdateFunctionCode) (people of the bastion)",
        "What runs with fixer was not read",
      ],
    ],
  },
  {
    title:
      "nothing of a known administrator of functions that nobody may change",
    accounts: {
      [prodId]: {
        roles: [
          {
            name: "fixer",
            trust: trusting(service("lambda")),
            holds: ["AdministratorAccess"],
          },
          { name: "ReadOnly", trust: people, holds: ["ReadOnlyAccess"] },
          {
            name: "web",
            trust: trusting(service("ec2")),
            holds: [
              [
                {
                  Effect: "Allow",
                  Action: "lambda:InvokeFunction",
                  Resource: "*",
                },
              ],
            ],
          },
        ],
      },
    },
    settings: { knownRoles: [roleArn(prodId, "fixer")] },
  },
  {
    title: "people of Identity Center and of a directory, by an own root",
    accounts: {
      [devId]: {
        roles: [
          {
            name: "ci",
            trust: trusting(root(devId)),
            holds: ["AdministratorAccess"],
          },
          {
            name: "AWSReservedSSO_PowerUserAccess_0123456789abcdef",
            path: "/aws-reserved/sso.amazonaws.com/",
            trust: bySaml("AWSSSO_0123456789abcdef_DO_NOT_DELETE"),
            holds: ["PowerUserAccess"],
          },
          {
            name: "staff",
            trust: bySaml("corp"),
            holds: ["PowerUserAccess"],
          },
        ],
      },
    },
    settings: { knownRoles: [roleArn(devId, "ci")] },
    finds: [
      [
        "leads-to-administrator",
        roleArn(devId, "ci"),
        "AWSReservedSSO_PowerUserAccess_0123456789abcdef of dev (people of Identity Center)",
        "the role staff of dev (people who sign in by saml-provider/corp)",
      ],
    ],
  },
];

describe("verify finds, of roles with power that are known or AWS's,", () => {
  testPower(rows);
});
