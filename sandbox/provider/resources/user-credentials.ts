import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../errors";

/** Removes what users make for themselves, each of which would keep IAM from deleting the user. */
export async function removeCredentials(
  client: iam.IAMClient,
  UserName: string,
): Promise<void> {
  await removeKeys(client, UserName);
  await removeDevices(client, UserName);
  await unlessMissing(
    client.send(new iam.DeleteLoginProfileCommand({ UserName })),
  );
  await removeCertificates(client, UserName);
  await removeServiceCredentials(client, UserName);
}

async function removeKeys(
  client: iam.IAMClient,
  UserName: string,
): Promise<void> {
  const { AccessKeyMetadata = [] } = await client.send(
    new iam.ListAccessKeysCommand({ UserName }),
  );
  for (const { AccessKeyId } of AccessKeyMetadata) {
    await client.send(
      new iam.DeleteAccessKeyCommand({ UserName, AccessKeyId }),
    );
  }
  const { SSHPublicKeys = [] } = await client.send(
    new iam.ListSSHPublicKeysCommand({ UserName }),
  );
  for (const { SSHPublicKeyId } of SSHPublicKeys) {
    await client.send(
      new iam.DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId }),
    );
  }
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

async function removeCertificates(
  client: iam.IAMClient,
  UserName: string,
): Promise<void> {
  const { Certificates = [] } = await client.send(
    new iam.ListSigningCertificatesCommand({ UserName }),
  );
  for (const { CertificateId } of Certificates) {
    await client.send(
      new iam.DeleteSigningCertificateCommand({ UserName, CertificateId }),
    );
  }
}

async function removeServiceCredentials(
  client: iam.IAMClient,
  UserName: string,
): Promise<void> {
  const { ServiceSpecificCredentials = [] } = await client.send(
    new iam.ListServiceSpecificCredentialsCommand({ UserName }),
  );
  for (const { ServiceSpecificCredentialId } of ServiceSpecificCredentials) {
    await client.send(
      new iam.DeleteServiceSpecificCredentialCommand({
        UserName,
        ServiceSpecificCredentialId,
      }),
    );
  }
}
