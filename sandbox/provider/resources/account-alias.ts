import type { ResourceType } from "../resource";

/** `aws:iam/accountAlias:AccountAlias`: one an account. */
export const accountAlias: ResourceType = {
  inputs: {
    accountAlias: {
      aws: "AccountAlias",
      required: true,
      replaces: true,
      problem: (alias) =>
        typeof alias === "string" &&
        /^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$/.test(alias)
          ? undefined
          : `must be 3 to 63 lower-case letters, digits and single hyphens, and is "${String(alias)}"`,
    },
  },
  id: "accountAlias",

  create: ({ iam, parameters }) => iam.createAccountAlias(parameters),

  find: async ({ iam }) => {
    const { AccountAliases: [alias] = [] } = await iam.listAccountAliases();
    return alias === undefined ? undefined : { AccountAlias: alias };
  },

  remove: ({ iam, id }) => iam.deleteAccountAlias({ AccountAlias: id }),
};
