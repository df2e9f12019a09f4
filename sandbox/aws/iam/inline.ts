import { sizeOf } from "../documents";
import { AwsError, existing } from "../errors";
import type { Call, Operations } from "../operation";
import { changing, onIdentity } from "./actions";
import { type Identity, type IdentityKind } from "./entities";
import { listPage } from "./paging";
import { identityDocumentIn } from "./policy-documents";
import { quotas } from "./quotas";

/** Inline policies of one kind of identity: put, get, list, delete. */
export const inlineOperations = (kind: IdentityKind): Operations => ({
  [`Put${kind}Policy`]: changing(kind)((identity, call) => {
    put(call, kind, identity);
  }),
  [`Get${kind}Policy`]: onIdentity(kind)((identity, call) => {
    const { name, document } = find(call, kind, identity);
    return {
      [`${kind}Name`]: identity.name,
      PolicyName: name,
      PolicyDocument: encodeURIComponent(document.text),
    };
  }),
  [`List${kind}Policies`]: onIdentity(kind)(({ inlinePolicies }, call) => {
    const all = [...inlinePolicies.keys()].map((name) => [name, name] as const);
    return listPage(call, "PolicyNames", all);
  }),
  [`Delete${kind}Policy`]: changing(kind)((identity, call) => {
    identity.inlinePolicies.delete(find(call, kind, identity).name);
  }),
});

function put(call: Call, kind: IdentityKind, identity: Identity): void {
  const name = call.parameters.required("PolicyName");
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
  const name = call.parameters.required("PolicyName");
  const what = `The ${kind.toLowerCase()} policy with name ${name}`;
  return { name, document: existing(identity.inlinePolicies.get(name), what) };
}
