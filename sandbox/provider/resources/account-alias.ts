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

  create: async ({ iam }, inputs) => {
    const alias = text(inputs, "accountAlias");
    await iam.createAccountAlias({ AccountAlias: alias });
    return alias;
  },

  read: async ({ iam }) => {
    const { AccountAliases: [alias] = [] } = await iam.listAccountAliases();
    return alias === undefined ? undefined : { accountAlias: alias };
  },

  remove: ({ iam }, id) => iam.deleteAccountAlias({ AccountAlias: id }),
};
