import {
  alreadyExists,
  AwsError,
  checkQuota,
  invalidInput,
  limitExceeded,
} from "../errors";
import { newPlainId } from "../ids";
import type { SamlProvider } from "../model";
import type { Call, Operations, Result } from "../operation";
import { requestTags } from "../tags";
import { on } from "./actions";
import { privateKeyOf } from "./certificates";
import { quotas } from "./quotas";
import { samlMetadata } from "./saml-metadata";
import { tagOperations, tagsIn } from "./tags";

const arnIn = ({ parameters }: Call): string =>
  parameters.required("SAMLProviderArn");

const nameIn = ({ parameters }: Call): string => parameters.required("Name");

const newArn = (call: Call): string =>
  `arn:${call.cloud.partition}:iam::${call.account.id}:saml-provider/${nameIn(call)}`;

function providerOf(call: Call): SamlProvider {
  const arn = arnIn(call);
  const found = call.account.samlProviders.get(arn);
  if (found) return found;
  throw new AwsError("NoSuchEntity", `Manifest not found for arn ${arn}`);
}

/** A century, unless the metadata itself ends before. */
function validityOf(document: string, now: Date): Date {
  const century = new Date(now);
  century.setUTCFullYear(century.getUTCFullYear() + 100);
  return samlMetadata(document).validUntil ?? century;
}

function create(call: Call): Result {
  const { account, cloud, parameters } = call;
  const arn = newArn(call);
  const document = parameters.required("SAMLMetadataDocument");
  if (account.samlProviders.has(arn))
    throw alreadyExists(`SAML provider with name ${nameIn(call)}`);
  const { size } = account.samlProviders;
  checkQuota("SAMLProvidersPerAccount", size, quotas.samlProviders);
  const now = cloud.now();
  const provider: SamlProvider = {
    arn,
    id: newPlainId(),
    document,
    createdAt: now,
    validUntil: validityOf(document, now),
    privateKeys: new Map(),
    tags: tagsIn(call),
  };
  setEncryption(provider, call);
  account.samlProviders.set(arn, provider);
  return { SAMLProviderArn: arn, Tags: provider.tags };
}

function update(provider: SamlProvider, call: Call): Result {
  const document = call.parameters.get("SAMLMetadataDocument");
  const changed = { ...provider, privateKeys: new Map(provider.privateKeys) };
  if (document !== undefined) {
    changed.document = document;
    changed.validUntil = validityOf(document, call.cloud.now());
  }
  setEncryption(changed, call);
  call.account.samlProviders.set(provider.arn, changed);
  return { SAMLProviderArn: provider.arn };
}

/** Up to two keys, of which IAM tells no more than their ids, and whether it asks for their use. */
function setEncryption(provider: SamlProvider, call: Call): void {
  const { cloud, parameters } = call;
  const removed = parameters.get("RemovePrivateKey");
  const added = parameters.get("AddPrivateKey");
  const mode = parameters.get("AssertionEncryptionMode");
  if (removed !== undefined && !provider.privateKeys.delete(removed))
    throw invalidInput(`The provider has no private key ${removed}.`);
  if (added !== undefined) {
    if (provider.privateKeys.size >= 2)
      throw limitExceeded("PrivateKeysPerSAMLProvider", 2);
    if (privateKeyOf(added)?.asymmetricKeyType !== "rsa")
      throw invalidInput("The private key must be an RSA key as PEM.");
    provider.privateKeys.set(newPlainId(), cloud.now());
  }
  if (mode !== undefined)
    provider.encryption = mode as NonNullable<SamlProvider["encryption"]>;
  if (provider.encryption === "Required" && provider.privateKeys.size === 0)
    throw invalidInput("Required encryption needs a private key.");
}

const describe = (provider: SamlProvider): Result => ({
  SAMLProviderUUID: provider.id,
  SAMLMetadataDocument: provider.document,
  CreateDate: provider.createdAt,
  ValidUntil: provider.validUntil,
  Tags: provider.tags,
  AssertionEncryptionMode: provider.encryption,
  PrivateKeyList: [...provider.privateKeys].map(([KeyId, Timestamp]) => ({
    KeyId,
    Timestamp,
  })),
});

const onProvider = on(arnIn, providerOf);

/** What ties a provider to IAM Identity Center, which is not there. */
const identityPropagation = ["ContextProvider", "IdentityCenterInstanceArn"];

/** Providers of SAML assertions that an account's roles may trust. */
export const samlProviderOperations: Operations = {
  CreateSAMLProvider: {
    resource: newArn,
    context: requestTags,
    lacks: identityPropagation,
    run: create,
  },
  GetSAMLProvider: onProvider(describe),
  UpdateSAMLProvider: {
    ...onProvider(update),
    lacks: [
      ...identityPropagation,
      "RemoveContextProvider",
      "RemoveIdentityCenterInstance",
    ],
  },
  DeleteSAMLProvider: onProvider(({ arn }, call) => {
    call.account.samlProviders.delete(arn);
  }),
  ListSAMLProviders: {
    run: ({ account }) => ({
      SAMLProviderList: [...account.samlProviders.values()].map(
        ({ arn, validUntil, createdAt }) => ({
          Arn: arn,
          ValidUntil: validUntil,
          CreateDate: createdAt,
        }),
      ),
    }),
  },
  ...tagOperations("SAMLProvider", onProvider),
};
