import { allow, trust, type GrownAccount } from "./make";

/** Seconds: for so long it has been there. */
export const age = 3 * 365 * 86_400;

/**
 * What a take-over meets: people who are administrators by several ways, a build server that is a
 * user, roles that services, a vendor and other roles take beside people.
 *
 * @param accountId of the account itself
 */
export const messyAccount = (accountId: string): GrownAccount => ({
  alias: "grown-account",
  groups,
  users,
  roles: roles(accountId),
});

const groups: GrownAccount["groups"] = [
  { name: "Admins", attached: ["AdministratorAccess"] },
  {
    name: "Developers",
    attached: ["PowerUserAccess"],
    inline: { passing: allow("iam:PassRole") },
  },
  { name: "Auditors", attached: ["ReadOnlyAccess"] },
  { name: "old-project" },
];

const users: GrownAccount["users"] = [
  {
    name: "ada",
    password: true,
    key: true,
    attached: ["AdministratorAccess"],
    inline: { "once-needed": allow("s3:*") },
  },
  { name: "bob", password: true, key: true, groups: ["Admins"] },
  {
    name: "cleo",
    password: true,
    groups: ["Developers", "old-project"],
    inline: { "reads-logs": allow(["logs:Get*", "logs:FilterLogEvents"]) },
  },
  { name: "dmitri", key: true, inline: { buckets: allow("s3:List*") } },
  {
    name: "erin",
    path: "/staff/",
    tags: { department: "audit" },
    password: true,
    groups: ["Auditors"],
  },
  {
    name: "build-server",
    path: "/bots/",
    key: true,
    attached: ["AmazonS3FullAccess", "AmazonEC2ReadOnlyAccess"],
  },
];

function roles(accountId: string): GrownAccount["roles"] {
  const root = { AWS: `arn:aws:iam::${accountId}:root` };
  return [
    {
      name: "LegacyAdmin",
      trust: trust(root),
      attached: ["AdministratorAccess"],
    },
    {
      name: "nightly-cleanup",
      trust: trust({ ...root, Service: "lambda.amazonaws.com" }),
      attached: ["AdministratorAccess"],
    },
    {
      name: "app-server",
      trust: trust({ Service: "ec2.amazonaws.com" }),
      inline: {
        "takes-backup": allow(
          "sts:AssumeRole",
          `arn:aws:iam::${accountId}:role/backup`,
        ),
      },
    },
    {
      name: "backup",
      trust: trust(root),
      attached: ["AmazonS3FullAccess"],
    },
    {
      name: "cost-vendor",
      trust: trust(
        { AWS: "arn:aws:iam::555555555555:root" },
        { StringEquals: { "sts:ExternalId": "a-customer-of-theirs" } },
      ),
      attached: ["ReadOnlyAccess"],
    },
  ];
}
