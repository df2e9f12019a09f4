import { organisation, problemsOf, type BadInput } from "./bad-inputs";
import { inFlow, machineRole, vendor } from "./bad-trusts";

/** Nobody may be given such a role. */
const grants: readonly BadInput[] = (
  [
    [
      "a team",
      "teams: { crew: { grants: [{ roles: [Robot], accounts: all }] } }",
      "teams.crew.grants[0].roles[0]",
    ],
    [
      "everybody",
      "everybody: [{ roles: [Robot], accounts: [dev] }]",
      "everybody[0].roles[0]",
    ],
    [
      "those whom the help desk helps",
      "teams: { desk: { grants: [] } }\nhelpDesk: { team: desk, roles: [Robot] }",
      "helpDesk.roles[0]",
    ],
    [
      "the alarm",
      "breakGlassAlarm: { enabled: true, roles: [Robot], emails: [a@b.example] }",
      "breakGlassAlarm.roles[0]",
    ],
  ] as const
).map(([whom, yaml, path]) => ({
  what: `a machine's role for ${whom}`,
  problems: machineRole({ vendor }, {}, yaml),
  path,
  found: /"Robot", which no person takes/,
  expected: /a role that people take: /,
}));

const power: readonly BadInput[] = [
  ...[
    "AdministratorAccess",
    "IAMFullAccess",
    "arn:aws:iam::aws:policy/IAMFullAccess",
  ].map((policy) => ({
    what: `a vendor with ${policy}`,
    problems: machineRole({ vendor }, { managedPolicies: [policy] }),
    path: "roles.Robot.managedPolicies[0]",
    found: /which makes an administrator/,
    expected: /changes no IAM/,
  })),
  ...[
    { Action: "*" },
    { Action: ["s3:GetObject", "iam:PassRole"] },
    { Action: "IAM:CreateUser" },
    { Action: "i*:CreateUser" },
    { Action: "*:*" },
    { Action: "sts:AssumeRole" },
    { NotAction: "iam:*" },
    { Action: "iam:*" },
  ].map((allowed) => ({
    what: `a vendor that is allowed ${inFlow(allowed)}`,
    problems: machineRole(
      { vendor },
      {
        inlinePolicies: {
          own: { Statement: { Effect: "Allow", Resource: "*", ...allowed } },
        },
      },
    ),
    path: "roles.Robot.inlinePolicies.own",
    found: /a statement that allows/,
    expected: /changes no IAM, passes no role and takes no other/,
  })),
  {
    what: "a policy under the name of the one that denies it IAM",
    problems: machineRole(
      { vendor },
      { inlinePolicies: { "deny-account-writes": { Statement: [] } } },
    ),
    path: "roles.Robot.inlinePolicies.deny-account-writes",
    found: /which the program gives/,
    expected: /a name of its own/,
  },
  {
    what: "a pattern by which PowerUser would take a machine's role",
    problems: problemsOf(
      `stack: workload${organisation}roles: ${inFlow({
        Robot: { managedPolicies: ["SecurityAudit"], trust: { vendor } },
        PowerUser: { assumableRoles: ["Rob*"] },
      })}`,
    ),
    path: "roles.PowerUser.assumableRoles[0]",
    found: /means the role Robot/,
    expected: /machines of the config/,
  },
];

/** Whom such a role is given to, and what it may do. */
export const badMachineRoles: readonly BadInput[] = [...grants, ...power];
