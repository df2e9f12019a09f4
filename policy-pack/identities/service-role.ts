import { runsCode } from "../decide/escalation-paths";
import { isAdministrator } from "../decide/powers";
import { isAwsManaged } from "./aws-managed";
import type { Identity } from "./identity";
import { permissionsOf } from "./permissions";
import { trustOf } from "./trust-of";

/**
 * A role that AWS's services alone take, and only for themselves, with what AWS's own policies give
 * them. A service that runs what its users give it lends them its role.
 */
export function isOfAService(identity: Identity): boolean {
  const { resource, policies } = identity;
  if (resource === undefined || policies.length === 0) return false;
  const reading = trustOf(resource);
  return (
    reading.kind === "trust" &&
    policies.every(
      (one) => isAwsManaged(one) && one.content.kind === "document",
    ) &&
    reading.trust.document.statements.every(
      ({ effect, principals }) =>
        effect === "Deny" ||
        (principals?.mode === "these" &&
          principals.principals.every(
            (one) => one.kind === "service" && !runsCode(one.name),
          )),
    ) &&
    isAdministrator(permissionsOf(identity)).answer === "closed"
  );
}
