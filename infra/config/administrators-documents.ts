import { standardRoles } from "../names";
import type { MachineRole, RolePermissions } from "./model";
import { plainName } from "./plain-name";
import type { ConfigReader } from "./reader";
import { matchesWildcards } from "./wildcards";

/** AWS's policies that are an administrator's by themselves. */
const administrators: readonly string[] = [
  "AdministratorAccess",
  "IAMFullAccess",
];

/**
 * The policy by which a role is plainly administrator; undefined: none is. What a boundary leaves of it
 * is not known here; OpsSudo counts as one in any case.
 */
export function administratorsPolicy({
  name,
  managedPolicies,
  inlinePolicies,
  permissionsBoundary,
}: Pick<
  RolePermissions,
  "name" | "managedPolicies" | "inlinePolicies" | "permissionsBoundary"
>): string | undefined {
  const isBounded =
    permissionsBoundary !== undefined && name !== standardRoles.opsSudo;
  if (isBounded) return undefined;
  return (
    managedPolicies.find((one) => administrators.includes(plainName(one))) ??
    Object.entries(inlinePolicies).find(
      ([, inline]) =>
        inline.kind === "written" && givesPowerOverIam(inline.document),
    )?.[0]
  );
}

/**
 * By each of these somebody makes themselves administrator. Source: IAM privilege escalation methods, as
 * Rhino Security Labs and Datadog's pathfinding.cloud list them.
 */
const escalations: readonly string[] = [
  "AddUserToGroup",
  "AttachGroupPolicy",
  "AttachRolePolicy",
  "AttachUserPolicy",
  "CreateAccessKey",
  "CreateLoginProfile",
  "CreatePolicyVersion",
  "PutGroupPolicy",
  "PutRolePolicy",
  "PutUserPolicy",
  "SetDefaultPolicyVersion",
  "UpdateAssumeRolePolicy",
  "UpdateLoginProfile",
].map((name) => `iam:${name}`);

/** Of all resources, and under no condition: what else it may be is for the policy pack to decide. */
const givesPowerOverIam = (document: unknown): boolean =>
  statementsOf(document).some(
    ({ Effect, Action, NotAction, Resource, Condition }) =>
      Effect === "Allow" &&
      Condition === undefined &&
      (Resource === undefined || listOf(Resource).includes("*")) &&
      escalations.some((one) =>
        NotAction === undefined
          ? isNamed(Action, one)
          : !isNamed(NotAction, one),
      ),
  );

const isNamed = (patterns: unknown, action: string): boolean =>
  listOf(patterns).some(
    (one) => typeof one === "string" && matchesWildcards(one, action),
  );

/**
 * Reports what the role could have written for itself, and is denied: IAM, roles that are passed, and
 * other roles. It is denied to it in any case; here it is told.
 */
export function administratorsDocuments(
  reader: ConfigReader,
  {
    name,
    managedPolicies,
    inlinePolicies,
  }: Pick<MachineRole, "name" | "managedPolicies" | "inlinePolicies">,
): void {
  managedPolicies.forEach((policy, index) => {
    if (!administrators.includes(plainName(policy))) return;
    reader.report(
      `roles.${name}.managedPolicies[${index}]`,
      `${JSON.stringify(policy)}, which makes an administrator`,
      `${neverMore}: policies of the services that it works with`,
    );
  });
  for (const [policy, inline] of Object.entries(inlinePolicies)) {
    if (inline.kind !== "written") continue;
    const action = allowedActions(inline.document).find(isTooMuch);
    if (action === undefined) continue;
    reader.report(
      `roles.${name}.inlinePolicies.${policy}`,
      `a statement that allows ${action}`,
      `${neverMore}: actions of the services that it works with, by their names`,
    );
  }
}

const neverMore =
  "a role that no person takes changes no IAM, passes no role and takes no other";

/** What the statements allow; an Allow of all but some is everything's. */
function allowedActions(document: unknown): readonly string[] {
  return statementsOf(document).flatMap(({ Effect, Action, NotAction }) => {
    if (Effect !== "Allow") return [];
    return NotAction === undefined
      ? listOf(Action).filter((one) => typeof one === "string")
      : ["all actions but some (NotAction)"];
  });
}

function statementsOf(document: unknown): readonly Record<string, unknown>[] {
  const { Statement: statements } = document as { readonly Statement: unknown };
  return listOf(statements).filter(
    (one): one is Record<string, unknown> =>
      typeof one === "object" && one !== null,
  );
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : [value];

/** Reading IAM is fine. A service with a wildcard in its name may be IAM. */
const isTooMuch = (action: string): boolean => {
  const [service = "", verb = ""] = action.toLowerCase().split(":");
  if (!/^[a-z0-9-]+$/.test(service)) return true;
  if (service === "iam") return !/^(get|list|generate|simulate)/.test(verb);
  return service === "sts" && !/^(get|decode|tag)/.test(verb);
};
