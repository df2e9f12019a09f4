import { sameSet } from "../equality";
import { policiesOf, type IdentityKind, type Policies } from "../identities";
import { changeOf, inOrderOf } from "../lists";
import { text, texts, type Properties } from "../properties";
import type { Clients } from "../account";
import type { ResourceType } from "../resource";

interface ExclusiveList {
  /** The input with the only ones that may be there. */
  readonly input: "policyNames" | "policyArns";
  readonly live: (policies: Policies) => Promise<readonly string[]>;
  readonly add: (policies: Policies, one: string) => Promise<unknown>;
  readonly remove: (policies: Policies, one: string) => Promise<unknown>;
}

/** Keeps one identity's policies to a list: what is not on it goes. Its id is the identity's name. */
function exclusive(
  kind: IdentityKind,
  { input, live, add, remove }: ExclusiveList,
): ResourceType {
  const identityInput = `${kind}Name`;
  const keepTo = async ({ iam }: Clients, wanted: Properties) => {
    const policies = policiesOf(iam, kind, text(wanted, identityInput));
    const { added, removed } = changeOf(
      await live(policies),
      texts(wanted, input),
    );
    for (const one of added) await add(policies, one);
    for (const one of removed) await remove(policies, one);
  };
  return {
    inputs: {
      [identityInput]: { required: true, replaces: true },
      [input]: { required: true, same: sameSet },
    },
    fromId: (id) => ({ [identityInput]: id }),

    create: async (clients, inputs) => {
      await keepTo(clients, inputs);
      return text(inputs, identityInput);
    },

    read: async ({ iam }, id, state) => ({
      [input]: inOrderOf(
        texts(state, input),
        await live(policiesOf(iam, kind, id)),
      ),
    }),

    update: (clients, _id, news) => keepTo(clients, news),

    /** Only the claim to be the only ones goes; the policies stay. */
    remove: () => Promise.resolve(),
  };
}

/** `aws:iam/userPoliciesExclusive:UserPoliciesExclusive`, and those of groups and roles. */
export const policiesExclusive = (kind: IdentityKind): ResourceType =>
  exclusive(kind, {
    input: "policyNames",
    live: (policies) => policies.names(),
    add: (policies, name) =>
      Promise.reject(
        new Error(
          `${policies.holder} has no inline policy ${name}: a name alone does not make one, so let it depend on the resource with its document`,
        ),
      ),
    remove: (policies, name) => policies.remove(name),
  });

/** `aws:iam/userPolicyAttachmentsExclusive:…`, and those of groups and roles. */
export const policyAttachmentsExclusive = (kind: IdentityKind): ResourceType =>
  exclusive(kind, {
    input: "policyArns",
    live: (policies) => policies.attached(),
    add: (policies, policyArn) => policies.attach(policyArn),
    remove: (policies, policyArn) => policies.detach(policyArn),
  });
