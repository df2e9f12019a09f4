import { bastion, type BadInput } from "./bad-inputs";
import { inFlow } from "./bad-trusts";

const withDesk = (yaml: string) =>
  bastion(`teams: { support: { grants: [] } }\n${yaml}`);

export const badHelpDesks: readonly BadInput[] = [
  {
    what: "a help desk of a team that is not there",
    problems: withDesk("helpDesk: { team: suport }"),
    path: "helpDesk.team",
    found: /suport/,
    expected: /a team: support/,
  },
  {
    what: "a help desk of nobody",
    problems: bastion("helpDesk: { mfaMaxAgeSeconds: 900 }"),
    path: "helpDesk.team",
    found: /nothing/,
    expected: /a team, but the config has none/,
  },
  {
    what: "a help desk for administrators",
    problems: withDesk(
      "helpDesk: { team: support, roles: [ReadOnly, OpsSudo] }",
    ),
    path: "helpDesk.roles[1]",
    found: /OpsSudo, which is administrator/,
    expected: /become that user/,
  },
  ...[
    { managedPolicies: ["AdministratorAccess"] },
    { managedPolicies: ["arn:aws:iam::aws:policy/IAMFullAccess"] },
    ...[
      { Action: "iam:*" },
      { Action: ["s3:*", "IAM:Put*"] },
      { Action: "i*:*" },
      { Action: "*" },
      { Action: "iam:CreateAccessKe?" },
      { NotAction: "s3:*" },
    ].map((actions) => ({
      inlinePolicies: {
        own: { Statement: [{ Effect: "Allow", Resource: "*", ...actions }] },
      },
    })),
  ].map((policies) => ({
    what: `a help desk for another administrator: ${JSON.stringify(policies)}`,
    problems: withDesk(
      `helpDesk: { team: support, roles: [Boss] }\nroles: ${inFlow({ Boss: policies })}`,
    ),
    path: "helpDesk.roles[0]",
    found:
      /Boss, which is administrator by (own|.*(Administrator|IAMFull)Access)/,
    expected: /become that user/,
  })),
  {
    what: "a help desk for a bounded OpsSudo",
    problems: withDesk(
      "helpDesk: { team: support, roles: [OpsSudo] }\nroles: { OpsSudo: { permissionsBoundary: most } }",
    ),
    path: "helpDesk.roles[0]",
    found: /OpsSudo, which is administrator/,
    expected: /become that user/,
  },
  {
    what: "a help desk for a role that is not there",
    problems: withDesk("helpDesk: { team: support, roles: [Readonly] }"),
    path: "helpDesk.roles[0]",
    found: /Readonly/,
    expected: /a role: .*ReadOnly/,
  },
  {
    what: "a role with the name of the help desk's",
    problems: withDesk(
      "helpDesk: { team: support }\nroles: { helpdesk: { managedPolicies: [SecurityAudit] } }",
    ),
    path: "roles.helpdesk",
    found: /the name of the role HelpDesk, which helpDesk stands for/,
    expected: /a name that no other role/,
  },
  {
    what: "a user who is tagged as one whom the help desk may help",
    problems: withDesk(
      "helpDesk: { team: support }\nusers: { ada: { tags: { Help-Desk: may-help } } }",
    ),
    path: "users.ada.tags.Help-Desk",
    found: /by which helpDesk tells whom it may help/,
    expected: /tags of other names/,
  },
  {
    what: "everything tagged as one whom the help desk may help",
    problems: withDesk(
      "helpDesk: { team: support }\ntags: { help-desk: may-help }",
    ),
    path: "tags.help-desk",
    found: /by which helpDesk tells whom it may help/,
    expected: /tags of other names/,
  },
  {
    what: "the help desk's role, granted as if it stood in an account",
    problems: bastion(
      "teams: { support: { grants: [{ roles: [HelpDesk], accounts: all }] } }\nhelpDesk: { team: support }",
    ),
    path: "teams.support.grants[0].roles[0]",
    found: /HelpDesk/,
    expected: /a role: /,
  },
];
