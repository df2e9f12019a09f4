import type { Resource } from "../resources/resource";
import { grantForms, type HolderKind } from "./forms";
import type { Holders, Reference } from "./holders";
import type { HeldPolicy } from "./identity";
import { missingInline } from "./inline-names";
import type { ManagedPolicies } from "./managed-policies";
import { contentOf } from "./read";

/** That a resource gives policies to somebody. */
export interface Grant {
  readonly kind: HolderKind;
  readonly resource: Resource;
  readonly to: Reference;
  readonly policies: readonly HeldPolicy[];
}

export function grantsOf(
  resource: Resource,
  holders: Holders,
  managed: ManagedPolicies,
  inlineNames: ReadonlySet<string>,
): readonly Grant[] {
  const form = grantForms.get(resource.type);
  if (form === undefined) return [];
  const { document, managed: arns } = form;
  const policies = [
    ...(document === undefined
      ? []
      : [
          {
            resource,
            field: document,
            content: contentOf(resource.inputs[document], [document]),
          },
        ]),
    ...(arns === undefined
      ? []
      : managed
          .namedBy(resource, arns)
          .map((content) => ({ resource, field: arns, content }))),
    ...missingInline(resource, form, inlineNames),
  ];
  return form.holders.flatMap(([kind, property]) =>
    holders
      .namedBy(resource, property, kind)
      .map((to) => ({ kind, resource, to, policies })),
  );
}
