import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { AwsError } from "../errors";

/** X.509 certificates as PEM, read for real. */

export const malformedCertificate = (message: string): AwsError =>
  new AwsError("MalformedCertificate", message);

const pemCertificates =
  /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** @throws AwsError MalformedCertificate. */
export function certificateOf(pem: string): X509Certificate {
  const [first = ""] = pem.match(pemCertificates) ?? [];
  const certificate = parsed(first);
  if (certificate) return certificate;
  throw malformedCertificate(
    "Unable to parse certificate. Please ensure the certificate is in PEM format.",
  );
}

function parsed(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** A key under a passphrase is none to IAM. */
export function privateKeyOf(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

/** Whether the certificate counts at that time. */
export const isValidAt = (certificate: X509Certificate, at: Date): boolean =>
  at >= new Date(certificate.validFrom) && at <= new Date(certificate.validTo);

function isIssuedBy(
  certificate: X509Certificate | undefined,
  issuer: X509Certificate | undefined,
): boolean {
  if (!certificate || !issuer) return false;
  try {
    return (
      certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
    );
  } catch {
    // A kind of key that Node.js does not know.
    return false;
  }
}

/**
 * A chain leads from whoever issued the certificate towards the root, in order.
 *
 * @throws AwsError MalformedCertificate.
 */
export function checkChain(certificate: X509Certificate, chain: string): void {
  const issuers = (chain.match(pemCertificates) ?? []).map(parsed);
  const subjects = [certificate, ...issuers];
  const wrong = issuers.findIndex(
    (issuer, index) => !isIssuedBy(subjects[index], issuer),
  );
  if (issuers.length > 0 && wrong === -1) return;
  throw malformedCertificate(
    `Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: ${wrong}`,
  );
}
