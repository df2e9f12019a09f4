import { policiesOf, type IdentityKind } from "../identities";
import { arn } from "../problems";
import { text, type Properties } from "../properties";
import type { Clients } from "../account";
import type { ResourceType } from "../resource";

/**
 * `aws:iam/userPolicyAttachment:UserPolicyAttachment`, and that of groups and roles. Its id is
 * `identity/policyArn`, as for an import.
 */
export function managedPolicyAttachment(kind: IdentityKind): ResourceType {
  const policies = ({ iam }: Clients, properties: Properties) =>
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

    create: async (clients, inputs) => {
      const policyArn = text(inputs, "policyArn");
      await policies(clients, inputs).attach(policyArn);
      return `${text(inputs, kind)}/${policyArn}`;
    },

    read: async (clients, _id, state) => {
      const attached = await policies(clients, state).attached();
      return attached.includes(text(state, "policyArn")) ? {} : undefined;
    },

    remove: (clients, _id, state) =>
      policies(clients, state).detach(text(state, "policyArn")),
  };
}
