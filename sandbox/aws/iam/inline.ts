import { sizeOf } from "../documents";
import type { Call, Operation, Operations } from "../operation";
import { matching } from "../parameters";
import { onIdentity } from "./actions";
import {
  changeableIdentity,
  identityOf,
  namePattern,
  type Identity,
  type IdentityKind,
} from "./entities";
import { noSuchEntity } from "./errors";
import { listPage } from "./paging";
import { identityDocumentIn, inlineQuotaExceeded } from "./policy-documents";
import { quotas } from "./quotas";

/** Inline policies of one kind of identity: put, get, list, delete. */
export function inlineOperations(kind: IdentityKind): Operations {
  const on = (
    action: string,
    run: Operation["run"],
  ): Record<string, Operation> => ({ [action]: onIdentity(kind, action, run) });
  return {
    ...on(`Put${kind}Policy`, (call) => put(call, kind)),
    ...on(`Get${kind}Policy`, (call) => {
      const identity = identityOf(call, kind);
      const { name, document } = find(call, kind, identity);
      return {
        [`${kind}Name`]: identity.name,
        PolicyName: name,
        PolicyDocument: encodeURIComponent(document.text),
      };
    }),
    ...on(`List${kind}Policies`, (call) => {
      return listPage(
        call,
        "PolicyNames",
        identityOf(call, kind).inlinePolicies.keys(),
        (name) => name,
        (name) => name,
      );
    }),
    ...on(`Delete${kind}Policy`, (call) => {
      const identity = changeableIdentity(call, kind);
      identity.inlinePolicies.delete(find(call, kind, identity).name);
      return {};
    }),
  };
}

function put(call: Call, kind: IdentityKind): Record<string, never> {
  const identity = changeableIdentity(call, kind);
  const name = matching(call.parameters, "PolicyName", namePattern);
  const document = identityDocumentIn(call.parameters);
  const after = new Map(identity.inlinePolicies).set(name, document);
  const size = [...after.values()].reduce((sum, one) => sum + sizeOf(one), 0);
  const limit = quotas.inlineSize[kind];
  if (size > limit)
    throw inlineQuotaExceeded(limit, kind.toLowerCase(), identity.name);
  identity.inlinePolicies.set(name, document);
  return {};
}

function find(call: Call, kind: IdentityKind, identity: Identity) {
  const name = matching(call.parameters, "PolicyName", namePattern);
  const document = identity.inlinePolicies.get(name);
  if (document) return { name, document };
  throw noSuchEntity(`The ${kind.toLowerCase()} policy with name ${name}`);
}
