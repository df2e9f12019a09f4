import * as iam from "@aws-sdk/client-iam";
import { text, type ResourceType } from "../resource";

/** `aws:iam/accountAlias:AccountAlias`: one an account. */
export const accountAlias: ResourceType = {
  replaceOn: ["accountAlias"],

  create: async ({ iam: client }, inputs) => {
    const alias = text(inputs, "accountAlias");
    await client.send(
      new iam.CreateAccountAliasCommand({ AccountAlias: alias }),
    );
    return { id: alias };
  },

  read: async ({ iam: client }) => {
    const { AccountAliases = [] } = await client.send(
      new iam.ListAccountAliasesCommand(),
    );
    const [alias] = AccountAliases;
    return alias === undefined ? undefined : { accountAlias: alias };
  },

  update: () => Promise.resolve(),

  remove: async ({ iam: client }, id) => {
    await client.send(new iam.DeleteAccountAliasCommand({ AccountAlias: id }));
  },
};
