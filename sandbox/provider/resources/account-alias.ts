import * as iam from "@aws-sdk/client-iam";
import { text } from "../properties";
import type { ResourceType } from "../resource";

/** `aws:iam/accountAlias:AccountAlias`: one an account. */
export const accountAlias: ResourceType = {
  inputs: {
    accountAlias: {
      required: true,
      replaces: true,
      problem: (alias) =>
        typeof alias === "string" &&
        /^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$/.test(alias)
          ? undefined
          : `must be 3 to 63 lower-case letters, digits and single hyphens, and is "${String(alias)}"`,
    },
  },
  fromId: (alias) => ({ accountAlias: alias }),

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

  remove: async ({ iam: client }, id) => {
    await client.send(new iam.DeleteAccountAliasCommand({ AccountAlias: id }));
  },
};
