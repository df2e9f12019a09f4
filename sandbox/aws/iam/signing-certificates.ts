import { AwsError, checkQuota, existing } from "../errors";
import { newPlainId } from "../ids";
import type { SigningCertificate, User } from "../model";
import type { Call, Operations, Result } from "../operation";
import { onUserOrCaller } from "./actions";
import { certificateOf, isValidAt } from "./certificates";
import { listPage } from "./paging";
import { quotas } from "./quotas";
import { statusIn } from "./status";

const describe = (user: User, certificate: SigningCertificate): Result => ({
  UserName: user.name,
  CertificateId: certificate.id,
  CertificateBody: certificate.body,
  Status: certificate.status,
  UploadDate: certificate.uploadedAt,
});

/** @throws AwsError MalformedCertificate, InvalidCertificate, DuplicateCertificate. */
function checkedBody({ account, cloud, parameters }: Call): string {
  const body = parameters.required("CertificateBody");
  const certificate = certificateOf(body);
  if (!isValidAt(certificate, cloud.now())) {
    throw new AwsError(
      "InvalidCertificate",
      `The certificate must be valid now: it is from ${certificate.validFrom} to ${certificate.validTo}.`,
    );
  }
  const others = [...account.users.values()].flatMap((user) => [
    ...user.signingCertificates.values(),
  ]);
  const { fingerprint256 } = certificate;
  if (
    others.some(
      (one) => certificateOf(one.body).fingerprint256 === fingerprint256,
    )
  ) {
    throw new AwsError(
      "DuplicateCertificate",
      "The certificate is associated with a user of the account already.",
    );
  }
  return body;
}

function upload(user: User, call: Call): Result {
  const body = checkedBody(call);
  checkQuota(
    "SigningCertificatesPerUser",
    user.signingCertificates.size,
    quotas.signingCertificatesPerUser,
  );
  const certificate: SigningCertificate = {
    id: newPlainId(),
    body,
    uploadedAt: call.cloud.now(),
    status: "Active",
  };
  user.signingCertificates.set(certificate.id, certificate);
  return { Certificate: describe(user, certificate) };
}

function certificateIn(user: User, { parameters }: Call): SigningCertificate {
  const id = parameters.required("CertificateId");
  return existing(
    user.signingCertificates.get(id),
    `The Certificate with id ${id}`,
  );
}

/** Certificates of users, up to two each. */
export const signingCertificateOperations: Operations = {
  UploadSigningCertificate: onUserOrCaller(upload),
  ListSigningCertificates: onUserOrCaller((user, call) =>
    listPage(
      call,
      "Certificates",
      [...user.signingCertificates.values()].map((one) => [
        one.id,
        describe(user, one),
      ]),
    ),
  ),
  UpdateSigningCertificate: onUserOrCaller((user, call) => {
    const certificate = certificateIn(user, call);
    certificate.status = statusIn(call);
    certificate.changedAt = call.cloud.now();
  }),
  DeleteSigningCertificate: onUserOrCaller((user, call) => {
    user.signingCertificates.delete(certificateIn(user, call).id);
  }),
};
