import { bastionId, devId, prodId } from "./accounts";
import {
  documentOf,
  root,
  service,
  trusting,
  trustingWorkflows,
} from "./live-accounts";
import { roleArn, testPower, type Row } from "./power-rows";

const assuming = (resource: string) => ({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Resource: resource,
});
const rows: readonly Row[] = [
  {
    title: "power by a boundary's name that allows more in one account",
    accounts: Object.fromEntries(
      [
        [devId, [{ Effect: "Allow", Action: "s3:*", Resource: "*" }]],
        [prodId, [{ Effect: "Allow", Action: "*", Resource: "*" }]],
      ].map(([id, statements]) => [
        id as string,
        {
          policies: {
            [`arn:aws:iam::${id as string}:policy/edge`]: documentOf(
              ...(statements as readonly object[]),
            ),
          },
          roles: [
            {
              name: "within",
              trust: trusting(service("ec2")),
              holds: ["AdministratorAccess"],
              boundary: `arn:aws:iam::${id as string}:policy/edge`,
            },
            {
              name: "delegate",
              trust: trusting(service("ec2")),
              holds: [
                [
                  {
                    Effect: "Allow",
                    Action: ["iam:CreateRole", "iam:PutRolePolicy"],
                    Resource: "*",
                    Condition: {
                      StringEquals: {
                        "iam:PermissionsBoundary": `arn:aws:iam::${id as string}:policy/edge`,
                      },
                    },
                  },
                ],
              ],
            },
          ],
        },
      ]),
    ),
    finds: [
      [
        "unknown-administrator",
        roleArn(prodId, "within"),
        "any role of account 033333333333",
      ],
      [
        "unknown-administrator",
        roleArn(prodId, "delegate"),
        "delegate in prod",
      ],
    ],
  },
  {
    title: "roles that are alike, each with its own account",
    accounts: Object.fromEntries(
      [devId, prodId].map((id) => [
        id,
        {
          roles: [
            {
              name: "deploy",
              trust: trustingWorkflows(id, "repo:evil/backdoor:pull_request"),
              holds: ["AdministratorAccess"],
            },
          ],
        },
      ]),
    ),
    finds: [
      [
        "unknown-administrator",
        roleArn(devId, "deploy"),
        "any role of account 222222222222",
      ],
      [
        "unknown-administrator",
        roleArn(prodId, "deploy"),
        "any role of account 033333333333",
      ],
    ],
  },
  {
    title: "one of two roles that are alike, to which a part of an id leads",
    accounts: {
      [bastionId]: {
        roles: [
          {
            name: "reach",
            trust: trusting(service("ec2")),
            holds: [[assuming("arn:aws:iam::03*:role/deploy")]],
          },
        ],
      },
      ...Object.fromEntries(
        [devId, prodId].map((id) => [
          id,
          {
            roles: [
              {
                name: "deploy",
                trust: trusting(root(bastionId)),
                holds: ["AdministratorAccess"],
              },
            ],
          },
        ]),
      ),
    },
    finds: [
      [
        "unknown-administrator",
        roleArn(devId, "deploy"),
        "Who takes it: whoever in bastion may call sts:AssumeRole",
      ],
      [
        "unknown-administrator",
        roleArn(prodId, "deploy"),
        "whoever in bastion may call sts:AssumeRole; the role reach of bastion (an EC2 instance",
      ],
    ],
  },
];

describe("verify finds, of roles that are alike in several accounts,", () => {
  testPower(rows);
});
