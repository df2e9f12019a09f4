/** A step of a stack's life that is cut off. */
export interface Phase {
  readonly name: "first deployment" | "change" | "replacement" | "destruction";
  /** The stack file from then on; left out: it stays. */
  readonly config?: string;
  /** Kinds of resources that are replaced though nothing of them changed, by the end of their URN. */
  readonly replaced?: readonly string[];
}

/** A stack that is made, changed, replaced and destroyed, again and again. */
export interface Life {
  readonly stack: "bastion" | "workload";
  readonly accountId: string;
  readonly phases: readonly Phase[];
}

const bastion = (users: string, teams: string, alias: string): string =>
  `config:
  bastion-account:stack: bastion
  bastion-account:accountAlias: ${alias}
  bastion-account:everybody:
    - { roles: [ReadOnly], accounts: all }
  bastion-account:teams:
    operations: { grants: [{ roles: [PowerUser, OpsSudo], accounts: all }] }
${teams}  bastion-account:users:
    ada: { teams: [operations]${users}`;

/** @param pgpKey base64; chen's first password is encrypted for it */
export const bastionLife = (pgpKey: string): Life => {
  const chen = `    chen: { pgpKey: ${pgpKey} }\n`;
  const before = ` }\n    bashir: { teams: [operations] }\n${chen}`;
  const after = `, tags: { floor: "2" } }\n    dana: { teams: [developers] }\n${chen}`;
  const developers =
    "    developers: { grants: [{ roles: [PowerUser], accounts: [dev] }] }\n";
  const first = bastion(before, "", "acme-bastion");
  return {
    stack: "bastion",
    accountId: "111111111111",
    phases: [
      { name: "first deployment", config: first },
      {
        name: "change",
        config: bastion(after, developers, "acme-bastion"),
      },
      {
        name: "replacement",
        config: bastion(after, developers, "acme-access"),
        replaced: ["group:Group::bastion-team-operations"],
      },
      { name: "destruction" },
    ],
  };
};

const workload = (roles: string, emails: string): string =>
  `config:
  bastion-account:stack: workload
  bastion-account:deployTo: [dev]
  bastion-account:accounts:
    dev: { id: "222222222222", roles: [ReadOnly, OpsSudo${roles}] }
  bastion-account:roles: { Auditing: { managedPolicies: [SecurityAudit] } }
  bastion-account:pipeline:
    repository: acme/infra
    branch: main
  bastion-account:breakGlassAlarm:
    enabled: true
    emails: [${emails}]
`;

export const workloadLife: Life = {
  stack: "workload",
  accountId: "222222222222",
  phases: [
    {
      name: "first deployment",
      config: workload("", "security@example.com"),
    },
    {
      name: "change",
      config: workload(
        ", Auditing",
        // One that nobody confirmed can't be taken out of a topic: AWS lets it lapse.
        "security@example.com, oncall@example.com",
      ),
    },
    {
      name: "replacement",
      replaced: [
        "role:Role::dev-ReadOnly",
        "key:Key::dev-us-east-1",
        "topic:Topic::dev-us-east-1",
      ],
    },
    { name: "destruction" },
  ],
};
