import { accountGuardPolicy } from "../documents/account-guard";
import { roomForRevoked } from "../documents/revoked-sessions";
import { powerUserPolicy } from "../documents/power-user";
import { auditorPolicy } from "../documents/auditor";
import {
  accountGuard,
  auditorReads,
  auditorRole,
  accountWritesDenied,
  revokedSessions,
  standardRoles,
} from "../names";
import { quotas } from "../documents/quotas";
import {
  isForMachines,
  machineRole,
  type ReadMachineRole,
} from "./machine-roles";
import {
  furtherRole as furtherRoleSchema,
  hasPolicies,
  policiesExpected,
} from "./further-role";
import type { RoleDefinition } from "./model";
import type { ConfigReader } from "./reader";
import { checkReservedNames } from "./reserved-names";
import {
  checkInlineSize,
  checkPolicyNames,
  guarded,
  mostCharacters,
  written,
} from "./role-policies";
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
        [accountWritesDenied]: {
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
  furtherRoleSchema
    .refine(hasPolicies, { error: policiesExpected })
    .transform((settings): Definition => ({
      ...settings,
      description: settings.description ?? `${name}, from the stack's config`,
      inlinePolicies: written(settings.inlinePolicies),
    }));

const isStandard = (name: string): name is keyof typeof standardDefinitions =>
  Object.hasOwn(standardDefinitions, name);

export interface Roles {
  /** Those that people take. */
  readonly definitions: ReadonlyMap<string, RoleDefinition>;
  /** Those that no person takes. */
  readonly ofMachines: ReadonlyMap<string, ReadMachineRole>;
  /** All names in the config and the standard ones, those with a wrong definition included. */
  readonly names: readonly string[];
}

/** The standard roles, then the further ones of the config, then the auditor's where there is one. */
export function readRoles(reader: ConfigReader, auditor: boolean): Roles {
  const read = reader.entries<Definition | Omit<ReadMachineRole, "name">>(
    "roles",
    (name, entry) =>
      isStandard(name)
        ? standardDefinitions[name]
        : isForMachines(entry)
          ? machineRole(name)
          : furtherRole(name),
    schema.roleName,
    Object.keys(standardDefinitions),
  );
  const { names } = read;
  if (auditor) checkReservedNames(reader, names, [auditorRole], "auditor");
  const valid = new Map<string, Definition>();
  const ofMachines = new Map<string, ReadMachineRole>();
  for (const [name, one] of read.valid) {
    if ("trust" in one) ofMachines.set(name, { name, ...one });
    else valid.set(name, one);
  }
  const definitions = new Map<string, RoleDefinition>();
  for (const [name, standard] of Object.entries(standardDefinitions)) {
    definitions.set(name, { name, ...(valid.get(name) ?? standard.parse({})) });
  }
  for (const [name, definition] of valid)
    definitions.set(name, { name, ...definition });
  if (auditor) definitions.set(auditorRole, auditorDefinition);
  for (const role of definitions.values()) {
    checkPolicyNames(reader, role, [accountGuard, revokedSessions]);
    checkInlineSize(reader, role, inlineCharacters);
  }
  return {
    ofMachines,
    definitions: new Map(
      [...definitions].map(([name, role]) => [name, guarded(role)]),
    ),
    names: [...new Set([...definitions.keys(), ...names])],
  };
}

/** Characters that a role's policies of the config may have in all. */
export const inlineCharacters =
  quotas.roleInlineCharacters -
  mostCharacters(accountGuardPolicy) -
  roomForRevoked;
