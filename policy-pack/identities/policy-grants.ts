import type { Resource } from "../resources/resource";
import { policyGrantForms } from "./forms";
import type { Holders } from "./holders";
import type { HeldPolicy, PolicyForm } from "./identity";
import { inlineName, listedInline, missingInline } from "./inline-names";
import type { ManagedPolicies } from "./managed-policies";
import type { ExclusiveList, PolicyGrant } from "./policy-grant";
import { contentOf } from "./read";

export const listOf = (
  form: PolicyForm,
  policies: readonly HeldPolicy[],
): ExclusiveList => ({ form, names: policies.map(({ name }) => name) });

export function grantsOf(
  resource: Resource,
  holders: Holders,
  managed: ManagedPolicies,
  inlineNames: ReadonlySet<string>,
): readonly PolicyGrant[] {
  const form = policyGrantForms.get(resource.type);
  if (form === undefined) return [];
  const { document, managed: arns, boundary: within, isManagedPolicy } = form;
  const [boundary] =
    within === undefined ? [] : managed.namedBy(resource, within);
  const attached = arns === undefined ? [] : managed.namedBy(resource, arns);
  const own: readonly HeldPolicy[] =
    document === undefined
      ? []
      : [
          {
            resource,
            field: document,
            content: contentOf(resource.inputs[document], [document]),
            ...(isManagedPolicy === true
              ? { form: "managed", name: resource }
              : { form: "inline", name: inlineName(resource) }),
          },
        ];
  const policies = [
    ...own,
    ...attached,
    ...missingInline(resource, form, inlineNames),
  ];
  const lists: readonly ExclusiveList[] = [
    ...(form.isExclusive === true ? [listOf("managed", attached)] : []),
    ...listedInline(resource, form).map((names): ExclusiveList => ({
      form: "inline",
      names,
    })),
  ];
  return form.holders.flatMap(([kind, property]) =>
    holders
      .namedBy(resource, property, kind)
      .map((to) => ({ kind, resource, to, policies, lists, boundary })),
  );
}
