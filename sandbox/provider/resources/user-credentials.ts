import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../errors";

/** Removes what users make for themselves, each of which would keep IAM from deleting the user. */
export async function removeCredentials(
  client: iam.IAMClient,
  UserName: string,
): Promise<void> {
  const user = { UserName };
  const { AccessKeyMetadata = [] } = await client.send(
    new iam.ListAccessKeysCommand(user),
  );
  const { SSHPublicKeys = [] } = await client.send(
    new iam.ListSSHPublicKeysCommand(user),
  );
  const { Certificates = [] } = await client.send(
    new iam.ListSigningCertificatesCommand(user),
  );
  const { ServiceSpecificCredentials = [] } = await client.send(
    new iam.ListServiceSpecificCredentialsCommand(user),
  );
  for (const { AccessKeyId } of AccessKeyMetadata) {
    await client.send(new iam.DeleteAccessKeyCommand({ ...user, AccessKeyId }));
  }
  for (const { SSHPublicKeyId } of SSHPublicKeys) {
    await client.send(
      new iam.DeleteSSHPublicKeyCommand({ ...user, SSHPublicKeyId }),
    );
  }
  for (const { CertificateId } of Certificates) {
    await client.send(
      new iam.DeleteSigningCertificateCommand({ ...user, CertificateId }),
    );
  }
  for (const { ServiceSpecificCredentialId } of ServiceSpecificCredentials) {
    await client.send(
      new iam.DeleteServiceSpecificCredentialCommand({
        ...user,
        ServiceSpecificCredentialId,
      }),
    );
  }
  await removeDevices(client, UserName);
  await unlessMissing(client.send(new iam.DeleteLoginProfileCommand(user)));
}

async function removeDevices(
  client: iam.IAMClient,
  UserName: string,
): Promise<void> {
  const { MFADevices = [] } = await client.send(
    new iam.ListMFADevicesCommand({ UserName }),
  );
  for (const { SerialNumber = "" } of MFADevices) {
    await client.send(
      new iam.DeactivateMFADeviceCommand({ UserName, SerialNumber }),
    );
    // A virtual device has an ARN and stays behind; a hardware token has a serial number.
    if (/^arn:[\w-]+:iam::\d{12}:mfa\//.test(SerialNumber)) {
      await client.send(
        new iam.DeleteVirtualMFADeviceCommand({ SerialNumber }),
      );
    }
  }
}
