import { bastionId, prodId } from "./accounts";
import { service, trusting } from "./live-accounts";
import { people, roleArn, testPower, type Row } from "./power-rows";

const strangerId = "888888888888";

const rows: readonly Row[] = [
  ...(
    [
      [
        "another account's",
        strangerId,
        `a Lambda function of account ${strangerId}`,
      ],
      ["the account's", bastionId, "a Lambda function of the account"],
    ] as const
  ).map(([whose, account, who]): Row => ({
    title: `an administrator of ${whose} own Lambda function`,
    accounts: {
      [bastionId]: {
        roles: [
          {
            name: "fixer",
            trust: trusting(service("lambda"), {
              ArnLike: {
                "aws:SourceArn": `arn:aws:lambda:eu-west-1:${account}:function:fix`,
              },
            }),
            holds: ["AdministratorAccess"],
          },
        ],
      },
    },
    finds: [["unknown-administrator", roleArn(bastionId, "fixer"), who]],
  })),
  ...(
    [
      ["DateLessThan", "aws:CurrentTime", "2020-01-01T00:00:00Z", false],
      ["DateLessThan", "aws:EpochTime", "1577836800", false],
      ["NumericLessThanEquals", "aws:EpochTime", "1", false],
      ["DateLessThan", "aws:CurrentTime", "9020-01-01T00:00:00Z", true],
      ["DateGreaterThan", "aws:CurrentTime", "2020-01-01T00:00:00Z", true],
    ] as const
  ).map(([operator, key, time, isFound]): Row => ({
    title: `${isFound ? "an" : "nothing of an"} administrator with ${operator} ${key} ${time}`,
    accounts: {
      [bastionId]: {
        roles: [
          {
            name: "fixer",
            trust: trusting(service("lambda")),
            holds: [
              [
                {
                  Effect: "Allow",
                  Action: "*",
                  Resource: "*",
                  Condition: { [operator]: { [key]: time } },
                },
              ],
            ],
          },
        ],
      },
    },
    finds: isFound
      ? [["unknown-administrator", roleArn(bastionId, "fixer")]]
      : [],
  })),
  {
    title: "an administrator whom a Deny has kept from it, and does no more",
    accounts: {
      [bastionId]: {
        roles: [
          {
            name: "fixer",
            trust: trusting(service("lambda")),
            holds: [
              "AdministratorAccess",
              [
                {
                  Effect: "Deny",
                  Action: "*",
                  Resource: "*",
                  Condition: {
                    DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" },
                  },
                },
              ],
            ],
          },
        ],
      },
    },
    finds: [["unknown-administrator", roleArn(bastionId, "fixer")]],
  },
  ...(
    [
      ["ReadOnlyAccess", "unknown-iam-power", "can change IAM"],
      ["PowerUserAccess", "unknown-iam-power", "can change IAM"],
      ["IAMFullAccess", "unknown-administrator", "is administrator"],
      ["AdministratorAccess", "unknown-administrator", "is administrator"],
      ["Read*", "unknown-administrator", "is administrator"],
    ] as const
  ).map(([policy, kind, words]): Row => ({
    title: `that whoever may attach ${policy} to itself ${words}`,
    accounts: {
      [bastionId]: {
        roles: [
          {
            name: "fixer",
            trust: trusting(service("lambda")),
            holds: [
              [
                {
                  Effect: "Allow",
                  Action: "iam:AttachRolePolicy",
                  Resource: roleArn(bastionId, "fixer"),
                  Condition: {
                    ArnLike: {
                      "iam:PolicyARN": `arn:aws:iam::aws:policy/${policy}`,
                    },
                  },
                },
              ],
            ],
          },
        ],
      },
    },
    finds: [[kind, roleArn(bastionId, "fixer"), words]],
  })),
  ...(
    [
      [
        "9020",
        "Who takes it: the role ReadOnly of prod (people of the bastion)",
      ],
      ["2020", "Nobody takes it, as far as its trust policy says"],
    ] as const
  ).map(([year, who]): Row => ({
    title: `who takes an administrator that trusts ReadOnly until ${year}`,
    accounts: {
      [prodId]: {
        roles: [
          {
            name: "helper",
            trust: trusting(
              { AWS: roleArn(prodId, "ReadOnly") },
              {
                DateLessThan: { "aws:CurrentTime": `${year}-01-01T00:00:00Z` },
              },
            ),
            holds: ["AdministratorAccess"],
          },
          { name: "ReadOnly", trust: people, holds: ["ReadOnlyAccess"] },
        ],
      },
    },
    finds: [["unknown-administrator", roleArn(prodId, "helper"), who]],
  })),
];

describe("verify finds, of power under conditions,", () => {
  testPower(rows);
});
