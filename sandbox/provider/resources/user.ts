import type { IAM } from "@aws-sdk/client-iam";
import { unlessMissing } from "../errors";
import {
  boundaryInput,
  detachAll,
  longestName,
  policiesOf,
  removeInline,
} from "../identities";
import { nameInput, pathInput } from "../names";
import { flag, optionalText, text } from "../properties";
import type { ResourceType } from "../resource";
import { tagInputs } from "../tags";
import { groupsOf } from "./membership";

/** `aws:iam/user:User` */
export const user: ResourceType = {
  inputs: {
    name: nameInput(longestName.user, "UserName"),
    path: pathInput,
    permissionsBoundary: boundaryInput("user"),
    forceDestroy: { default: false },
    ...tagInputs,
  },
  outputs: { arn: "Arn", uniqueId: "UserId" },
  id: "name",

  create: async ({ iam, parameters }) =>
    (await iam.createUser(parameters)).User,

  find: async ({ iam, id }) => (await iam.getUser({ UserName: id })).User,

  update: async ({ iam, id, properties, before }) => {
    const name = text(properties, "name");
    // What else changes, like `forceDestroy`, is none of IAM's business.
    if (name === id && before["path"] === properties["path"]) return;
    await iam.updateUser({
      UserName: id,
      NewUserName: name === id ? undefined : name,
      NewPath: optionalText(properties, "path"),
    });
  },

  tags: {
    set: ({ iam, id }, Tags) => iam.tagUser({ UserName: id, Tags }),
    remove: ({ iam, id }, TagKeys) => iam.untagUser({ UserName: id, TagKeys }),
  },

  clear: async ({ iam, id, properties }) => {
    // The real provider does so with and without `forceDestroy`.
    for (const GroupName of await groupsOf(iam, id)) {
      await unlessMissing(iam.removeUserFromGroup({ GroupName, UserName: id }));
    }
    if (!flag(properties, "forceDestroy")) return;
    const policies = policiesOf(iam, "user", id);
    await detachAll(policies);
    await removeInline(policies);
    await removeCredentials(iam, id);
  },

  remove: ({ iam, id }) => iam.deleteUser({ UserName: id }),
};

/** Removes what users make for themselves, each of which would keep IAM from deleting the user. */
async function removeCredentials(iam: IAM, UserName: string): Promise<void> {
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
