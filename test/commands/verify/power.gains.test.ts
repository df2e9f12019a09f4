import { prodId } from "./accounts";
import { root, service, trusting } from "./live-accounts";
import { assuming, people, roleArn, testPower, type Row } from "./power-rows";

/** What ReadOnly may not do, and PowerUser may. */
const writes = [
  {
    Effect: "Allow",
    Action: "s3:PutObject",
    Resource: "arn:aws:s3:::data/*",
  },
];

const rows: readonly Row[] = [
  {
    title: "a role that gives more than ReadOnly to whoever holds that",
    accounts: {
      [prodId]: {
        roles: [
          { name: "ReadOnly", trust: people, holds: ["ReadOnlyAccess"] },
          {
            name: "uploader",
            trust: trusting({ AWS: roleArn(prodId, "ReadOnly") }),
            holds: [writes],
          },
        ],
      },
    },
    finds: [
      [
        "leads-to-more",
        roleArn(prodId, "uploader"),
        "uploader in prod may call s3:PutObject on arn:aws:s3:::data/",
        "Who gets there, and may not by what they hold: the role ReadOnly of prod (people of the bastion)",
      ],
    ],
    mends: [
      "aws iam delete-role-policy --role-name uploader --policy-name inline-1",
      "aws iam delete-role --role-name uploader",
    ],
  },
  {
    title: "the same by way of another role, and of its own root",
    accounts: {
      [prodId]: {
        roles: [
          { name: "ReadOnly", trust: people, holds: ["ReadOnlyAccess"] },
          {
            name: "hop",
            trust: trusting({ AWS: roleArn(prodId, "ReadOnly") }),
            holds: [[assuming(roleArn(prodId, "uploader"))]],
          },
          { name: "uploader", trust: trusting(root(prodId)), holds: [writes] },
        ],
      },
    },
    finds: [
      ["leads-to-more", roleArn(prodId, "hop"), "sts:AssumeRole on "],
      [
        "leads-to-more",
        roleArn(prodId, "uploader"),
        "the role ReadOnly of prod by way of hop",
      ],
    ],
  },
  {
    title: "perhaps more, where that is not decided",
    accounts: {
      [prodId]: {
        roles: [
          { name: "ReadOnly", trust: people, holds: ["ReadOnlyAccess"] },
          {
            name: "uploader",
            trust: trusting({ AWS: roleArn(prodId, "ReadOnly") }),
            holds: [
              writes.map((one) => ({
                ...one,
                Condition: { StringEquals: { "aws:PrincipalTag/owner": [] } },
              })),
            ],
          },
        ],
      },
    },
    finds: [
      [
        "power-undecided",
        roleArn(prodId, "uploader"),
        "perhaps gives more than they hold to the role ReadOnly of prod",
      ],
    ],
  },
  {
    title: "nothing of a role that gives no more than those hold who get there",
    accounts: {
      [prodId]: {
        roles: [
          { name: "PowerUser", trust: people, holds: ["PowerUserAccess"] },
          { name: "ReadOnly", trust: people, holds: ["ReadOnlyAccess"] },
          { name: "uploader", trust: trusting(root(prodId)), holds: [writes] },
          {
            name: "lister",
            trust: trusting({ AWS: roleArn(prodId, "ReadOnly") }),
            holds: [
              [{ Effect: "Allow", Action: "iam:GetRole", Resource: "*" }],
            ],
          },
        ],
      },
    },
  },
  {
    title: "nothing of such a role that is known, or that a service takes",
    accounts: {
      [prodId]: {
        roles: [
          { name: "ReadOnly", trust: people, holds: ["ReadOnlyAccess"] },
          {
            name: "uploader",
            trust: trusting({ AWS: roleArn(prodId, "ReadOnly") }),
            holds: [writes],
          },
          { name: "web", trust: trusting(service("ec2")), holds: [writes] },
        ],
      },
    },
    settings: { knownRoles: [roleArn(prodId, "uploader")] },
  },
];

describe("verify finds, of roles without power over IAM,", () => {
  testPower(rows);
});
