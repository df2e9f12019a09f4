import type { IAMClient } from "@aws-sdk/client-iam";
import { sameSet } from "../equality";
import { unlessMissing } from "../errors";
import { policyCalls, type Holder } from "../holders";
import { text, texts, type ResourceType } from "../resource";
import { changeOf, inOrderOf } from "./membership";

interface ExclusiveCalls {
  /** The input with the only ones that may be there. */
  readonly input: "policyNames" | "policyArns";
  readonly list: (client: IAMClient, holder: string) => Promise<string[]>;
  readonly add: (
    client: IAMClient,
    holder: string,
    one: string,
  ) => Promise<unknown>;
  readonly remove: (
    client: IAMClient,
    holder: string,
    one: string,
  ) => Promise<unknown>;
}

/** Keeps one holder's policies to a list: what is not on it goes. Its id is the holder's name. */
function exclusive(
  kind: Holder,
  { input, list, add, remove }: ExclusiveCalls,
): ResourceType {
  const holderInput = `${kind}Name`;
  const keepTo = async (
    client: IAMClient,
    holder: string,
    wanted: readonly string[],
  ): Promise<void> => {
    const live = await list(client, holder);
    const { added, removed } = changeOf(live, wanted);
    for (const one of added) await add(client, holder, one);
    for (const one of removed) await remove(client, holder, one);
  };
  return {
    inputs: {
      [holderInput]: { required: true, replaces: true },
      [input]: { required: true, same: sameSet },
    },
    fromId: (id) => ({ [holderInput]: id }),

    create: async ({ iam: client }, inputs) => {
      const holder = text(inputs, holderInput);
      await keepTo(client, holder, texts(inputs, input));
      return { id: holder };
    },

    read: async ({ iam: client }, id, state) => {
      const live = await unlessMissing(list(client, id));
      return (
        live && {
          [holderInput]: id,
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

const policiesExclusive = (kind: Holder): ResourceType => {
  const { names, remove } = policyCalls[kind];
  return exclusive(kind, {
    input: "policyNames",
    list: names,
    add: (_client, holder, name) =>
      Promise.reject(
        new Error(
          `${kind} ${holder} has no inline policy ${name}: a name alone does not make one, so let it depend on the resource with its document`,
        ),
      ),
    remove,
  });
};

const attachmentsExclusive = (kind: Holder): ResourceType => {
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
