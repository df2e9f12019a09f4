import { sameSet } from "../equality";
import { policiesOf, type IdentityKind, type Policies } from "../identities";
import { changeOf, inOrderOf } from "../lists";
import { text, texts } from "../properties";
import type { ResourceType, Work } from "../resource";

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
  const policies = ({ iam, properties }: Work) =>
    policiesOf(iam, kind, text(properties, identityInput));
  const keepTo = async (work: Work): Promise<undefined> => {
    const own = policies(work);
    const { added, removed } = changeOf(
      await live(own),
      texts(work.properties, input),
    );
    for (const one of added) await add(own, one);
    for (const one of removed) await remove(own, one);
  };
  return {
    inputs: {
      [identityInput]: { required: true, replaces: true },
      [input]: { required: true, same: sameSet },
    },
    id: identityInput,

    create: keepTo,

    find: async (work) => {
      const known = texts(work.properties, input);
      return { [input]: inOrderOf(known, await live(policies(work))) };
    },

    update: keepTo,

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
