import {
  all,
  bastion,
  grantsFirst,
  inWorkload,
  rolesFirst,
  shared,
  workload,
  type Change,
} from "./change";

const document = (...statements: readonly object[]) => ({
  Version: "2012-10-17",
  Statement: statements,
});
const readsBuckets = document({
  Effect: "Allow",
  Action: ["s3:GetObject", "s3:ListBucket"],
  Resource: "*",
});
const writesBuckets = document({
  Effect: "Allow",
  Action: "s3:*",
  Resource: "*",
});
const keepsSecrets = document({
  Effect: "Deny",
  Action: "s3:*",
  Resource: "arn:aws:s3:::secrets/*",
});

/** So many that a team's roles no longer fit its group. */
const manyAccounts = Object.fromEntries(
  Array.from({ length: 70 }, (_, index) => [
    `unit-${index}`,
    { id: String(500_000_000_000 + index) },
  ]),
);
const deployed = ["dev", "prod"];

const partition: readonly Change[] = [
  grantsFirst(
    "a team's roles outgrow its group",
    shared("accounts", {
      dev: { id: "222222222222" },
      prod: { id: "033333333333", production: true },
      ...manyAccounts,
    }),
    workload("deployTo", deployed),
  ),
  grantsFirst(
    "a team's roles fit its group again",
    shared("accounts", {
      dev: { id: "222222222222" },
      prod: { id: "033333333333", production: true },
    }),
    workload("deployTo"),
  ),
];

const roles: readonly Change[] = [
  rolesFirst(
    "a role is added and granted",
    shared("roles.Support", {
      managedPolicies: ["job-function/ViewOnlyAccess"],
      inlinePolicies: { buckets: readsBuckets, guard: keepsSecrets },
    }),
    bastion("teams.engineers.grants", [
      { roles: ["PowerUser"], accounts: ["dev"] },
      { roles: ["Support"], accounts: all },
    ]),
  ),
  inWorkload(
    "a role's policies are widened",
    shared("roles.Support.inlinePolicies.buckets", writesBuckets),
    shared("roles.Support.managedPolicies", [
      "job-function/ViewOnlyAccess",
      "SecurityAudit",
    ]),
  ),
  inWorkload(
    "a role's policies are narrowed",
    shared("roles.Support.inlinePolicies.buckets", readsBuckets),
    shared("roles.Support.managedPolicies", ["job-function/ViewOnlyAccess"]),
  ),
  inWorkload(
    "a role asks for younger MFA",
    shared("roles.Support.mfaMaxAgeSeconds", 900),
  ),
  grantsFirst(
    "the groups say so as well",
    shared("roles.Support.mfaMaxAgeSeconds", 900),
  ),
  rolesFirst(
    "a role takes older MFA",
    shared("roles.Support.mfaMaxAgeSeconds", 7_200),
  ),
  rolesFirst(
    "a role is renamed",
    shared("roles.Helper", {
      managedPolicies: ["job-function/ViewOnlyAccess"],
      inlinePolicies: { buckets: readsBuckets, guard: keepsSecrets },
    }),
    shared("roles.Support"),
    bastion("teams.engineers.grants", [
      { roles: ["PowerUser"], accounts: ["dev"] },
      { roles: ["Helper"], accounts: all },
    ]),
  ),
  inWorkload(
    "a role's policies of AWS are exchanged",
    shared("roles.Helper.managedPolicies", ["SecurityAudit"]),
  ),
  grantsFirst(
    "a role is removed",
    bastion("teams.engineers.grants", [
      { roles: ["PowerUser"], accounts: ["dev"] },
    ]),
    shared("roles.Helper"),
  ),
  inWorkload(
    "ReadOnly reads metadata alone",
    shared("roles.ReadOnly", { reads: "metadata" }),
  ),
  inWorkload(
    "ReadOnly reads data",
    shared("roles.ReadOnly", { reads: "data" }),
  ),
  inWorkload(
    "PowerUser may pass roles and take some",
    shared("roles.PowerUser", {
      passRolePath: "/app/",
      assumableRoles: ["cdk-hnb659fds-*"],
    }),
  ),
  inWorkload("PowerUser may not any more", shared("roles.PowerUser")),
  grantsFirst(
    "OpsSudo takes older MFA",
    shared("roles.OpsSudo", { mfaMaxAgeSeconds: 7_200 }),
  ),
  rolesFirst("OpsSudo takes younger MFA again", shared("roles.OpsSudo")),
];

