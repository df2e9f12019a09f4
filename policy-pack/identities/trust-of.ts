import type { Document } from "../decide/document";
import { oncePer } from "../decide/once-per";
import { accountOf } from "../resources/account";
import { knownText, type Resource } from "../resources/resource";
import type { UnknownValue } from "../resources/unknown-value";
import { holderForms } from "./forms";
import { readPolicy } from "./read";

/** A role's trust policy, and what the rules want to know of the role. */
export interface RoleTrust {
  readonly resource: Resource;
  readonly field: string;
  readonly document: Document;
  readonly account: string | undefined;
  /** In AWS. */
  readonly roleName: string | undefined;
}

export type TrustReading =
  | { readonly kind: "trust"; readonly trust: RoleTrust }
  | { readonly kind: "unknown"; readonly value: UnknownValue }
  /** No role, or a document that IAM refuses. */
  | { readonly kind: "none" };

const none: TrustReading = { kind: "none" };

/** Of what is no role, which most resources are not, nothing is kept. */
export const trustOf = (resource: Resource): TrustReading =>
  holderForms.get(resource.type)?.trust === undefined
    ? none
    : trustOfRole(resource);

const trustOfRole = oncePer((resource: Resource): TrustReading => {
  const form = holderForms.get(resource.type);
  if (form?.trust === undefined) return none;
  const { trust: field, name } = form;
  const reading = readPolicy(resource.inputs[field], "trust");
  if (reading.kind === "unknown") {
    return {
      kind: "unknown",
      value: { resource, path: [field, ...reading.path] },
    };
  }
  if (reading.kind === "malformed") return none;
  return {
    kind: "trust",
    trust: {
      resource,
      field,
      document: reading.document,
      account: accountOf(resource),
      roleName: knownText(resource, name),
    },
  };
});
