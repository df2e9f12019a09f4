import { accountGuardPolicy } from "../documents/account-guard";
import {
  documentText,
  type PolicyDocument,
} from "../documents/policy-document";
import { accountGuard, standardRoles } from "../names";
import type { AccountId, Partition } from "../partition";
import type { RolePermissions } from "./model";
import type { ConfigReader } from "./reader";

export const written = (
  documents: Readonly<Record<string, unknown>>,
): RolePermissions["inlinePolicies"] =>
  Object.fromEntries(
    Object.entries(documents).map(([policy, document]) => [
      policy,
      { kind: "written" as const, document },
    ]),
  );

/** What guards the account is denied to every role but OpsSudo. */
export const guarded = <R extends RolePermissions>(role: R): R =>
  role.name === standardRoles.opsSudo
    ? role
    : {
        ...role,
        inlinePolicies: {
          ...role.inlinePolicies,
          [accountGuard]: { kind: "built", build: accountGuardPolicy },
        },
      };

/**
 * Whether IAM tells names of a role's policies apart by case, its pages don't say: one that it took for
 * another would take that one's place.
 *
 * @param ofTheProgram names that its own policies have
 */
export function checkPolicyNames(
  reader: ConfigReader,
  { name, inlinePolicies }: RolePermissions,
  ofTheProgram: readonly string[],
): void {
  const own = new Set(ofTheProgram.map((one) => one.toLowerCase()));
  const seen = new Map<string, string>();
  for (const policy of Object.keys(inlinePolicies)) {
    const at = `roles.${name}.inlinePolicies.${policy}`;
    const twin = seen.get(policy.toLowerCase());
    if (own.has(policy.toLowerCase())) {
      const found = `${policy}, which the program gives to roles by itself`;
      reader.report(at, found, "a name of its own");
    } else if (twin !== undefined) {
      reader.reportTwin(at, twin, "names that differ in more than case");
    }
    seen.set(policy.toLowerCase(), policy);
  }
}

/** Of a policy in the partition whose ARNs are the longest; all account ids are equally long. */
export const mostCharacters = (
  build: (partition: Partition, accountId: AccountId) => PolicyDocument,
): number => documentText(build("aws-us-gov", "000000000000")).length;

/** @param most characters that the program's further policies leave */
export function checkInlineSize(
  reader: ConfigReader,
  { name, inlinePolicies }: RolePermissions,
  most: number,
): void {
  const all = Object.values(inlinePolicies);
  const size = all
    .map((policy) =>
      policy.kind === "written"
        ? JSON.stringify(policy.document).length
        : mostCharacters(policy.build),
    )
    .reduce((sum, characters) => sum + characters, 0);
  if (size <= most) return;
  const isWritten = all.some(({ kind }) => kind === "written");
  reader.report(
    isWritten ? `roles.${name}.inlinePolicies` : `roles.${name}`,
    `${size} characters`,
    `at most ${most} in all, which is IAM's quota for a role less the program's own policies, as ${accountGuard}${isWritten ? "" : ": name fewer roles, or shorter paths"}`,
  );
}
