import * as iam from "@aws-sdk/client-iam";
import { sameSet } from "../equality";
import { unlessMissing } from "../errors";
import { text, texts } from "../properties";
import type { ResourceType } from "../resource";
import { readTags, tagInputs, tagsOf, toAwsTags, updateTags } from "../tags";

/** IAM tells the address without its scheme. */
const sameUrl = (before: unknown, after: unknown): boolean =>
  bare(before) === bare(after);

const bare = (url: unknown): string => String(url).replace(/^https:\/\//, "");

/** `aws:iam/openIdConnectProvider:OpenIdConnectProvider` */
export const openIdConnectProvider: ResourceType = {
  inputs: {
    url: { required: true, replaces: true, same: sameUrl },
    clientIdLists: { required: true, same: sameSet },
    thumbprintLists: { computed: true, same: sameSet },
    ...tagInputs,
  },
  outputs: ["arn"],
  fromId: (arn) => ({ arn }),

  create: async ({ iam: client }, inputs) => {
    const { OpenIDConnectProviderArn: arn } = await client.send(
      new iam.CreateOpenIDConnectProviderCommand({
        Url: text(inputs, "url"),
        ClientIDList: [...texts(inputs, "clientIdLists")],
        ThumbprintList: [...texts(inputs, "thumbprintLists")],
        Tags: toAwsTags(tagsOf(inputs, "tagsAll")),
      }),
    );
    return { id: arn ?? "" };
  },

  read: async (account, id, state) => {
    const live = await unlessMissing(
      account.iam.send(
        new iam.GetOpenIDConnectProviderCommand({
          OpenIDConnectProviderArn: id,
        }),
      ),
    );
    return (
      live && {
        arn: id,
        url: live.Url,
        clientIdLists: live.ClientIDList,
        thumbprintLists: live.ThumbprintList,
        ...readTags(account, state, live.Tags),
      }
    );
  },

  update: async ({ iam: client }, id, olds, news) => {
    const at = { OpenIDConnectProviderArn: id };
    const before = texts(olds, "clientIdLists");
    const after = texts(news, "clientIdLists");
    for (const ClientID of after.filter((one) => !before.includes(one))) {
      await client.send(
        new iam.AddClientIDToOpenIDConnectProviderCommand({ ...at, ClientID }),
      );
    }
    for (const ClientID of before.filter((one) => !after.includes(one))) {
      await client.send(
        new iam.RemoveClientIDFromOpenIDConnectProviderCommand({
          ...at,
          ClientID,
        }),
      );
    }
    const thumbprints = texts(news, "thumbprintLists");
    if (!sameSet(olds["thumbprintLists"], thumbprints)) {
      await client.send(
        new iam.UpdateOpenIDConnectProviderThumbprintCommand({
          ...at,
          ThumbprintList: [...thumbprints],
        }),
      );
    }
    await updateTags(olds, news, {
      tag: (Tags) =>
        client.send(new iam.TagOpenIDConnectProviderCommand({ ...at, Tags })),
      untag: (TagKeys) =>
        client.send(
          new iam.UntagOpenIDConnectProviderCommand({ ...at, TagKeys }),
        ),
    });
  },

  remove: async ({ iam: client }, id) => {
    await client.send(
      new iam.DeleteOpenIDConnectProviderCommand({
        OpenIDConnectProviderArn: id,
      }),
    );
  },
};
