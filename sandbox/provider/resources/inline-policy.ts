import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../missing";
import {
  text,
  type ConnectedAccount,
  type Properties,
  type ResourceType,
} from "../resource";

/** The calls that differ between users, groups and roles. */
interface Calls {
  readonly put: (
    account: ConnectedAccount,
    holder: string,
    name: string,
    document: string,
  ) => Promise<unknown>;
  readonly get: (
    account: ConnectedAccount,
    holder: string,
    name: string,
  ) => Promise<{ readonly PolicyDocument?: string | undefined }>;
  readonly remove: (
    account: ConnectedAccount,
    holder: string,
    name: string,
  ) => Promise<unknown>;
}

/** An inline policy; `holderInput` names the user, group or role. Its id is `holder:name`. */
function inlinePolicy(
  holderInput: "user" | "group" | "role",
  calls: Calls,
): ResourceType {
  const put = (account: ConnectedAccount, properties: Properties) =>
    calls.put(
      account,
      text(properties, holderInput),
      text(properties, "name"),
      text(properties, "policy"),
    );
  return {
    replaceOn: [holderInput, "name"],
    documents: ["policy"],
    named: "name",

    create: async (account, inputs) => {
      await put(account, inputs);
      return { id: `${text(inputs, holderInput)}:${text(inputs, "name")}` };
    },

    read: async (account, id) => {
      const [holder = "", name = ""] = id.split(":");
      const found = await unlessMissing(calls.get(account, holder, name));
      return (
        found && {
          [holderInput]: holder,
          name,
          policy: decodeURIComponent(found.PolicyDocument ?? ""),
        }
      );
    },

    update: async (account, _id, _olds, news) => {
      await put(account, news);
    },

    remove: async (account, id) => {
      const [holder = "", name = ""] = id.split(":");
      await calls.remove(account, holder, name);
    },
  };
}

/** `aws:iam/groupPolicy:GroupPolicy` */
export const groupPolicy = inlinePolicy("group", {
  put: ({ iam: client }, GroupName, PolicyName, PolicyDocument) =>
    client.send(
      new iam.PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument }),
    ),
  get: ({ iam: client }, GroupName, PolicyName) =>
    client.send(new iam.GetGroupPolicyCommand({ GroupName, PolicyName })),
  remove: ({ iam: client }, GroupName, PolicyName) =>
    client.send(new iam.DeleteGroupPolicyCommand({ GroupName, PolicyName })),
});

/** `aws:iam/rolePolicy:RolePolicy` */
export const rolePolicy = inlinePolicy("role", {
  put: ({ iam: client }, RoleName, PolicyName, PolicyDocument) =>
    client.send(
      new iam.PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }),
    ),
  get: ({ iam: client }, RoleName, PolicyName) =>
    client.send(new iam.GetRolePolicyCommand({ RoleName, PolicyName })),
  remove: ({ iam: client }, RoleName, PolicyName) =>
    client.send(new iam.DeleteRolePolicyCommand({ RoleName, PolicyName })),
});

/** `aws:iam/userPolicy:UserPolicy` */
export const userPolicy = inlinePolicy("user", {
  put: ({ iam: client }, UserName, PolicyName, PolicyDocument) =>
    client.send(
      new iam.PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }),
    ),
  get: ({ iam: client }, UserName, PolicyName) =>
    client.send(new iam.GetUserPolicyCommand({ UserName, PolicyName })),
  remove: ({ iam: client }, UserName, PolicyName) =>
    client.send(new iam.DeleteUserPolicyCommand({ UserName, PolicyName })),
});
