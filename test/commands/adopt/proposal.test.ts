import assert from "node:assert/strict";
import { parse } from "yaml";
import type { Project } from "../../../commands/adopt/project";
import { propose } from "../../../commands/adopt/proposal";
import type { LiveUser } from "../../../commands/accounts/live-account";
import { bastionConfig } from "../../infra/config-of";
import {
  account,
  allow,
  bastionId,
  criteria,
  device,
  devId,
  group,
  inline,
  key,
  managed,
  patternGroups,
  user,
} from "./account";

const project: Project = {
  name: "bastion-account",
  stack: "bastion",
  config: bastionConfig(`
bastionAccountId: "${bastionId}"
deploymentRole: Deploy
tags: { managed-by: pulumi }
accounts: { dev: { id: "${devId}" } }
roles: { Analyst: { managedPolicies: [AmazonDynamoDBReadOnlyAccess] } }
teams: { readers: { grants: [] }, ADMINISTRATORS: { grants: [] } }
`),
  stackFile: undefined,
};

const proposed = (
  users: readonly LiveUser[],
  more: Parameters<typeof account>[0] = {},
  file?: string,
) =>
  propose(
    account({ users, ...more }),
    { ...project, stackFile: file },
    criteria(),
  );

const configOf = (...args: Parameters<typeof proposed>) => {
  const text = proposed(...args).proposal?.stackFile ?? "";
  const { config } = parse(text) as {
    readonly config: Readonly<Record<string, unknown>>;
  };
  return { text, get: (name: string) => config[`bastion-account:${name}`] };
};

