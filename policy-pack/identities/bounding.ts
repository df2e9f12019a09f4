import { boundaryConditions } from "../decide/permissions";
import { templateText } from "../decide/text/template";
import { documentsOf, type Identity } from "./identity";
import type { ManagedPolicies } from "./managed-policies";

/**
 * With the managed policies that its own, or its boundary, name as the boundary of whom they let it make,
 * or change.
 */
export const withBounding = (
  managed: Pick<ManagedPolicies, "documentOf">,
  identity: Identity,
): Identity => ({
  ...identity,
  bounding: boundaryConditions(
    documentsOf([
      ...identity.policies,
      ...(identity.boundary === undefined ? [] : [identity.boundary]),
    ]),
  )
    .flatMap(({ values }) => values.map(templateText))
    .flatMap((arn) => {
      const { resource, account = "" } = identity;
      const inAccount = arn.replace(ownAccount, account);
      const document = resource && managed.documentOf(resource, inAccount);
      return document === undefined ? [] : [{ arn, document }];
    }),
});

/** Whoever asks and whom IAM changes are of one account. */
const ownAccount = /\$\{aws:(principal|resource)account\}/;
