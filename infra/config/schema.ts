import { z } from "zod";
import { accountIdPattern, partitions } from "../partition";
import { quotas } from "../documents/quotas";
import { isNotPrivate, publicKeyAlone } from "./private-key";
import {
  flag,
  list,
  listWithoutRepeats,
  names,
  strict,
  text,
  wholeNumber,
  type Limits,
} from "./shapes";

export const accountId = text(
  'an account id of 12 digits, in quotes ("012345678901"): unquoted, YAML reads a number and drops a leading 0',
  accountIdPattern,
);

/** What the names in a map are to be like. */
export interface NameRule {
  readonly pattern: RegExp;
  readonly expected: string;
}

const iamName = (what: string, { least, most }: Limits): NameRule => ({
  pattern: new RegExp(`^[\\w+=,.@-]{${least},${most}}$`),
  expected: `${what} of ${least} to ${most} letters, digits or any of + = , . @ - _`,
});

/** From 2 characters on, since the name is also the role session's name. */
export const userName = iamName("a user name", { least: 2, most: 64 });
/** IAM's 128 characters less "team-" and "-roles-10", which the policies of a team's group get. */
export const longestTeamName = 114;
export const teamName = iamName("a team name", {
  least: 1,
  most: longestTeamName,
});
export const roleName = iamName("a role name", { least: 1, most: 64 });
export const policyName = iamName("a policy name", { least: 1, most: 128 });
export const accountName: NameRule = {
  pattern: /^[a-z][a-z0-9-]{0,62}$/,
  expected:
    "an account name of lower-case letters, digits and -, beginning with a letter",
};

/** Source: IAM User Guide, "Rules for tagging in IAM and AWS STS". */
const tagCharacters = "letters, digits, spaces or any of _ . : / = + - @";

export const tags = z.record(
  text(
    `a tag's name of 1 to 128 ${tagCharacters}; AWS keeps aws: for its own`,
    /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu,
  ),
  z
    .string({ error: "a tag's value, as text in quotes" })
    .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u, {
      error: `a tag's value of at most 256 ${tagCharacters}`,
    }),
  { error: "tags, as a map of names to values" },
);

export const account = strict(
  {
    id: accountId,
    roles: names("role names").optional(),
    production: flag("whether the account is production").default(false),
  },
  "an account: its id, the roles it has (all of them when left out), and whether it is production",
);

const secondsSinceMfa = "seconds since MFA was given";
const mfaAge = wholeNumber(secondsSinceMfa, {
  least: 60,
  most: quotas.userSession.most,
});

/** An age, or that MFA of any age will do. */
const mfaAgeOrNone = z
  .union([z.literal("none"), mfaAge], {
    error: `${secondsSinceMfa}, a whole number from 60 to ${quotas.userSession.most}, or none: of any age`,
  })
  .default(quotas.userSession.usual)
  .transform((age) => (age === "none" ? undefined : age));

