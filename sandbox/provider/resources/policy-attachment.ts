import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../missing";
import { text, type ConnectedAccount, type ResourceType } from "../resource";

type Change = (
  account: ConnectedAccount,
  holder: string,
  policyArn: string,
) => Promise<unknown>;

/** The calls that differ between users, groups and roles. */
interface Calls {
  readonly attach: Change;
  readonly detach: Change;
  readonly list: (
    account: ConnectedAccount,
    holder: string,
  ) => AsyncIterable<{
    readonly AttachedPolicies?: readonly iam.AttachedPolicy[] | undefined;
  }>;
}

/** A managed policy on a user, group or role. Its id is `holder/policyArn`, as for an import. */
function policyAttachment(
  holderInput: "user" | "group" | "role",
  calls: Calls,
): ResourceType {
  return {
    replaceOn: [holderInput, "policyArn"],

    create: async (account, inputs) => {
      const holder = text(inputs, holderInput);
      const policyArn = text(inputs, "policyArn");
      await calls.attach(account, holder, policyArn);
      return { id: `${holder}/${policyArn}` };
    },

    read: async (account, id) => {
      const { holder, policyArn } = partsOf(id);
      const attached = await unlessMissing(isAttached(calls, account, id));
      return attached ? { [holderInput]: holder, policyArn } : undefined;
    },

    update: () => Promise.resolve(),

    remove: async (account, id) => {
      const { holder, policyArn } = partsOf(id);
      await calls.detach(account, holder, policyArn);
    },
  };
}

const partsOf = (id: string) => {
  const at = id.indexOf("/");
  return { holder: id.slice(0, at), policyArn: id.slice(at + 1) };
};

async function isAttached(
  calls: Calls,
  account: ConnectedAccount,
  id: string,
): Promise<boolean> {
  const { holder, policyArn } = partsOf(id);
  for await (const { AttachedPolicies = [] } of calls.list(account, holder)) {
    if (AttachedPolicies.some(({ PolicyArn }) => PolicyArn === policyArn)) {
      return true;
    }
  }
  return false;
}

/** `aws:iam/groupPolicyAttachment:GroupPolicyAttachment` */
export const groupPolicyAttachment = policyAttachment("group", {
  attach: ({ iam: client }, GroupName, PolicyArn) =>
    client.send(new iam.AttachGroupPolicyCommand({ GroupName, PolicyArn })),
  detach: ({ iam: client }, GroupName, PolicyArn) =>
    client.send(new iam.DetachGroupPolicyCommand({ GroupName, PolicyArn })),
  list: ({ iam: client }, GroupName) =>
    iam.paginateListAttachedGroupPolicies({ client }, { GroupName }),
});

/** `aws:iam/rolePolicyAttachment:RolePolicyAttachment` */
export const rolePolicyAttachment = policyAttachment("role", {
  attach: ({ iam: client }, RoleName, PolicyArn) =>
    client.send(new iam.AttachRolePolicyCommand({ RoleName, PolicyArn })),
  detach: ({ iam: client }, RoleName, PolicyArn) =>
    client.send(new iam.DetachRolePolicyCommand({ RoleName, PolicyArn })),
  list: ({ iam: client }, RoleName) =>
    iam.paginateListAttachedRolePolicies({ client }, { RoleName }),
});

/** `aws:iam/userPolicyAttachment:UserPolicyAttachment` */
export const userPolicyAttachment = policyAttachment("user", {
  attach: ({ iam: client }, UserName, PolicyArn) =>
    client.send(new iam.AttachUserPolicyCommand({ UserName, PolicyArn })),
  detach: ({ iam: client }, UserName, PolicyArn) =>
    client.send(new iam.DetachUserPolicyCommand({ UserName, PolicyArn })),
  list: ({ iam: client }, UserName) =>
    iam.paginateListAttachedUserPolicies({ client }, { UserName }),
});
