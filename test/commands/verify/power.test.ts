import { bastionId, devId, prodId } from "./accounts";
import {
  managementId,
  root,
  service,
  trusting,
  trustingWorkflows,
} from "./live-accounts";
import { assuming, people, roleArn, testPower, type Row } from "./power-rows";

const rows: readonly Row[] = [
  {
    title: "an administrator in the bastion that a stranger's repository takes",
    accounts: {
      [bastionId]: {
        roles: [
          {
            name: "backdoor",
            trust: trustingWorkflows(
              bastionId,
              "repo:evil/backdoor:ref:refs/heads/main",
            ),
            holds: ["AdministratorAccess"],
          },
        ],
      },
    },
    finds: [
      [
        "unknown-administrator",
        roleArn(bastionId, "backdoor"),
        "backdoor in bastion is administrator in effect",
        "AdministratorAccess",
        "tokens of token.actions.githubusercontent.com whose sub is repo:evil/backdoor:ref:refs/heads/main",
      ],
    ],
  },
  {
    title:
      "an administrator that trusts its own root, and the role that may ask for it",
    accounts: {
      [prodId]: {
        roles: [
          {
            name: "old-admin",
            trust: trusting(root(prodId)),
            holds: ["AdministratorAccess"],
          },
          { name: "PowerUser", trust: people, holds: ["PowerUserAccess"] },
          { name: "ReadOnly", trust: people, holds: ["ReadOnlyAccess"] },
        ],
      },
    },
    finds: [
      [
        "unknown-administrator",
        roleArn(prodId, "old-admin"),
        "whoever in the account may call sts:AssumeRole (it trusts its own root)",
        "the role PowerUser of prod (people of the bastion)",
      ],
    ],
  },
  {
    title: "an administrator that trusts ReadOnly by its ARN",
    accounts: {
      [prodId]: {
        roles: [
          {
            name: "helper",
            trust: trusting({ AWS: roleArn(prodId, "ReadOnly") }),
            holds: ["AdministratorAccess"],
          },
          { name: "ReadOnly", trust: people, holds: ["ReadOnlyAccess"] },
        ],
      },
    },
    finds: [
      [
        "unknown-administrator",
        roleArn(prodId, "helper"),
        "Who takes it: the role ReadOnly of prod (people of the bastion)",
      ],
    ],
  },
  {
    title:
      "an administrator that trusts everyone called ReadOnly, who need no permission in their own account",
    accounts: {
      [prodId]: {
        roles: [
          {
            name: "helper",
            trust: trusting(
              { AWS: "*" },
              {
                ArnEquals: { "aws:PrincipalArn": roleArn(prodId, "ReadOnly") },
              },
            ),
            holds: ["AdministratorAccess"],
          },
          { name: "ReadOnly", trust: people, holds: ["ReadOnlyAccess"] },
        ],
      },
    },
    finds: [
      [
        "unknown-administrator",
        roleArn(prodId, "helper"),
        "the role ReadOnly of prod (people of the bastion)",
      ],
    ],
  },
  {
    title: "an administrator of a Lambda function in the bastion",
    accounts: {
      [bastionId]: {
        roles: [
          {
            name: "fixer",
            trust: trusting(service("lambda")),
            holds: ["AdministratorAccess"],
          },
        ],
      },
    },
    finds: [
      [
        "unknown-administrator",
        roleArn(bastionId, "fixer"),
        "Who takes it: a Lambda function of the account. What runs with fixer was not read: AWS tells of no use of it in the last 400 days",
      ],
    ],
  },
  {
    title: "a role that can change IAM somehow",
    accounts: {
      [devId]: {
        roles: [
          {
            name: "tagger",
            instanceProfiles: ["tagger-profile"],
            trust: trusting(service("ec2")),
            holds: [
              [
                {
                  Effect: "Allow",
                  Action: "iam:UpdateAssumeRolePolicy",
                  Resource: roleArn(devId, "x"),
                },
              ],
            ],
          },
        ],
      },
    },
    finds: [
      [
        "unknown-iam-power",
        roleArn(devId, "tagger"),
        "tagger in dev can change IAM (iam:UpdateAssumeRolePolicy",
        "by statement 1 of policy inline-1",
        "an EC2 instance of the account",
      ],
    ],
    mends: [
      "aws iam delete-role-policy --role-name tagger --policy-name inline-1",
      "aws iam remove-role-from-instance-profile --instance-profile-name tagger-profile --role-name tagger",
      "aws iam delete-role --role-name tagger",
    ],
  },
  {
    title: "a chain across accounts, from an instance to an administrator",
    accounts: {
      [prodId]: {
        roles: [
          {
            name: "deploy",
            trust: trusting({ AWS: roleArn(devId, "middle") }),
            holds: ["AdministratorAccess"],
          },
        ],
      },
      [devId]: {
        roles: [
          {
            name: "middle",
            trust: trusting({ AWS: roleArn(devId, "web") }),
            holds: [[assuming(roleArn(prodId, "deploy"))]],
          },
          { name: "web", trust: trusting(service("ec2")) },
        ],
      },
    },
    finds: [
      [
        "unknown-administrator",
        roleArn(prodId, "deploy"),
        "the role middle of dev (the role web of dev)",
        "the role web of dev by way of middle (an EC2 instance of the account)",
      ],
    ],
  },
  {
    title: "a role that passes an administrator to a service",
    accounts: {
      [devId]: {
        roles: [
          {
            name: "runner",
            trust: trusting(service("lambda")),
            holds: ["AdministratorAccess"],
          },
          {
            name: "web",
            trust: trusting(service("ec2")),
            holds: [
              [
                {
                  Effect: "Allow",
                  Action: "iam:PassRole",
                  Resource: roleArn(devId, "runner"),
                },
                {
                  Effect: "Allow",
                  Action: ["lambda:CreateFunction", "lambda:InvokeFunction"],
                  Resource: "*",
                },
              ],
            ],
          },
        ],
      },
    },
    finds: [
      [
        "unknown-administrator",
        roleArn(devId, "runner"),
        "the role web of dev by way of lambda.amazonaws.com (an EC2 instance of the account)",
      ],
    ],
  },
  {
    title: "an administrator for whoever is of an organisation",
    accounts: {
      [devId]: {
        roles: [
          {
            name: "shared",
            trust: trusting("*", {
              StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" },
            }),
            holds: ["AdministratorAccess"],
          },
        ],
      },
    },
    finds: [
      [
        "unknown-administrator",
        roleArn(devId, "shared"),
        "anyone with an AWS account of o-abcdefghij",
      ],
    ],
  },
  {
    title: "a policy that can't be read",
    accounts: {
      [prodId]: {
        roles: [
          {
            name: "odd",
            trust: trusting(service("ec2")),
            holds: [`arn:aws:iam::${prodId}:policy/gone`],
          },
        ],
      },
    },
    finds: [
      [
        "power-undecided",
        roleArn(prodId, "odd"),
        "managed policy gone can't be read",
      ],
    ],
  },
  {
    title: "nothing of ordinary accounts",
    accounts: {
      [bastionId]: {
        users: [{ name: "ada", groups: ["bastion-users"] }],
        groups: [
          {
            name: "bastion-users",
            holds: [[assuming("arn:aws:iam::*:role/ReadOnly")]],
          },
        ],
      },
      [prodId]: {
        roles: [
          {
            name: "OrganizationAccountAccessRole",
            trust: trusting(root(managementId)),
            holds: ["AdministratorAccess"],
          },
          { name: "OpsSudo", trust: people, holds: ["AdministratorAccess"] },
          { name: "PowerUser", trust: people, holds: ["PowerUserAccess"] },
          { name: "ReadOnly", trust: people, holds: ["ReadOnlyAccess"] },
          {
            name: "resize",
            trust: trusting(service("lambda")),
            holds: [
              "service-role/AWSLambdaBasicExecutionRole",
              [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
            ],
          },
          {
            name: "web",
            trust: trusting(service("ec2")),
            holds: ["AmazonSSMManagedInstanceCore"],
          },
        ],
      },
    },
  },
];

describe("verify finds, of power that the config does not know,", () => {
  testPower(rows);
});
