import assert from "node:assert/strict";
import fc from "fast-check";
import type { LiveOrganisation } from "../../../commands/accounts/organisation";
import { checkPower } from "../../../commands/verify/checks/power";
import { defaultSettings } from "../../../commands/verify/facts";
import { runs } from "../../run/property-tests";
import { bastionId, committedExpectation, devId, prodId } from "./accounts";
import {
  documentOf,
  organisationOf,
  root,
  service,
  trusting,
  trustingWorkflows,
  type Held,
} from "./live-accounts";
import { assuming, roleArn, testPower, type Row } from "./power-rows";

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
    title: "one of two roles that are alike, which may be passed by its tag",
    accounts: Object.fromEntries(
      [devId, prodId].map((id) => [
        id,
        {
          roles: [
            {
              name: "runner",
              trust: trusting(service("lambda")),
              holds: ["AdministratorAccess"],
              tags: id === prodId ? { team: "shop" } : {},
            },
            {
              name: "web",
              trust: trusting(service("ec2")),
              holds: [
                [
                  {
                    Effect: "Allow",
                    Action: "iam:PassRole",
                    Resource: roleArn(id, "runner"),
                    Condition: {
                      StringEquals: { "iam:ResourceTag/team": "shop" },
                    },
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
      ]),
    ),
    finds: [
      [
        "unknown-administrator",
        roleArn(devId, "runner"),
        "Who takes it: a Lambda function of the account. What runs",
      ],
      [
        "unknown-administrator",
        roleArn(prodId, "runner"),
        "the role web of prod by way of lambda.amazonaws.com",
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

  it("the same, whichever account is asked about first", () => {
    const expected = committedExpectation();
    const found = (organisation: LiveOrganisation) =>
      [...checkPower({ organisation, expected, settings: defaultSettings })]
        .map(({ rule, subject, message }) =>
          // In which order takers stand is that of the accounts.
          [rule, subject, ...message.split(/[;:] /).sort()].join("\n"),
        )
        .sort();
    fc.assert(
      fc.property(randomOrganisation, ({ accounts, ...organisation }) => {
        assert.deepEqual(
          found({ ...organisation, accounts: accounts.toReversed() }),
          found({ ...organisation, accounts }),
        );
      }),
      { numRuns: runs(60) },
    );
  });
});

/** Trust policies and permissions that say the same of their own account, or of one in particular. */
const trusts: readonly ((id: string) => string)[] = [
  (id) => trusting(root(id)),
  () => trusting(root(devId)),
  () => trusting({ AWS: roleArn(devId, "a") }),
  () => trusting("*", { StringLike: { "aws:PrincipalAccount": "03*" } }),
  (id) => trusting("*", { StringEquals: { "aws:PrincipalAccount": id } }),
  () => trusting(service("lambda")),
  (id) => trustingWorkflows(id, "repo:evil/backdoor:pull_request"),
];

const permissions: readonly ((id: string) => Held)[] = [
  () => "AdministratorAccess",
  (id) => [assuming(roleArn(id, "*"))],
  () => [assuming(roleArn(devId, "b"))],
  () => [assuming("arn:aws:iam::03*:role/*")],
  (id) => [
    { Effect: "Allow", Action: "iam:PassRole", Resource: roleArn(id, "b") },
    { Effect: "Allow", Action: "lambda:*", Resource: "*" },
  ],
  (id) => [
    {
      Effect: "Allow",
      Action: "iam:PutRolePolicy",
      Resource: roleArn(id, "c"),
    },
  ],
];

const randomOrganisation = fc
  .array(
    fc.array(
      fc.tuple(fc.nat(trusts.length - 1), fc.nat(permissions.length - 1)),
      {
        minLength: 3,
        maxLength: 3,
      },
    ),
    { minLength: 3, maxLength: 3 },
  )
  .map((accounts) =>
    organisationOf(
      Object.fromEntries(
        [bastionId, devId, prodId].map((id, account) => [
          id,
          {
            roles: (accounts[account] ?? []).map(([trust, held], role) => ({
              name: "abc".charAt(role),
              trust: trusts[trust]?.(id) ?? "",
              holds:
                permissions[held] === undefined ? [] : [permissions[held](id)],
            })),
          },
        ]),
      ),
    ),
  );
