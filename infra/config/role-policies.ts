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

/** @param ofTheProgram names that its own policies have */
export function checkPolicyNames(
  reader: ConfigReader,
  { name, inlinePolicies }: RolePermissions,
  ofTheProgram: readonly string[],
): void {
  for (const own of ofTheProgram) {
    if (!Object.hasOwn(inlinePolicies, own)) continue;
    reader.report(
      `roles.${name}.inlinePolicies.${own}`,
      `${own}, which the program gives to roles by itself`,
      "a name of its own",
    );
  }
}

/** Of a policy in the partition whose ARNs are the longest; all account ids are equally long. */
export const mostCharacters = (
  build: (partition: Partition, accountId: AccountId) => PolicyDocument,
): number => documentText(build("aws-us-gov", "000000000000")).length;

/** @param most characters that the program's own policies leave */
export function checkInlineSize(
  reader: ConfigReader,
  { name, inlinePolicies }: RolePermissions,
  most: number,
): void {
  const size = Object.values(inlinePolicies)
    .map((policy) =>
      policy.kind === "written" ? JSON.stringify(policy.document).length : 0,
    )
    .reduce<number>((sum, characters) => sum + characters, 0);
  if (size > most) {
    reader.report(
      `roles.${name}.inlinePolicies`,
      `${size} characters`,
      `at most ${most} in all, which is IAM's quota for a role less the program's own policies, as ${accountGuard}`,
    );
  }
}
