import { sameSet } from "../equality";
import { changeOf } from "../lists";
import { text, texts } from "../properties";
import type { ResourceType } from "../resource";
import { newTags, tagInputs } from "../tags";

/** IAM tells the address without its scheme. */
const sameUrl = (before: unknown, after: unknown): boolean =>
  bare(before) === bare(after);

const bare = (url: unknown): string => String(url).replace(/^https:\/\//, "");

/** `aws:iam/openIdConnectProvider:OpenIdConnectProvider` */
export const openIdConnectProvider: ResourceType = {
  inputs: {
    url: { required: true, replaces: true, same: sameUrl },
    clientIdLists: {
      required: true,
      same: sameSet,
      update: async ({ iam }, OpenIDConnectProviderArn, news, olds) => {
        const { added, removed } = changeOf(
          texts(olds, "clientIdLists"),
          texts(news, "clientIdLists"),
        );
        const client = (ClientID: string) => ({
          OpenIDConnectProviderArn,
          ClientID,
        });
        for (const one of added) {
          await iam.addClientIDToOpenIDConnectProvider(client(one));
        }
        for (const one of removed) {
          await iam.removeClientIDFromOpenIDConnectProvider(client(one));
        }
      },
    },
    thumbprintLists: {
      computed: true,
      same: sameSet,
      update: ({ iam }, OpenIDConnectProviderArn, news) =>
        iam.updateOpenIDConnectProviderThumbprint({
          OpenIDConnectProviderArn,
          ThumbprintList: [...texts(news, "thumbprintLists")],
        }),
    },
    ...tagInputs,
  },
  outputs: ["arn"],
  fromId: (arn) => ({ arn }),

  create: async ({ iam }, inputs) => {
    const { OpenIDConnectProviderArn = "" } =
      await iam.createOpenIDConnectProvider({
        Url: text(inputs, "url"),
        ClientIDList: [...texts(inputs, "clientIdLists")],
        ThumbprintList: [...texts(inputs, "thumbprintLists")],
        Tags: newTags(inputs),
      });
    return OpenIDConnectProviderArn;
  },

  read: async ({ iam }, id) => {
    const live = await iam.getOpenIDConnectProvider({
      OpenIDConnectProviderArn: id,
    });
    return {
      arn: id,
      url: live.Url,
      clientIdLists: live.ClientIDList,
      thumbprintLists: live.ThumbprintList,
      tags: live.Tags,
    };
  },

  tags: {
    set: ({ iam }, OpenIDConnectProviderArn, Tags) =>
      iam.tagOpenIDConnectProvider({ OpenIDConnectProviderArn, Tags }),
    remove: ({ iam }, OpenIDConnectProviderArn, TagKeys) =>
      iam.untagOpenIDConnectProvider({ OpenIDConnectProviderArn, TagKeys }),
  },

  remove: ({ iam }, id) =>
    iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: id }),
};
