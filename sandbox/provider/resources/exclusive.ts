import type { IAMClient } from "@aws-sdk/client-iam";
import { sameSet } from "../equality";
import { unlessMissing } from "../errors";
import { policyCalls, type IdentityKind } from "../identities";
import { text, texts } from "../properties";
import type { ResourceType } from "../resource";
import { changeOf, inOrderOf } from "./membership";

interface ExclusiveCalls {
  /** The input with the only ones that may be there. */
  readonly input: "policyNames" | "policyArns";
  readonly list: (client: IAMClient, identity: string) => Promise<string[]>;
  readonly add: (
    client: IAMClient,
    identity: string,
    one: string,
  ) => Promise<unknown>;
  readonly remove: (
    client: IAMClient,
    identity: string,
    one: string,
  ) => Promise<unknown>;
}

/** Keeps one identity's policies to a list: what is not on it goes. Its id is the identity's name. */
function exclusive(
  kind: IdentityKind,
  { input, list, add, remove }: ExclusiveCalls,
): ResourceType {
  const identityInput = `${kind}Name`;
  const keepTo = async (
    client: IAMClient,
    identity: string,
    wanted: readonly string[],
  ): Promise<void> => {
    const live = await list(client, identity);
    const { added, removed } = changeOf(live, wanted);
    for (const one of added) await add(client, identity, one);
    for (const one of removed) await remove(client, identity, one);
  };
  return {
    inputs: {
      [identityInput]: { required: true, replaces: true },
      [input]: { required: true, same: sameSet },
    },
    fromId: (id) => ({ [identityInput]: id }),

    create: async ({ iam: client }, inputs) => {
      const identity = text(inputs, identityInput);
      await keepTo(client, identity, texts(inputs, input));
      return { id: identity };
    },

    read: async ({ iam: client }, id, state) => {
      const live = await unlessMissing(list(client, id));
      return (
        live && {
          [identityInput]: id,
          [input]: inOrderOf(texts(state, input), live),
        }
      );
    },

    update: async ({ iam: client }, id, _olds, news) => {
      await keepTo(client, id, texts(news, input));
    },

    /** Only the claim to be the only ones goes; the policies stay. */
    remove: () => Promise.resolve(),
  };
}

const policiesExclusive = (kind: IdentityKind): ResourceType => {
  const { names, remove } = policyCalls[kind];
  return exclusive(kind, {
    input: "policyNames",
    list: names,
    add: (_client, identity, name) =>
      Promise.reject(
        new Error(
          `${kind} ${identity} has no inline policy ${name}: a name alone does not make one, so let it depend on the resource with its document`,
        ),
      ),
    remove,
  });
};

const attachmentsExclusive = (kind: IdentityKind): ResourceType => {
  const { attached, attach, detach } = policyCalls[kind];
  return exclusive(kind, {
    input: "policyArns",
    list: attached,
    add: attach,
    remove: detach,
  });
};

/** `aws:iam/userPoliciesExclusive:UserPoliciesExclusive` */
export const userPoliciesExclusive = policiesExclusive("user");

/** `aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive` */
export const groupPoliciesExclusive = policiesExclusive("group");

/** `aws:iam/rolePoliciesExclusive:RolePoliciesExclusive` */
export const rolePoliciesExclusive = policiesExclusive("role");

/** `aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive` */
export const userPolicyAttachmentsExclusive = attachmentsExclusive("user");

/** `aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive` */
export const groupPolicyAttachmentsExclusive = attachmentsExclusive("group");

/** `aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive` */
export const rolePolicyAttachmentsExclusive = attachmentsExclusive("role");
