import { parseIdentityDocument, sizeOf } from "../documents";
import type { Call, Operation, Operations } from "../operation";
import { matching, required } from "../parameters";
import { holderArn, holderOf, namePattern, type Kind } from "./entities";
import { limitExceeded, noSuchEntity } from "./errors";
import { pageOf } from "./paging";
import { quotas } from "./quotas";

/** Inline policies of one kind of identity: put, get, list, delete. */
export function inlineOperations(kind: Kind): Operations {
  const on = (verb: string, run: Operation["run"]): Operation => ({
    action: `iam:${verb}`,
    resource: (call) => holderArn(call, kind),
    run,
  });
  return {
    [`Put${kind}Policy`]: on(`Put${kind}Policy`, (call) => put(call, kind)),
    [`Get${kind}Policy`]: on(`Get${kind}Policy`, (call) => {
      const { holder, name, document } = find(call, kind);
      return {
        [`${kind}Name`]: holder.name,
        PolicyName: name,
        PolicyDocument: encodeURIComponent(document.text),
      };
    }),
    [`List${kind}Policies`]: on(`List${kind}Policies`, (call) => {
      const names = [...holderOf(call, kind).inlinePolicies.keys()].sort();
      const { items, trailer } = pageOf(call.parameters, names);
      return { PolicyNames: items, ...trailer };
    }),
    [`Delete${kind}Policy`]: on(`Delete${kind}Policy`, (call) => {
      const { holder, name } = find(call, kind);
      holder.inlinePolicies.delete(name);
      return {};
    }),
  };
}

function put(call: Call, kind: Kind): Record<string, never> {
  const holder = holderOf(call, kind);
  const name = matching(call.parameters, "PolicyName", namePattern);
  const document = parseIdentityDocument(
    required(call.parameters, "PolicyDocument"),
  );
  const after = new Map(holder.inlinePolicies).set(name, document);
  const size = [...after.values()].reduce((sum, one) => sum + sizeOf(one), 0);
  const limit = quotas.inlineSize[kind];
  if (size > limit) {
    throw limitExceeded(
      `InlinePolicySize of ${kind.toLowerCase()} ${holder.name}`,
      limit,
    );
  }
  holder.inlinePolicies.set(name, document);
  return {};
}

function find(call: Call, kind: Kind) {
  const holder = holderOf(call, kind);
  const name = matching(call.parameters, "PolicyName", namePattern);
  const document = holder.inlinePolicies.get(name);
  if (document) return { holder, name, document };
  throw noSuchEntity(`The ${kind.toLowerCase()} policy with name ${name}`);
}
