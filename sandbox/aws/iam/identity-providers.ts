import type { Account, Cloud, IdentityProvider } from "../model";
import type { Call, Operations, Result } from "../operation";
import { on } from "./actions";
import { requestTags } from "../tags";
import { alreadyExists, checkQuota, existing, invalidInput } from "../errors";
import { quotas } from "./quotas";
import { tagOperations, tagsIn } from "./tags";

export const identityProviderArn = (
  { partition }: Cloud,
  account: Account,
  host: string,
): string => `arn:${partition}:iam::${account.id}:oidc-provider/${host}`;

const arnIn = ({ parameters }: Call): string =>
  parameters.required("OpenIDConnectProviderArn");

function providerOf(call: Call): IdentityProvider {
  const arn = arnIn(call);
  const found = call.account.identityProviders.get(arn);
  return existing(found, `OpenIDConnect Provider ${arn}`);
}

function newProviderArn({ account, cloud, parameters }: Call): string {
  const url = parameters.required("Url");
  if (!/^https:\/\/[\w.-]+(\/[\w./-]+)?$/.test(url)) {
    throw invalidInput("Invalid Open ID Connect Provider URL");
  }
  return identityProviderArn(cloud, account, url.slice("https://".length));
}

/** One that is there counts once. @throws AwsError LimitExceeded. */
function addAudience(audiences: Set<string>, id: string): void {
  if (audiences.has(id)) return;
  const quota = "ClientIdsPerOpenIdConnectProvider";
  checkQuota(quota, audiences.size, quotas.clientIdsPerProvider);
  audiences.add(id);
}

function create(call: Call): Result {
  const { account, cloud, parameters } = call;
  const arn = newProviderArn(call);
  if (account.identityProviders.has(arn)) {
    throw alreadyExists(`Provider with url ${parameters.required("Url")}`);
  }
  const audiences = new Set<string>();
  for (const id of parameters.list("ClientIDList")) addAudience(audiences, id);
  account.identityProviders.set(arn, {
    arn,
    host: arn.slice(arn.indexOf("/") + 1),
    createdAt: cloud.now(),
    audiences,
    thumbprints: parameters.list("ThumbprintList"),
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
  Tags: provider.tags,
});

const onProvider = on(arnIn, providerOf);

/** Providers of OIDC tokens that an account's roles may trust. */
export const identityProviderOperations: Operations = {
  CreateOpenIDConnectProvider: {
    resource: newProviderArn,
    context: requestTags,
    // What ties a provider to IAM Identity Center, which is not there.
    lacks: ["ContextProvider", "IdentityCenterInstanceArn"],
    run: create,
  },
  GetOpenIDConnectProvider: onProvider(describe),
  DeleteOpenIDConnectProvider: onProvider(({ arn }, call) => {
    call.account.identityProviders.delete(arn);
  }),
  AddClientIDToOpenIDConnectProvider: onProvider((provider, { parameters }) => {
    addAudience(provider.audiences, parameters.required("ClientID"));
  }),
  RemoveClientIDFromOpenIDConnectProvider: onProvider(
    (provider, { parameters }) => {
      provider.audiences.delete(parameters.required("ClientID"));
    },
  ),
  UpdateOpenIDConnectProviderThumbprint: onProvider(
    (provider, { parameters }) => {
      provider.thumbprints = parameters.list("ThumbprintList");
    },
  ),
  ListOpenIDConnectProviders: {
    run: ({ account }) => ({
      OpenIDConnectProviderList: [...account.identityProviders.keys()].map(
        (Arn) => ({ Arn }),
      ),
    }),
  },
  ...tagOperations("OpenIDConnectProvider", onProvider),
};
