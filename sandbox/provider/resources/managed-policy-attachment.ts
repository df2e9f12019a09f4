import { policiesOf, type IdentityKind } from "../identities";
import { arn } from "../problems";
import { text } from "../properties";
import type { ResourceType, Work } from "../resource";

/**
 * `aws:iam/userPolicyAttachment:UserPolicyAttachment`, and that of groups and roles. Its id is
 * `identity/policyArn`, as for an import.
 */
export function managedPolicyAttachment(kind: IdentityKind): ResourceType {
  const policies = ({ iam, properties }: Work) =>
    policiesOf(iam, kind, text(properties, kind));
  return {
    inputs: {
      [kind]: { required: true, replaces: true },
      policyArn: { required: true, replaces: true, problem: arn },
    },
    // To attach first would attach what is then detached, where only the other input changed.
    deleteFirst: true,
    fromId: (id) => {
      const [, identity, policyArn] = /^([^/]+)\/(.+)$/.exec(id) ?? [];
      if (identity !== undefined) return { [kind]: identity, policyArn };
      throw new Error(
        `unexpected format of ID ("${id}"), expected <identity>/<policy_arn>`,
      );
    },

    create: async (work) => {
      const policyArn = text(work.properties, "policyArn");
      await policies(work).attach(policyArn);
      return { id: `${text(work.properties, kind)}/${policyArn}` };
    },

    find: async (work) => {
      const policyArn = text(work.properties, "policyArn");
      const attached = await policies(work).attached();
      return attached.includes(policyArn) ? { policyArn } : undefined;
    },

    remove: (work) => policies(work).detach(text(work.properties, "policyArn")),
  };
}