describe("what a take-over proposes", () => {
  const heldBack: readonly (readonly [string, LiveUser, RegExp])[] = [
    [
      "a key but neither password nor device",
      user("ada", { hasPassword: false, accessKeys: [key(1)] }),
      /aws iam create-login-profile --user-name ada/,
    ],
    ["a name that config does not take", user("a"), /rename the user/],
    [
      "a boundary, which the deployment would take off",
      user("ada", { boundary: managed("PowerUserAccess").arn }),
      /permissions boundary arn:aws:iam::aws:policy\/PowerUserAccess/,
    ],
    [
      "too many groups to come into more",
      user("ada", {
        groups: Array.from({ length: 9 }, (_, index) => `group-${index}`),
      }),
      /would be in 11 groups for a while.*leave 1/,
    ],
    [
      "an old Deny that keeps them from enrolling MFA",
      user("ada", {
        inlinePolicies: [
          inline("hands-off", {
            ...allow("iam:EnableMFADevice"),
            Effect: "Deny",
          }),
        ],
      }),
      /denies enrolling MFA/,
    ],
  ];
  for (const [what, one, why] of heldBack) {
    it(`leaves out for now who has ${what}`, () => {
      const { proposal, heldBack: found } = proposed([one]);
      assert.equal(proposal, undefined);
      assert.match(found[0]?.why ?? "", why);
    });
  }

  it("leaves out who has old policies where a pipeline's boundary would close them", () => {
    const config = bastionConfig(`
bastionAccountId: "${bastionId}"
accounts: { dev: { id: "${devId}" } }
pipeline: { repository: acme/bastion }
`);
    const old = user("ada", {
      groups: ["Tables"],
      inlinePolicies: [inline("own", allow("s3:*"))],
    });
    const found = propose(
      account({ users: [old, user("bob")] }),
      { ...project, config },
      criteria(),
    );
    assert.deepEqual(found.proposal?.users, ["bob"]);
    assert.match(found.heldBack[0]?.why ?? "", /without pipeline/);
  });

  it("is nothing for who is in the stack already", () => {
    const arrivals = proposed([user("ada", { groups: ["bastion-users"] })], {
      groups: patternGroups(),
    });
    assert.deepEqual(arrivals, {
      proposal: undefined,
      heldBack: [],
      programs: [],
    });
  });

  it("makes teams of groups that permit something, by what they permit", () => {
    const { get } = configOf(
      [
        user("ada", { groups: ["Admins", "Social"] }),
        user("bob", { groups: ["Builders"] }),
        user("cleo", { groups: ["Tables"] }),
        user("dan", { groups: ["Deployers"] }),
      ],
      {
        groups: [
          group("Admins", {
            attachedPolicies: [managed("AdministratorAccess")],
          }),
          group("Social"),
          group("Builders", { attachedPolicies: [managed("PowerUserAccess")] }),
          group("Tables", {
            attachedPolicies: [managed("AmazonDynamoDBReadOnlyAccess")],
          }),
          group("Deployers", {
            inlinePolicies: [
              inline(
                "take",
                allow("sts:AssumeRole", `arn:aws:iam::${devId}:role/PowerUser`),
              ),
            ],
          }),
        ],
      },
    );
    const grant = (accounts: unknown, ...roles: readonly string[]) => ({
      grants: [{ roles, accounts }],
    });
    assert.deepEqual(get("teams"), {
      Admins: grant("all", "PowerUser", "OpsSudo"),
      Builders: grant("all", "PowerUser"),
      Tables: grant("all", "Analyst"),
      Deployers: grant(["dev"], "PowerUser"),
    });
  });

  it("makes of a group what it permits whoever is in it: no name decides", () => {
    const users = `arn:aws:iam::${bastionId}:user`;
    const ownPolicies = allow("iam:PutUserPolicy", `${users}/\${aws:username}`);
    const name = "some-user-that-nobody-foresaw";
    const { get } = configOf(
      [
        user("ada", {
          groups: ["AllButOne", "NoneAtAll"],
          devices: [device("ada")],
        }),
      ],
      {
        groups: [
          group("AllButOne", {
            inlinePolicies: [
              inline("own", ownPolicies, {
                ...allow("iam:*", `${users}/${name}`),
                Effect: "Deny",
              }),
            ],
          }),
          group("NoneAtAll", {
            inlinePolicies: [
              inline("own", ownPolicies, {
                ...allow("iam:*", `${users}/*`),
                Effect: "Deny",
              }),
            ],
          }),
        ],
      },
    );
    assert.deepEqual(get("teams"), {
      AllButOne: {
        grants: [{ roles: ["PowerUser", "OpsSudo"], accounts: "all" }],
      },
    });
  });

  it("gives a team no name that differs from another's in case alone", () => {
    const { get } = configOf([
      user("ada", { attachedPolicies: [managed("AdministratorAccess")] }),
    ]);
    assert.deepEqual(Object.keys(get("teams") as object), ["administrators-2"]);
  });

  it("says how each user signs in, and takes the tags along that the stack does not set", () => {
    const { get } = configOf([
      user("both", { accessKeys: [key(1)] }),
      user("console", { tags: { "managed-by": "pulumi", team: "x" } }),
      user("keys", {
        hasPassword: false,
        accessKeys: [key(1)],
        devices: [device("keys")],
      }),
    ]);
    assert.deepEqual(get("users"), {
      both: { teams: [] },
      console: { teams: [], programmaticAccess: false, tags: { team: "x" } },
      keys: { teams: [], consoleAccess: false },
    });
  });

  it("leaves it to the stack whom a help desk may help", () => {
    const tags = { "help-desk": "may-help", team: "x" };
    const live = account({ users: [user("ada", { tags })] });
    const tagsIn = (more: string) => {
      const config = bastionConfig(`
bastionAccountId: "${bastionId}"
accounts: { dev: { id: "${devId}" } }
teams: { support: { grants: [] } }
${more}`);
      const made = propose(live, { ...project, config }, criteria());
      const { config: file } = parse(made.proposal?.stackFile ?? "") as {
        readonly config: Readonly<
          Record<string, Readonly<Record<string, { readonly tags: object }>>>
        >;
      };
      return file["bastion-account:users"]?.["ada"]?.tags;
    };
    assert.deepEqual(tagsIn("helpDesk: { team: support }"), { team: "x" });
    assert.deepEqual(tagsIn(""), tags);
  });

  it("keeps a password policy that is strict, and makes a lax one as strict as config asks", () => {
    const policy = (minimumLength: number, maxAgeDays: number | undefined) => ({
      passwordPolicy: {
        MinimumPasswordLength: minimumLength,
        ExpirePasswords: maxAgeDays !== undefined,
        ...(maxAgeDays !== undefined && { MaxPasswordAge: maxAgeDays }),
        PasswordReusePrevention: 5,
      },
    });
    assert.deepEqual(
      configOf([user("ada")], policy(20, 30)).get("passwordPolicy"),
      { minimumLength: 20, maxAgeDays: 30, rememberedPasswords: 5 },
    );
    assert.deepEqual(
      configOf([user("ada")], policy(6, undefined)).get("passwordPolicy"),
      { minimumLength: 14, maxAgeDays: 0, rememberedPasswords: 5 },
    );
  });

  it("keeps what the stack's file says, comments too, and adds what it lacks", () => {
    const file = `# ours
config:
  bastion-account:stack: bastion # the bastion
  bastion-account:users:
    ada:
      teams: [chosen] # on purpose
encryptionsalt: v1:abc
`;
    const { text, get } = configOf([user("ada"), user("bob")], {}, file);
    for (const line of ["# ours", "# the bastion", "# on purpose"]) {
      assert.ok(text.includes(line), text);
    }
    assert.match(text, /encryptionsalt: v1:abc/);
    assert.deepEqual(get("users"), {
      ada: { teams: ["chosen"] },
      bob: { teams: [], programmaticAccess: false },
    });
  });

  it("keeps what users and imported groups hold, until it can go", () => {
    const administrator = {
      attachedPolicies: [managed("AdministratorAccess")],
    };
    const users = [
      user("ada", administrator),
      user("bob", { groups: ["team-audit"] }),
      user("cleo", { inlinePolicies: [inline("s3", allow("s3:*"))] }),
    ];
    const groups = [
      group("team-audit", { attachedPolicies: [managed("ReadOnlyAccess")] }),
      group("Admins", administrator),
    ];
    const { get } = configOf(users, { groups });
    assert.deepEqual(get("keepPoliciesOf"), ["ada", "cleo", "team-audit"]);
    const file =
      "config:\n  bastion-account:keepPoliciesOf: [cleo, dan] # ours\n";
    const { text, get: more } = configOf(users, { groups }, file);
    assert.deepEqual(more("keepPoliciesOf"), [
      "cleo",
      "dan",
      "ada",
      "team-audit",
    ]);
    assert.match(text, /# ours/);
    assert.equal(configOf([user("ada")]).get("keepPoliciesOf"), undefined);
  });

  it("imports what is there, under the program's names, and nothing else", () => {
    const { proposal } = proposed([user("ada", { groups: ["team-audit"] })], {
      alias: "acme",
      groups: [
        group("team-audit", {
          attachedPolicies: [managed("ReadOnlyAccess")],
        }),
      ],
    });
    assert.deepEqual(
      proposal?.importFile.resources.map(({ type, logicalName, id }) => [
        type,
        logicalName,
        id,
      ]),
      [
        ["pulumi:providers:aws", "account-bastion", undefined],
        ["bastion:index:BastionAccount", "bastion", undefined],
        ["aws:iam/accountAlias:AccountAlias", "bastion-alias", "acme"],
        ["aws:iam/user:User", "bastion-user/ada", "ada"],
        ["aws:iam/group:Group", "bastion-team-audit", "team-audit"],
      ],
    );
  });
});
