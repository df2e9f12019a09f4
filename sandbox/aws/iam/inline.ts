import { sizeOf } from "../documents";
import type { Call, Operation, Operations } from "../operation";
import { matching } from "../parameters";
import { onHolder } from "./actions";
import {
  changeableHolder,
  holderOf,
  namePattern,
  type Holder,
  type Kind,
} from "./entities";
import { noSuchEntity } from "./errors";
import { pageOf } from "./paging";
import { identityDocumentIn, inlineQuotaExceeded } from "./policy-documents";
import { quotas } from "./quotas";

/** Inline policies of one kind of identity: put, get, list, delete. */
export function inlineOperations(kind: Kind): Operations {
  const on = (
    action: string,
    run: Operation["run"],
  ): Record<string, Operation> => ({ [action]: onHolder(kind, action, run) });
  return {
    ...on(`Put${kind}Policy`, (call) => put(call, kind)),
    ...on(`Get${kind}Policy`, (call) => {
      const holder = holderOf(call, kind);
      const { name, document } = find(call, kind, holder);
      return {
        [`${kind}Name`]: holder.name,
        PolicyName: name,
        PolicyDocument: encodeURIComponent(document.text),
      };
    }),
    ...on(`List${kind}Policies`, (call) => {
      const { items, trailer } = pageOf(
        call.parameters,
        holderOf(call, kind).inlinePolicies.keys(),
        (name) => name,
      );
      return { PolicyNames: items, ...trailer };
    }),
    ...on(`Delete${kind}Policy`, (call) => {
      const holder = changeableHolder(call, kind);
      holder.inlinePolicies.delete(find(call, kind, holder).name);
      return {};
    }),
  };
}

function put(call: Call, kind: Kind): Record<string, never> {
  const holder = changeableHolder(call, kind);
  const name = matching(call.parameters, "PolicyName", namePattern);
  const document = identityDocumentIn(call.parameters);
  const after = new Map(holder.inlinePolicies).set(name, document);
  const size = [...after.values()].reduce((sum, one) => sum + sizeOf(one), 0);
  const limit = quotas.inlineSize[kind];
  if (size > limit)
    throw inlineQuotaExceeded(limit, kind.toLowerCase(), holder.name);
  holder.inlinePolicies.set(name, document);
  return {};
}

function find(call: Call, kind: Kind, holder: Holder) {
  const name = matching(call.parameters, "PolicyName", namePattern);
  const document = holder.inlinePolicies.get(name);
  if (document) return { name, document };
  throw noSuchEntity(`The ${kind.toLowerCase()} policy with name ${name}`);
}
