import { sameSet } from "../equality";
import { changeOf } from "../lists";
import { texts } from "../properties";
import type { ResourceType } from "../resource";
import { tagInputs } from "../tags";

/** IAM tells the address without its scheme. */
const sameUrl = (before: unknown, after: unknown): boolean =>
  bare(before) === bare(after);

const bare = (url: unknown): string => String(url).replace(/^https:\/\//, "");

/** `aws:iam/openIdConnectProvider:OpenIdConnectProvider` */
export const openIdConnectProvider: ResourceType = {
  inputs: {
    url: { aws: "Url", required: true, replaces: true, same: sameUrl },
    clientIdLists: {
      aws: "ClientIDList",
      required: true,
      same: sameSet,
      update: async ({ iam, id, properties, before }) => {
        const { added, removed } = changeOf(
          texts(before, "clientIdLists"),
          texts(properties, "clientIdLists"),
        );
        const client = (ClientID: string) => ({
          OpenIDConnectProviderArn: id,
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
      aws: "ThumbprintList",
      computed: true,
      same: sameSet,
      update: ({ iam, id, properties }) =>
        iam.updateOpenIDConnectProviderThumbprint({
          OpenIDConnectProviderArn: id,
          ThumbprintList: [...texts(properties, "thumbprintLists")],
        }),
    },
    ...tagInputs,
  },
  outputs: { arn: "OpenIDConnectProviderArn" },
  id: "arn",

  create: ({ iam, parameters }) => iam.createOpenIDConnectProvider(parameters),

  find: async ({ iam, id: OpenIDConnectProviderArn }) => ({
    ...(await iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn })),
    OpenIDConnectProviderArn,
  }),

  tags: {
    set: ({ iam, id: OpenIDConnectProviderArn }, Tags) =>
      iam.tagOpenIDConnectProvider({ OpenIDConnectProviderArn, Tags }),
    remove: ({ iam, id: OpenIDConnectProviderArn }, TagKeys) =>
      iam.untagOpenIDConnectProvider({ OpenIDConnectProviderArn, TagKeys }),
  },

  remove: ({ iam, id }) =>
    iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: id }),
};
