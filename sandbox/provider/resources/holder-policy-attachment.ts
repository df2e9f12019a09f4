import { unlessMissing } from "../errors";
import { policyCalls, type Holder } from "../holders";
import { arn } from "../problems";
import { text, type ResourceType } from "../resource";

/** A managed policy on one user, group or role. Its id is `holder/policyArn`, as for an import. */
function holderPolicyAttachment(kind: Holder): ResourceType {
  const calls = policyCalls[kind];
  return {
    inputs: {
      [kind]: { required: true, replaces: true },
      policyArn: { required: true, replaces: true, problem: arn },
    },
    // To attach first would attach what is then detached, where only the other input changed.
    deleteFirst: true,
    fromId: (id) => {
      const { holder, policyArn } = partsOf(id);
      return { [kind]: holder, policyArn };
    },

    create: async ({ iam: client }, inputs) => {
      const holder = text(inputs, kind);
      const policyArn = text(inputs, "policyArn");
      await calls.attach(client, holder, policyArn);
      return { id: `${holder}/${policyArn}` };
    },

    read: async ({ iam: client }, id) => {
      const { holder, policyArn } = partsOf(id);
      const attached = await unlessMissing(calls.attached(client, holder));
      return attached?.includes(policyArn)
        ? { [kind]: holder, policyArn }
        : undefined;
    },

    remove: async ({ iam: client }, id) => {
      const { holder, policyArn } = partsOf(id);
      await calls.detach(client, holder, policyArn);
    },
  };
}

function partsOf(id: string) {
  const [, holder = "", policyArn = ""] = /^([^/]+)\/(.+)$/.exec(id) ?? [];
  if (holder !== "") return { holder, policyArn };
  throw new Error(
    `unexpected format of ID ("${id}"), expected <holder>/<policy_arn>`,
  );
}

/** `aws:iam/userPolicyAttachment:UserPolicyAttachment` */
export const userPolicyAttachment = holderPolicyAttachment("user");

/** `aws:iam/groupPolicyAttachment:GroupPolicyAttachment` */
export const groupPolicyAttachment = holderPolicyAttachment("group");

/** `aws:iam/rolePolicyAttachment:RolePolicyAttachment` */
export const rolePolicyAttachment = holderPolicyAttachment("role");
