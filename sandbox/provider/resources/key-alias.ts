import { kms, regionInput, regionOf } from "../region";
import { text, type Properties } from "../properties";
import type { ConnectedAccount } from "../account";
import type { ResourceType } from "../resource";
import type { Body } from "../service-calls";

async function find(
  account: ConnectedAccount,
  properties: Properties,
  name: string,
): Promise<Body | undefined> {
  const { Aliases } = await kms(account, properties)("ListAliases", {});
  return (Aliases as readonly Body[]).find(
    ({ AliasName }) => AliasName === name,
  );
}

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

  create: async (account, inputs) => {
    const name = text(inputs, "name");
    await kms(account, inputs)("CreateAlias", {
      AliasName: name,
      TargetKeyId: text(inputs, "targetKeyId"),
    });
    return { id: name };
  },

  read: async (account, id, state) => {
    const live = await find(account, state, id);
    if (!live) return undefined;
    const arn = String(live["AliasArn"]);
    const targetKeyId = String(live["TargetKeyId"]);
    return {
      name: id,
      arn,
      region: regionOf(account, state),
      targetKeyId,
      targetKeyArn: `${arn.slice(0, arn.indexOf(":alias/"))}:key/${targetKeyId}`,
    };
  },

  update: async (account, id, _olds, news) => {
    await kms(account, news)("UpdateAlias", {
      AliasName: id,
      TargetKeyId: text(news, "targetKeyId"),
    });
  },

  remove: async (account, id, state) => {
    await kms(account, state)("DeleteAlias", { AliasName: id });
  },
};
