import {
  all,
  bastion,
  grants,
  grantsFirst,
  inBastion,
  rolesFirst,
  shared,
  type Change,
} from "./change";

const people: readonly Change[] = [
  inBastion("a user is added", bastion("users.eve", { teams: ["developers"] })),
  inBastion(
    "a user changes teams",
    bastion("users.eve", { teams: ["operations"] }),
  ),
  inBastion("a user is removed", bastion("users.eve")),
  inBastion(
    "a user of the console alone is added",
    bastion("users.frank", {
      teams: ["developers"],
      programmaticAccess: false,
    }),
  ),
  inBastion(
    "a user may have access keys",
    bastion("users.frank.programmaticAccess", true),
  ),
  inBastion(
    "a user may have none any more",
    bastion("users.frank.programmaticAccess", false),
  ),
  inBastion(
    "a user may have access keys again",
    bastion("users.frank.programmaticAccess", true),
  ),
  inBastion(
    "nobody is of the console alone",
    bastion("users.dolores.programmaticAccess", true),
  ),
  inBastion(
    "somebody is of the console alone again",
    bastion("users.dolores.programmaticAccess", false),
    bastion("users.frank.programmaticAccess", false),
  ),
  {
    ...inBastion(
      "a user of the console alone is removed",
      bastion("users.frank"),
    ),
    but: /^frank may do more: :action iam:(Create|Re|Up)\w+/,
  },
  inBastion(
    "a user is added",
    bastion("users.frank", { teams: ["developers"] }),
  ),
  inBastion("tags are changed", bastion("users.frank.tags", { desk: "7" })),
  inBastion(
    "a team is removed with its only user",
    bastion("teams.visitors", { grants: grants("PowerUser") }),
    bastion("users.frank.teams", ["visitors"]),
  ),
  inBastion(
    "a team goes with its only user",
    bastion("teams.visitors"),
    bastion("users.frank"),
  ),
  inBastion(
    "a team is renamed",
    bastion("teams.engineers", {
      grants: [{ roles: ["PowerUser"], accounts: ["dev"] }],
    }),
    bastion("teams.developers"),
    bastion("users.bashir.teams", ["engineers"]),
    bastion("users.chen.teams", ["engineers"]),
  ),
  inBastion("the account's alias is changed", bastion("accountAlias", "acme")),
  {
    ...inBastion(
      "all administrators are exchanged",
      bastion("users.ada.teams", ["engineers"]),
      bastion("users.dolores.teams", ["engineers"]),
      bastion("users.bashir.teams", ["operations"]),
    ),
    but: /^nobody reaches/,
  },
  inBastion(
    "administrators are added",
    bastion("users.ada.teams", ["operations"]),
    bastion("users.dolores.teams", ["operations"]),
  ),
  inBastion(
    "an administrator is one no more",
    bastion("users.bashir.teams", ["engineers"]),
  ),
];

const grantsOfTeams: readonly Change[] = [
  inBastion(
    "a grant is added",
    bastion("teams.engineers.grants", [
      { roles: ["PowerUser"], accounts: ["dev"] },
      { roles: ["Analyst"], accounts: all },
    ]),
  ),
  inBastion(
    "a grant is narrowed",
    bastion("teams.engineers.grants", [
      { roles: ["PowerUser"], accounts: ["dev"] },
      { roles: ["Analyst"], accounts: ["prod"] },
    ]),
  ),
  inBastion(
    "a grant is removed",
    bastion("teams.engineers.grants", [
      { roles: ["PowerUser"], accounts: ["dev"] },
    ]),
  ),
  inBastion(
    "everybody may take more",
    bastion("everybody", grants("ReadOnly", "Analyst")),
  ),
  inBastion(
    "everybody may take less",
    bastion("everybody", grants("ReadOnly")),
  ),
  inBastion(
    "a user joins a team",
    bastion("users.gwen", { teams: ["engineers"] }),
  ),
  {
    ...inBastion(
      "a team may take more, and a user leaves it",
      bastion("teams.engineers.grants", grants("PowerUser")),
      bastion("users.gwen.teams", []),
    ),
    but: /^gwen (may do more|in \S+role\/PowerUser)/,
  },
  {
    ...grantsFirst(
      "a role is exchanged, and more users may take it",
      shared("roles.Analyst.managedPolicies", ["AmazonS3ReadOnlyAccess"]),
      bastion("everybody", grants("ReadOnly", "Analyst")),
    ),
    but: /^\w+ in \S+role\/Analyst/,
  },
  inBastion(
    "a user leaves, and a team may take less",
    bastion("users.gwen"),
    bastion("everybody", grants("ReadOnly")),
    bastion("teams.engineers.grants", [
      { roles: ["PowerUser"], accounts: ["dev"] },
    ]),
  ),
];

