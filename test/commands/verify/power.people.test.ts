import { bastionId, devId, prodId } from "./accounts";
import { root, trusting } from "./live-accounts";
import { assuming, roleArn, testPower, type Row } from "./power-rows";

const rows: readonly Row[] = [
  {
    title:
      "a user of a workload account with power, and a group of the bastion",
    accounts: {
      [prodId]: { users: [{ name: "legacy-ci", holds: ["IAMFullAccess"] }] },
      [bastionId]: {
        users: [{ name: "chen", groups: ["admins"] }],
        groups: [{ name: "admins", holds: ["AdministratorAccess"] }],
      },
    },
    finds: [
      [
        "unknown-administrator",
        `arn:aws:iam::${bastionId}:group/admins`,
        "Its members: chen",
      ],
      [
        "unknown-administrator",
        `arn:aws:iam::${prodId}:user/legacy-ci`,
        "legacy-ci, a user of prod, is administrator",
      ],
    ],
  },
  {
    title: "users who may take an administrator, or pass any role",
    accounts: {
      [prodId]: {
        roles: [
          {
            name: "old-admin",
            trust: trusting(root(prodId)),
            holds: ["AdministratorAccess"],
          },
        ],
        users: [
          { name: "robot", holds: [[assuming(roleArn(prodId, "old-admin"))]] },
          { name: "reader", holds: ["ReadOnlyAccess"] },
        ],
      },
      [bastionId]: {
        users: [
          {
            name: "chen",
            holds: [
              [{ Effect: "Allow", Action: "iam:PassRole", Resource: "*" }],
            ],
          },
        ],
      },
    },
    finds: [
      [
        "unknown-iam-power",
        `arn:aws:iam::${bastionId}:user/chen`,
        "chen, a user of bastion, can pass a role of any name",
      ],
      [
        "unknown-administrator",
        roleArn(prodId, "old-admin"),
        "(it trusts its own root); the user robot of prod",
      ],
    ],
  },
  {
    title: "a user of the bastion who says who gets into accounts",
    accounts: {
      [bastionId]: {
        users: [
          { name: "ada", holds: ["AdministratorAccess"] },
          {
            name: "chen",
            holds: [
              [
                {
                  Effect: "Allow",
                  Action: "sso:CreateAccountAssignment",
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
        `arn:aws:iam::${bastionId}:user/chen`,
        "chen, a user of bastion, says who gets into accounts",
      ],
    ],
  },
  {
    title: "users of another account that an administrator leaves it to",
    accounts: {
      [prodId]: {
        roles: [
          {
            name: "deploy",
            trust: trusting(root(devId)),
            holds: ["AdministratorAccess"],
          },
        ],
      },
      [devId]: {
        users: [
          { name: "robot", holds: [[assuming(roleArn(prodId, "deploy"))]] },
        ],
      },
    },
    finds: [
      [
        "unknown-administrator",
        roleArn(prodId, "deploy"),
        "whoever in dev may call sts:AssumeRole; the user robot of dev",
      ],
    ],
  },
];

describe("verify finds, of users and groups with power,", () => {
  testPower(rows);
});
