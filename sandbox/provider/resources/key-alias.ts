import { regionInput } from "../names";
import { text } from "../properties";
import type { ResourceType } from "../resource";
import type { Body } from "../service-calls";

/** `aws:kms/alias:Alias`; the sandbox makes up no name for one. */
export const keyAlias: ResourceType = {
  inputs: {
    ...regionInput,
    name: {
      required: true,
      replaces: true,
      problem: (name) =>
        typeof name === "string" && /^alias\/[\w/-]{1,250}$/.test(name)
          ? undefined
          : `must begin with alias/ and hold letters, digits, slashes, - and _, and is "${String(name)}"`,
    },
    targetKeyId: { required: true },
  },
  outputs: ["arn", "targetKeyArn"],
  fromId: (name) => ({ name }),

  create: async ({ kms }, inputs) => {
    const name = text(inputs, "name");
    await kms("CreateAlias", {
      AliasName: name,
      TargetKeyId: text(inputs, "targetKeyId"),
    });
    return name;
  },

  read: async ({ kms }, id) => {
    const { Aliases } = await kms("ListAliases", {});
    const live = (Aliases as readonly Body[]).find(
      ({ AliasName }) => AliasName === id,
    );
    if (!live) return undefined;
    const arn = String(live["AliasArn"]);
    const targetKeyId = String(live["TargetKeyId"]);
    return {
      arn,
      targetKeyId,
      targetKeyArn: `${arn.slice(0, arn.indexOf(":alias/"))}:key/${targetKeyId}`,
    };
  },

  update: ({ kms }, id, news) =>
    kms("UpdateAlias", {
      AliasName: id,
      TargetKeyId: text(news, "targetKeyId"),
    }),

  remove: ({ kms }, id) => kms("DeleteAlias", { AliasName: id }),
};
