import { iamArn } from "../arn";
import { alreadyExists, AwsError, checkQuota, existing } from "../errors";
import { newId } from "../ids";
import type { ServerCertificate } from "../model";
import type { AlsoNeeded, Call, Operations, Result } from "../operation";
import { requestTags } from "../tags";
import { on } from "./actions";
import {
  certificateOf,
  checkChain,
  isValidAt,
  malformedCertificate,
  privateKeyOf,
} from "./certificates";
import { listPage } from "./paging";
import { pathIn, underPrefix } from "./paths";
import { quotas } from "./quotas";
import { tagsOfResource } from "./resource-tags";
import { tagOperations, tagsIn } from "./tags";

const nameIn = ({ parameters }: Call): string =>
  parameters.required("ServerCertificateName");

const arnOf = (
  { cloud, account }: Call,
  named: { readonly path: string; readonly name: string },
): string => iamArn(cloud, account.id, "server-certificate", named);

const metadata = (call: Call, certificate: ServerCertificate): Result => ({
  Path: certificate.path,
  ServerCertificateName: certificate.name,
  ServerCertificateId: certificate.id,
  Arn: arnOf(call, certificate),
  UploadDate: certificate.uploadedAt,
  Expiration: certificate.expiresAt,
});

/** @throws AwsError MalformedCertificate, KeyPairMismatch. */
function checkedCertificate({ cloud, parameters }: Call) {
  const body = parameters.required("CertificateBody");
  const key = privateKeyOf(parameters.required("PrivateKey"));
  const chain = parameters.get("CertificateChain");
  if (!key) {
    throw malformedCertificate(
      "Unable to parse key. Please ensure the key is in PEM format.",
    );
  }
  const certificate = certificateOf(body);
  if (!certificate.checkPrivateKey(key)) {
    throw new AwsError(
      "KeyPairMismatch",
      "The public key of the certificate and the private key are no pair.",
    );
  }
  if (!isValidAt(certificate, cloud.now())) {
    throw malformedCertificate(
      `The certificate must be valid now: it is from ${certificate.validFrom} to ${certificate.validTo}.`,
    );
  }
  if (chain !== undefined) checkChain(certificate, chain);
  return { body, chain, expiresAt: new Date(certificate.validTo) };
}

function refuseTakenName({ account }: Call, name: string): void {
  for (const other of account.serverCertificates.keys()) {
    if (other.toLowerCase() === name.toLowerCase())
      throw alreadyExists(`The Server Certificate with name ${name}`);
  }
}

function upload(call: Call): Result {
  const { account, cloud, parameters } = call;
  const name = nameIn(call);
  refuseTakenName(call, name);
  const { size } = account.serverCertificates;
  checkQuota("ServerCertificatesPerAccount", size, quotas.serverCertificates);
  const certificate: ServerCertificate = {
    name,
    id: newId("ASCA"),
    path: pathIn(parameters),
    ...checkedCertificate(call),
    uploadedAt: cloud.now(),
    tags: tagsIn(call),
  };
  account.serverCertificates.set(name, certificate);
  return {
    ServerCertificateMetadata: metadata(call, certificate),
    Tags: certificate.tags,
  };
}

function update(certificate: ServerCertificate, call: Call): void {
  const { account, parameters } = call;
  const path = pathIn(parameters, "NewPath", certificate.path);
  if (parameters.has("NewServerCertificateName")) {
    const name = parameters.required("NewServerCertificateName");
    if (name !== certificate.name) refuseTakenName(call, name);
    account.serverCertificates.delete(certificate.name);
    certificate.name = name;
    account.serverCertificates.set(name, certificate);
  }
  certificate.path = path;
}

function certificateIn(call: Call): ServerCertificate {
  const name = nameIn(call);
  const found = call.account.serverCertificates.get(name);
  return existing(found, `The Server Certificate with name ${name}`);
}

const pathNow = ({ account }: Call, name: string): string =>
  account.serverCertificates.get(name)?.path ?? "/";

const arnNow = (call: Call): string => {
  const name = nameIn(call);
  return arnOf(call, { path: pathNow(call, name), name });
};

const onCertificate = on(arnNow, certificateIn);

/** The right to what it becomes. Source: IAM API reference, "UpdateServerCertificate". */
const updatedCertificate = (call: Call): AlsoNeeded[] => {
  const { parameters } = call;
  const name = nameIn(call);
  const resource = arnOf(call, {
    path: pathIn(parameters, "NewPath", pathNow(call, name)),
    name: parameters.get("NewServerCertificateName") ?? name,
  });
  const context = tagsOfResource(call.cloud, arnNow(call));
  return [{ action: "iam:UpdateServerCertificate", resource, context }];
};

/** Certificates for TLS of services that know no ACM. */
export const serverCertificateOperations: Operations = {
  UploadServerCertificate: {
    resource: (call) =>
      arnOf(call, { path: pathIn(call.parameters), name: nameIn(call) }),
    context: requestTags,
    run: upload,
  },
  GetServerCertificate: onCertificate((certificate, call) => ({
    ServerCertificate: {
      ServerCertificateMetadata: metadata(call, certificate),
      CertificateBody: certificate.body,
      CertificateChain: certificate.chain,
      Tags: certificate.tags,
    },
  })),
  ListServerCertificates: {
    run: (call) => {
      const all = call.account.serverCertificates.values();
      return listPage(
        call,
        "ServerCertificateMetadataList",
        underPrefix(call.parameters, all).map((one) => [
          one.name,
          metadata(call, one),
        ]),
      );
    },
  },
  UpdateServerCertificate: {
    ...onCertificate(update),
    alsoNeeds: updatedCertificate,
  },
  DeleteServerCertificate: onCertificate(({ name }, call) => {
    call.account.serverCertificates.delete(name);
  }),
  ...tagOperations("ServerCertificate", onCertificate),
};