const vendor = (accountId: string) => ({
  vendor: { accountId, externalId: "acme-7f3a9c21" },
});

/** Whoever comes next does not have what the role held for others. */
export const toAnotherVendor = inWorkload(
  "a vendor's role goes to another vendor, and may do less",
  shared("roles.Scanner", {
    managedPolicies: ["AmazonDynamoDBReadOnlyAccess"],
    trust: vendor("888888888888"),
  }),
);

const machines: readonly Change[] = [
  inWorkload(
    "a vendor has a role",
    shared("roles.Scanner", {
      managedPolicies: ["AmazonS3FullAccess"],
      trust: vendor("777777777777"),
    }),
  ),
  toAnotherVendor,
  inWorkload(
    "a vendor's role goes to jobs of GitLab's",
    shared("roles.Scanner", {
      managedPolicies: ["AmazonS3FullAccess"],
      trust: {
        oidc: {
          issuer: "gitlab.com",
          audience: "https://gitlab.com",
          subjects: ["project_path:acme/shop:ref_type:branch:ref:main"],
        },
      },
    }),
  ),
  inWorkload(
    "jobs of another branch take the role",
    shared("roles.Scanner.trust.oidc.subjects", [
      "project_path:acme/shop:ref_type:branch:ref:stable",
    ]),
  ),
  rolesFirst(
    "a machine's role goes to people",
    shared("roles.Scanner", {
      managedPolicies: ["AmazonDynamoDBReadOnlyAccess"],
    }),
    bastion("teams.engineers.grants", [
      { roles: ["PowerUser"], accounts: ["dev"] },
      { roles: ["Scanner"], accounts: all },
    ]),
  ),
  grantsFirst(
    "people's role goes to a machine of another account",
    bastion("teams.engineers.grants", [
      { roles: ["PowerUser"], accounts: ["dev"] },
    ]),
    shared("roles.Scanner", {
      managedPolicies: ["AmazonS3ReadOnlyAccess"],
      trust: { role: { accountId: "444444444444", name: "reports" } },
    }),
  ),
  inWorkload("a machine's role is removed", shared("roles.Scanner")),
];

const leaving: readonly Change[] = [
  inWorkload(
    "an account becomes production",
    shared("roles.ReadOnly"),
    shared("accounts.dev.production", true),
  ),
  inWorkload(
    "an account is production no more",
    shared("accounts.dev.production"),
  ),
  grantsFirst(
    "an account leaves, and the others stay",
    shared("accounts", { dev: { id: "222222222222" } }),
  ),
  rolesFirst(
    "an account comes back",
    shared("accounts", {
      dev: { id: "222222222222" },
      prod: { id: "033333333333", production: true },
    }),
  ),
];

export const places: readonly Change[] = [
  ...leaving,
  inWorkload(
    "an account has an alarm",
    workload("breakGlassAlarm", {
      enabled: true,
      accounts: ["dev"],
      regions: ["us-east-1"],
      emails: ["oncall@example.org"],
    }),
  ),
  inWorkload("no account has an alarm", workload("breakGlassAlarm")),
  inWorkload("one account is built alone", workload("deployTo", ["dev"])),
  inWorkload("every account is built", workload("deployTo")),
];

/** Of accounts, their roles and their alarms. */
export const changesOfRoles: readonly Change[] = [
  ...partition,
  ...roles,
  ...machines,
];
