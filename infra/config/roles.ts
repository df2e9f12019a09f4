import { accountGuardPolicy } from "../documents/account-guard";
import { documentText } from "../documents/policy-document";
import { roomForRevoked } from "../documents/revoked-sessions";
import { powerUserPolicy } from "../documents/power-user";
import { auditorPolicy } from "../documents/auditor";
import {
  accountGuard,
  auditorReads,
  auditorRole,
  powerUserDeny,
  revokedSessions,
  standardRoles,
} from "../names";
import { quotas } from "../documents/quotas";
import type { RoleDefinition } from "./model";
import type { ConfigReader } from "./reader";
import { checkReservedNames } from "./reserved-names";
import * as schema from "./schema";

type Definition = Omit<RoleDefinition, "name">;

/** What ReadOnly reads. */
const reading = {
  data: {
    description: "Reads everything, data included",
    managedPolicies: ["ReadOnlyAccess"],
  },
  metadata: {
    description: "Sees what exists, but not the data in it",
    managedPolicies: ["job-function/ViewOnlyAccess", "SecurityAudit"],
  },
} as const;

/** The three roles that every organisation has; config may change their settings. */
const standardDefinitions = {
  [standardRoles.powerUser]: schema.powerUserRole.transform(
    ({ passRolePath, assumableRoles, ...session }): Definition => ({
      ...session,
      assumableRoles,
      passRolePath,
      description: "Builds and runs applications; does not touch IAM",
      managedPolicies: ["PowerUserAccess"],
      inlinePolicies: {
        [powerUserDeny]: {
          kind: "built",
          build: (partition, account) =>
            powerUserPolicy(partition, account, {
              passRolePath,
              assumableRoles,
            }),
        },
      },
      requireTls: false,
    }),
  ),
  [standardRoles.opsSudo]: schema.opsSudoRole.transform(
    (session): Definition => ({
      ...session,
      description: "Administrator, for when it is needed: asks for fresh MFA",
      managedPolicies: ["AdministratorAccess"],
      inlinePolicies: {},
      requireTls: true,
    }),
  ),
  [standardRoles.readOnly]: schema.readOnlyRole.transform(
    ({ reads, ...session }): Definition => ({
      ...session,
      ...reading[reads ?? "data"],
      // Everybody has the role as a rule, and few are to read what production's users entrust to it.
      inProduction: reading[reads ?? "metadata"],
      inlinePolicies: {},
      requireTls: false,
    }),
  ),
} as const;

const auditorDefinition: RoleDefinition = {
  name: auditorRole,
  description: "Reads IAM, for npm run verify, and nothing else",
  managedPolicies: [],
  inlinePolicies: { [auditorReads]: { kind: "built", build: auditorPolicy } },
  maxSessionSeconds: 3_600,
  mfaMaxAgeSeconds: quotas.userSession.usual,
  requireTls: false,
};

const furtherRole = (name: string) =>
  schema.furtherRole
    .refine(
      ({ managedPolicies, inlinePolicies }) =>
        managedPolicies.length + Object.keys(inlinePolicies).length > 0,
      {
        error:
          "managedPolicies, inlinePolicies or both: a role without any can do nothing",
      },
    )
    .transform((settings): Definition => ({
      ...settings,
      description: settings.description ?? `${name}, from the stack's config`,
      inlinePolicies: Object.fromEntries(
        Object.entries(settings.inlinePolicies).map(([policy, document]) => [
          policy,
          { kind: "written" as const, document },
        ]),
      ),
    }));

const isStandard = (name: string): name is keyof typeof standardDefinitions =>
  Object.hasOwn(standardDefinitions, name);

export interface Roles {
  readonly definitions: ReadonlyMap<string, RoleDefinition>;
  /** All names in the config and the standard ones, those with a wrong definition included. */
  readonly names: readonly string[];
}

/** The standard roles, then the further ones of the config, then the auditor's where there is one. */
export function readRoles(reader: ConfigReader, auditor: boolean): Roles {
  const { valid, names } = reader.entries<Definition>(
    "roles",
    (name) =>
      isStandard(name) ? standardDefinitions[name] : furtherRole(name),
    schema.roleName,
    Object.keys(standardDefinitions),
  );
  if (auditor) checkReservedNames(reader, names, [auditorRole], "auditor");
  const definitions = new Map<string, RoleDefinition>();
  for (const [name, standard] of Object.entries(standardDefinitions)) {
    definitions.set(name, { name, ...(valid.get(name) ?? standard.parse({})) });
  }
  for (const [name, definition] of valid)
    definitions.set(name, { name, ...definition });
  if (auditor) definitions.set(auditorRole, auditorDefinition);
  for (const role of definitions.values()) {
    checkPolicyNames(reader, role);
    checkInlineSize(reader, role);
  }
  return {
    definitions: new Map(
      [...definitions].map(([name, role]) => [name, guarded(role)]),
    ),
    names: [...new Set([...definitions.keys(), ...names])],
  };
}

/** What guards the account is denied to every role that people take but OpsSudo. */
export const guarded = (role: RoleDefinition): RoleDefinition =>
  role.name === standardRoles.opsSudo
    ? role
    : {
        ...role,
        inlinePolicies: {
          ...role.inlinePolicies,
          [accountGuard]: { kind: "built", build: accountGuardPolicy },
        },
      };

function checkPolicyNames(
  reader: ConfigReader,
  { name, inlinePolicies }: RoleDefinition,
): void {
  for (const own of [accountGuard, revokedSessions]) {
    if (!Object.hasOwn(inlinePolicies, own)) continue;
    reader.report(
      `roles.${name}.inlinePolicies.${own}`,
      `${own}, which the program gives to roles by itself`,
      "a name of its own",
    );
  }
}

/** In the partition whose ARNs are the longest; all account ids are equally long. */
const guardCharacters = documentText(
  accountGuardPolicy("aws-us-gov", "000000000000"),
).length;

/** Characters that a role's policies of the config may have in all. */
export const inlineCharacters =
  quotas.roleInlineCharacters - guardCharacters - roomForRevoked;

function checkInlineSize(
  reader: ConfigReader,
  { name, inlinePolicies }: RoleDefinition,
): void {
  const size = Object.values(inlinePolicies)
    .map((policy) =>
      policy.kind === "written" ? JSON.stringify(policy.document).length : 0,
    )
    .reduce<number>((sum, characters) => sum + characters, 0);
  if (size > inlineCharacters) {
    reader.report(
      `roles.${name}.inlinePolicies`,
      `${size} characters`,
      `at most ${inlineCharacters} in all, which is IAM's quota for a role less the policy ${accountGuard}, and room for ${revokedSessions}`,
    );
  }
}
