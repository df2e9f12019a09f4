import { regionInput } from "../names";
import type { ResourceType } from "../resource";
import type { Body } from "../service-calls";

/** `aws:kms/alias:Alias`; the sandbox makes up no name for one. */
export const keyAlias: ResourceType = {
  inputs: {
    ...regionInput,
    name: {
      aws: "AliasName",
      required: true,
      replaces: true,
      problem: (name) =>
        typeof name === "string" && /^alias\/[\w/-]{1,250}$/.test(name)
          ? undefined
          : `must begin with alias/ and hold letters, digits, slashes, - and _, and is "${String(name)}"`,
    },
    targetKeyId: { aws: "TargetKeyId", required: true },
  },
  outputs: { arn: "AliasArn", targetKeyArn: null },
  id: "name",

  create: ({ kms, parameters }) => kms("CreateAlias", parameters),

  find: async ({ kms, id }) => {
    const { Aliases } = await kms("ListAliases", {});
    const live = (Aliases as readonly Body[]).find(
      ({ AliasName }) => AliasName === id,
    );
    const keys = String(live?.["AliasArn"]).replace(/:alias\/.*$/, ":key/");
    return (
      live && { ...live, targetKeyArn: keys + String(live["TargetKeyId"]) }
    );
  },

  update: ({ kms, parameters }) => kms("UpdateAlias", parameters),

  remove: ({ kms, id }) => kms("DeleteAlias", { AliasName: id }),
};
