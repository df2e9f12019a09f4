import { unlessMissing } from "../errors";
import { policyCalls, type IdentityKind } from "../identities";
import { arn } from "../problems";
import { text } from "../properties";
import type { ResourceType } from "../resource";

/** A managed policy on one user, group or role. Its id is `identity/policyArn`, as for an import. */
function managedPolicyAttachment(kind: IdentityKind): ResourceType {
  const calls = policyCalls[kind];
  return {
    inputs: {
      [kind]: { required: true, replaces: true },
      policyArn: { required: true, replaces: true, problem: arn },
    },
    // To attach first would attach what is then detached, where only the other input changed.
    deleteFirst: true,
    fromId: (id) => {
      const { identity, policyArn } = partsOf(id);
      return { [kind]: identity, policyArn };
    },

    create: async ({ iam: client }, inputs) => {
      const identity = text(inputs, kind);
      const policyArn = text(inputs, "policyArn");
      await calls.attach(client, identity, policyArn);
      return { id: `${identity}/${policyArn}` };
    },

    read: async ({ iam: client }, id) => {
      const { identity, policyArn } = partsOf(id);
      const attached = await unlessMissing(calls.attached(client, identity));
      return attached?.includes(policyArn)
        ? { [kind]: identity, policyArn }
        : undefined;
    },

    remove: async ({ iam: client }, id) => {
      const { identity, policyArn } = partsOf(id);
      await calls.detach(client, identity, policyArn);
    },
  };
}

function partsOf(id: string) {
  const [, identity = "", policyArn = ""] = /^([^/]+)\/(.+)$/.exec(id) ?? [];
  if (identity !== "") return { identity, policyArn };
  throw new Error(
    `unexpected format of ID ("${id}"), expected <identity>/<policy_arn>`,
  );
}

/** `aws:iam/userPolicyAttachment:UserPolicyAttachment` */
export const userPolicyAttachment = managedPolicyAttachment("user");

/** `aws:iam/groupPolicyAttachment:GroupPolicyAttachment` */
export const groupPolicyAttachment = managedPolicyAttachment("group");

/** `aws:iam/rolePolicyAttachment:RolePolicyAttachment` */
export const rolePolicyAttachment = managedPolicyAttachment("role");