const credentials: readonly Change[] = [
  inBastion(
    "users see who else there is, and have SSH keys",
    bastion("selfService", { listUsers: true, sshKeys: true }),
  ),
  inBastion(
    "users change credentials with younger MFA",
    bastion("selfService.mfaMaxAgeSeconds", 600),
  ),
  inBastion(
    "users change credentials with older MFA",
    bastion("selfService.mfaMaxAgeSeconds", 7_200),
  ),
  inBastion("users do less for themselves", bastion("selfService")),
  inBastion("a user is added", bastion("users.gwen", { teams: ["engineers"] })),
  grantsFirst(
    "a user's sessions are revoked",
    shared("revokedSessions", { gwen: new Date().toISOString() }),
  ),
  inBastion(
    "a user is removed whose sessions are revoked",
    bastion("users.gwen"),
  ),
  rolesFirst("no session is revoked any more", shared("revokedSessions")),
];

const offices: readonly Change[] = [
  inBastion(
    "a help desk is there",
    bastion("teams.support", { grants: [] }),
    bastion("users.chen.teams", ["support"]),
    bastion("helpDesk", { team: "support", roles: ["ReadOnly"] }),
  ),
  inBastion(
    "the help desk helps more users",
    bastion("helpDesk.roles", ["ReadOnly", "PowerUser"]),
  ),
  inBastion(
    "a user whom the help desk helps becomes administrator",
    bastion("users.bashir.teams", ["operations"]),
  ),
  inBastion(
    "an administrator is helped again",
    bastion("users.bashir.teams", ["engineers"]),
  ),
  inBastion(
    "the help desk helps fewer users",
    bastion("helpDesk.roles", ["ReadOnly"]),
  ),
  inBastion(
    "the help desk is gone, and a user whom it helped is administrator",
    bastion("helpDesk"),
    bastion("users.bashir.teams", ["operations"]),
  ),
  inBastion(
    "a help desk is there, and an administrator is one no more",
    bastion("helpDesk", { team: "support", roles: ["ReadOnly", "PowerUser"] }),
    bastion("users.bashir.teams", ["engineers"]),
  ),
  inBastion(
    "the help desk is gone",
    bastion("helpDesk"),
    bastion("teams.support"),
    bastion("users.chen.teams", ["engineers"]),
  ),
  rolesFirst(
    "an auditor is there",
    shared("auditor", true),
    bastion("everybody", grants("ReadOnly", "Auditor")),
  ),
  grantsFirst(
    "the auditor is gone",
    shared("auditor"),
    bastion("everybody", grants("ReadOnly")),
  ),
  grantsFirst(
    "a pipeline deploys, and bounds users and roles",
    shared("pipeline", {
      repository: "acme@7/bastion-account@42",
      branch: "main",
    }),
    // It takes tokens of the pipeline's identity provider, and keeps that when the pipeline goes.
    shared("roles.Builder", {
      managedPolicies: ["AmazonS3ReadOnlyAccess"],
      trust: {
        oidc: {
          issuer: "token.actions.githubusercontent.com",
          audience: "sts.amazonaws.com",
          subjects: ["repo:acme/shop:ref:refs/heads/main"],
        },
      },
    }),
  ),
  inBastion(
    "a user is added who is bounded",
    bastion("users.hugo", { teams: ["engineers"] }),
  ),
  rolesFirst(
    "the bounds change",
    shared("roles.Support", { managedPolicies: ["SecurityAudit"] }),
    bastion("selfService", { sshKeys: true }),
  ),
  grantsFirst(
    "the bounds change back",
    shared("roles.Support"),
    bastion("selfService"),
    bastion("users.hugo"),
  ),
  rolesFirst("no pipeline deploys any more", shared("pipeline")),
];

/** Of users, of what they are granted, of what they do for themselves, and of who helps and audits. */
export const changesOfPeople: readonly Change[] = [...people, ...grantsOfTeams];
export const changesOfOffices: readonly Change[] = [...credentials, ...offices];
