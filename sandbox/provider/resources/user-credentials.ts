import type { IAM } from "@aws-sdk/client-iam";
import { unlessMissing } from "../errors";

/** Removes what users make for themselves, each of which would keep IAM from deleting the user. */
export async function removeCredentials(
  iam: IAM,
  UserName: string,
): Promise<void> {
  const user = { UserName };
  const { AccessKeyMetadata = [] } = await iam.listAccessKeys(user);
  const { SSHPublicKeys = [] } = await iam.listSSHPublicKeys(user);
  const { Certificates = [] } = await iam.listSigningCertificates(user);
  const { ServiceSpecificCredentials = [] } =
    await iam.listServiceSpecificCredentials(user);
  for (const { AccessKeyId } of AccessKeyMetadata) {
    await iam.deleteAccessKey({ ...user, AccessKeyId });
  }
  for (const { SSHPublicKeyId } of SSHPublicKeys) {
    await iam.deleteSSHPublicKey({ ...user, SSHPublicKeyId });
  }
  for (const { CertificateId } of Certificates) {
    await iam.deleteSigningCertificate({ ...user, CertificateId });
  }
  for (const { ServiceSpecificCredentialId } of ServiceSpecificCredentials) {
    await iam.deleteServiceSpecificCredential({
      ...user,
      ServiceSpecificCredentialId,
    });
  }
  await removeDevices(iam, UserName);
  await unlessMissing(iam.deleteLoginProfile(user));
}

async function removeDevices(iam: IAM, UserName: string): Promise<void> {
  const { MFADevices = [] } = await iam.listMFADevices({ UserName });
  for (const { SerialNumber = "" } of MFADevices) {
    await iam.deactivateMFADevice({ UserName, SerialNumber });
    // A virtual device has an ARN and stays behind; a hardware token has a serial number.
    if (/^arn:[\w-]+:iam::\d{12}:mfa\//.test(SerialNumber)) {
      await iam.deleteVirtualMFADevice({ SerialNumber });
    }
  }
}
