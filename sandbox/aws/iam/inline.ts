import { sizeOf } from "../documents";
import { AwsError, existing } from "../errors";
import type { Call, Operations } from "../operation";
import { onIdentity } from "./actions";
import {
  changeableIdentity,
  identityOf,
  namePattern,
  type Identity,
  type IdentityKind,
} from "./entities";
import { listPage } from "./paging";
import { identityDocumentIn } from "./policy-documents";
import { quotas } from "./quotas";

/** Inline policies of one kind of identity: put, get, list, delete. */
export function inlineOperations(kind: IdentityKind): Operations {
  const on = onIdentity(kind);
  return {
    [`Put${kind}Policy`]: on((call) => {
      put(call, kind);
    }),
    [`Get${kind}Policy`]: on((call) => {
      const identity = identityOf(call, kind);
      const { name, document } = find(call, kind, identity);
      return {
        [`${kind}Name`]: identity.name,
        PolicyName: name,
        PolicyDocument: encodeURIComponent(document.text),
      };
    }),
    [`List${kind}Policies`]: on((call) => {
      const names = [...identityOf(call, kind).inlinePolicies.keys()];
      const all = names.map((name) => [name, name] as const);
      return listPage(call, "PolicyNames", all);
    }),
    [`Delete${kind}Policy`]: on((call) => {
      const identity = changeableIdentity(call, kind);
      identity.inlinePolicies.delete(find(call, kind, identity).name);
    }),
  };
}

function put(call: Call, kind: IdentityKind): void {
  const identity = changeableIdentity(call, kind);
  const name = call.parameters.matching("PolicyName", namePattern);
  const document = identityDocumentIn(call.parameters);
  const after = new Map(identity.inlinePolicies).set(name, document);
  const size = [...after.values()].reduce((sum, one) => sum + sizeOf(one), 0);
  const limit = quotas.inlineSize[kind];
  if (size > limit) {
    // AWS words this quota in bytes, and counts all that one identity has.
    throw new AwsError(
      "LimitExceeded",
      `Maximum policy size of ${limit} bytes exceeded for ${kind.toLowerCase()} ${identity.name}`,
    );
  }
  identity.inlinePolicies.set(name, document);
}

function find(call: Call, kind: IdentityKind, identity: Identity) {
  const name = call.parameters.matching("PolicyName", namePattern);
  const what = `The ${kind.toLowerCase()} policy with name ${name}`;
  return { name, document: existing(identity.inlinePolicies.get(name), what) };
}