export const session = {
  // One hour: AWS refuses a longer one to a session that was itself opened with MFA.
  maxSessionSeconds: wholeNumber(
    "seconds that AWS lets a role session last",
    quotas.roleSession,
  ).default(3_600),
  mfaMaxAgeSeconds: mfaAgeOrNone,
  permissionsBoundary: text(
    "the name of a managed policy in the account, or a policy's ARN",
    /^(arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/)?(?=.{1,512}$)([\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/,
  ).optional(),
};

/** So many that IAM's quota for a role's policies is not met. */
const assumableRolesAtMost = 20;

export const powerUserRole = strict(
  {
    ...session,
    passRolePath: text(
      "a path below the root that the passable roles have for themselves, as /app/",
      /^(?=.{3,512}$)\/(?!aws-service-role\/)([\w+=,.@-]+\/)+$/,
    ).optional(),
    assumableRoles: listWithoutRepeats(
      text(
        "a role's name, in which * stands for any text behind three letters or more, or a path, as /cdk/",
        /^(?!\/aws-service-role\/)(?=.{1,512}$)([\w+=,.@-]{3}[\w+=,.@*-]{0,61}|[\w+=,.@-]{1,2}|\/([\w+=,.@-]+\/)+)$/,
      ),
      "names or paths of roles",
    )
      .max(assumableRolesAtMost, {
        error: `at most ${assumableRolesAtMost} names or paths of roles`,
      })
      .default([]),
  },
  "settings of the PowerUser role",
);

export const opsSudoRole = strict(
  { ...session, mfaMaxAgeSeconds: mfaAge.default(3_600) },
  "settings of the OpsSudo role",
);

export const readOnlyRole = strict(
  {
    ...session,
    reads: z
      .enum(["data", "metadata"], {
        error:
          "data (ReadOnlyAccess) or metadata (ViewOnlyAccess and SecurityAudit)",
      })
      .optional(),
  },
  "settings of the ReadOnly role",
);

export const unlistedPolicies = listWithoutRepeats(
  text(
    "the name of one of AWS's managed policies, with its path if it has one",
    /^[\w+=,.@/-]{1,512}$/,
  ),
  "names of AWS's managed policies",
);

const grant = strict(
  {
    roles: names("role names").min(1, { error: "at least one role" }),
    accounts: z.union([z.literal("all"), names("account names").min(1)], {
      error: "all, or a list of account names",
    }),
  },
  "a grant: roles, and the accounts to take them in",
);

export const grants = list(
  grant,
  "a list of grants, each with roles and accounts",
);

export const team = strict({ grants }, "a team: its grants");

export const user = strict(
  {
    teams: names("team names").default([]),
    consoleAccess: flag("whether the user signs in to the console").default(
      true,
    ),
    programmaticAccess: flag("whether the user may make access keys").default(
      true,
    ),
    tags: tags.default({}),
    pgpKey: text(
      "a public key in base64 (gpg --export <id> | base64 -w0), or keybase:<name>",
      /^(keybase:\w+|[A-Za-z0-9+/\s]{64,}={0,2}\s*)$/,
    )
      .refine(isNotPrivate, { error: publicKeyAlone })
      .transform((key) => key.replace(/\s/g, ""))
      .optional(),
  },
  "a user: its teams, and how they sign in",
);

/**
 * What config may ask for, between what IAM takes and the least that CIS AWS Foundations Benchmark
 * v3.0.0, 1.8, asks for. Source: IAM API reference, "UpdateAccountPasswordPolicy".
 */
export const passwordLimits = {
  minimumLength: { least: 14, most: 128 },
  /** 0: passwords do not expire. */
  maxAgeDays: { least: 0, most: 1_095 },
  rememberedPasswords: { least: 1, most: 24 },
} as const;

export const passwordPolicy = strict(
  {
    minimumLength: wholeNumber(
      "characters of a password",
      passwordLimits.minimumLength,
    ).default(14),
    maxAgeDays: wholeNumber(
      "days until a password expires (0: never)",
      passwordLimits.maxAgeDays,
    ).default(90),
    rememberedPasswords: wholeNumber(
      "passwords that may not come back",
      passwordLimits.rememberedPasswords,
    ).default(24),
  },
  "settings of the password policy",
);

export const selfService = strict(
  {
    // One hour, as OpsSudo: who may make a device or a key may make a session with fresh MFA.
    mfaMaxAgeSeconds: mfaAge.default(3_600),
    listUsers: flag("whether users see the list of all users").default(false),
    signingCertificates: flag(
      "whether users manage their own signing certificates",
    ).default(false),
    sshKeys: flag("whether users manage their own SSH keys").default(false),
  },
  "settings of what users do for themselves",
);

export const revokedAt = z.iso.datetime({
  error: "when the sessions were revoked, as 2026-11-26T22:41:00Z",
});

export const helpDesk = strict(
  {
    team: z.string({ error: "a team's name" }).optional(),
    roles: names("role names")
      .min(1, { error: "at least one role" })
      .optional(),
    mfaMaxAgeSeconds: mfaAge.optional(),
  },
  "the help desk: team, roles, mfaMaxAgeSeconds",
);

export const stack = z.enum(["bastion", "workload"], {
  error: "bastion or workload",
});
export const partition = z.enum(partitions, { error: partitions.join(", ") });
export const region = text(
  "a region, as eu-central-1",
  /^[a-z]{2}(-[a-z]+)+-\d$/,
);
export const accountAlias = text(
  "an alias of 3 to 63 lower-case letters, digits and single -, not 12 digits",
  /^(?!\d{12}$)(?!-)(?!.*--)[a-z0-9-]{3,63}(?<!-)$/,
);
/** Without the slash at the beginning, which the ARN has already. */
const roleWithPath = text(
  "the name of a role, with its path if it has one, as admin or infra/admin",
  /^(?=.{1,512}$)([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
);
export const deploymentRole = roleWithPath;
/** As it stands in GitHub's tokens: with the ids of owner and repository, where those carry them. */
export const repositoryExpected =
  "a repository as GitHub's tokens name it: owner/name, or owner@id/name@id";

export const pipeline = strict(
  {
    repository: text(
      repositoryExpected,
      /^[\w-]+(@\d+\/[\w.-]+@\d+|\/[\w.-]+)$/,
    ).optional(),
    branch: text(
      "a branch by its whole name, without wildcards",
      /^(?!.*\$\{)[^\s*?:~^\\[]+$/,
    ).optional(),
    environment: text(
      "an environment by its whole name, without wildcards",
      /^(?!\s|.*\$\{)[^*?:\p{Cc}]+(?<!\s)$/u,
    ).optional(),
    existingProvider: flag(
      "whether the account has GitHub's identity provider already",
    ).optional(),
  },
  "the pipeline: repository, and environment or branch",
);

export const breakGlassAlarm = strict(
  {
    enabled: flag("whether there is an alarm").default(false),
    accounts: names("account names").optional(),
    roles: names("role names")
      .min(1, { error: "at least one role" })
      .optional(),
    emails: listWithoutRepeats(
      text("an address, as oncall@example.org", /^[^\s@]+@[^\s@]+\.[^\s@]+$/),
      "addresses",
    ).default([]),
    regions: listWithoutRepeats(region, "regions")
      .min(1, { error: "at least one region" })
      .optional(),
    deployers: listWithoutRepeats(
      roleWithPath,
      "names of roles, with their paths",
    ).optional(),
  },
  "the alarm: enabled, accounts, roles, emails, regions, deployers",
);

export const bastionStack = text(
  "a stack's full name, as organization/bastion-account/bastion",
  /^[\w.-]+\/[\w.-]+\/[\w.-]+$/,
);
export const auditor = flag("whether each account has the auditor's role");
export const accountNames = names("account names");
export const keepPoliciesOf = names("names of users and groups");
