import { boundaryKey } from "../decide/permissions";
import { isPlainText, templateText } from "../decide/text/template";
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
  bounding: documentsOf([
    ...identity.policies,
    ...(identity.boundary === undefined ? [] : [identity.boundary]),
  ])
    .flatMap(({ statements }) => statements)
    .flatMap(({ conditions }) => conditions)
    .filter(({ key }) => key === boundaryKey)
    .flatMap(({ values }) => values.filter(isPlainText).map(templateText))
    .flatMap((arn) => {
      const { resource } = identity;
      const document = resource && managed.documentOf(resource, arn);
      return document === undefined ? [] : [{ arn, document }];
    }),
});
