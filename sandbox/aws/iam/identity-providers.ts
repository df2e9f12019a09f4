import type { Account, Cloud, IdentityProvider } from "../model";
import type { Call, Operation, Operations, Result } from "../operation";
import { list, required } from "../parameters";
import { requestTags, resourceTags } from "./condition-keys";
import { describeTags } from "./descriptions";
import { alreadyExists, invalidInput, noSuchEntity } from "./errors";
import { tagOperations, tagsIn } from "./tags";

const member = "OpenIDConnectProviderArn";

export const identityProviderArn = (
  { partition }: Cloud,
  account: Account,
  host: string,
): string => `arn:${partition}:iam::${account.id}:oidc-provider/${host}`;

const arnIn = ({ parameters }: Call): string => required(parameters, member);

function providerOf(call: Call): IdentityProvider {
  const arn = arnIn(call);
  const found = call.account.identityProviders.get(arn);
  if (found) return found;
  throw noSuchEntity(`OpenIDConnect Provider ${arn}`);
}

function newProviderArn({ account, cloud, parameters }: Call): string {
  const url = required(parameters, "Url");
  if (!/^https:\/\/[\w.-]+(\/[\w./-]+)?$/.test(url)) {
    throw invalidInput("Invalid Open ID Connect Provider URL");
  }
  return identityProviderArn(cloud, account, url.slice("https://".length));
}

function create(call: Call): Result {
  const { account, cloud, parameters } = call;
  const arn = newProviderArn(call);
  if (account.identityProviders.has(arn)) {
    throw alreadyExists(`Provider with url ${required(parameters, "Url")}`);
  }
  account.identityProviders.set(arn, {
    arn,
    host: arn.slice(arn.indexOf("/") + 1),
    createdAt: cloud.now(),
    audiences: new Set(list(parameters, "ClientIDList")),
    thumbprints: list(parameters, "ThumbprintList"),
    tags: tagsIn(call),
  });
  return { OpenIDConnectProviderArn: arn };
}

const describe = (provider: IdentityProvider): Result => ({
  // Without the scheme, as IAM tells it.
  Url: provider.host,
  ClientIDList: [...provider.audiences],
  ThumbprintList: provider.thumbprints,
  CreateDate: provider.createdAt,
  Tags: describeTags(provider.tags),
});

const keysOf = (call: Call) =>
  resourceTags(call.account.identityProviders.get(arnIn(call))?.tags ?? []);

const onProvider = (action: string, run: Operation["run"]): Operation => ({
  action: `iam:${action}`,
  resource: arnIn,
  context: keysOf,
  run,
});

/** Providers of OIDC tokens that an account's roles may trust. */
export const identityProviderOperations: Operations = {
  CreateOpenIDConnectProvider: {
    action: "iam:CreateOpenIDConnectProvider",
    resource: newProviderArn,
    context: requestTags,
    run: create,
  },
  GetOpenIDConnectProvider: onProvider("GetOpenIDConnectProvider", (call) =>
    describe(providerOf(call)),
  ),
  DeleteOpenIDConnectProvider: onProvider(
    "DeleteOpenIDConnectProvider",
    (call) => {
      call.account.identityProviders.delete(providerOf(call).arn);
      return {};
    },
  ),
  AddClientIDToOpenIDConnectProvider: onProvider(
    "AddClientIDToOpenIDConnectProvider",
    (call) => {
      providerOf(call).audiences.add(required(call.parameters, "ClientID"));
      return {};
    },
  ),
  RemoveClientIDFromOpenIDConnectProvider: onProvider(
    "RemoveClientIDFromOpenIDConnectProvider",
    (call) => {
      providerOf(call).audiences.delete(required(call.parameters, "ClientID"));
      return {};
    },
  ),
  UpdateOpenIDConnectProviderThumbprint: onProvider(
    "UpdateOpenIDConnectProviderThumbprint",
    (call) => {
      providerOf(call).thumbprints = list(call.parameters, "ThumbprintList");
      return {};
    },
  ),
  ListOpenIDConnectProviders: {
    action: "iam:ListOpenIDConnectProviders",
    run: ({ account }) => ({
      OpenIDConnectProviderList: [...account.identityProviders.keys()].map(
        (Arn) => ({ Arn }),
      ),
    }),
  },
  ...tagOperations("OpenIDConnectProvider", arnIn, keysOf, providerOf),
};
