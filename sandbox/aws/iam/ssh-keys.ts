import { AwsError, checkQuota, existing } from "../errors";
import { newId } from "../ids";
import type { SshKey, User } from "../model";
import type { Call, Operations, Result } from "../operation";
import { onIdentity, onUserOrCaller } from "./actions";
import { listPage } from "./paging";
import { quotas } from "./quotas";
import { asPem, asSshLine, fingerprintOf, publicKeyOf } from "./ssh-public-key";
import { statusIn } from "./status";

/** As in a list, which leaves the key itself out. */
const listedKey = (user: User, key: SshKey): Result => ({
  UserName: user.name,
  SSHPublicKeyId: key.id,
  Status: key.status,
  UploadDate: key.uploadedAt,
});

const describe = (user: User, key: SshKey, body: string): Result => ({
  SSHPublicKey: {
    ...listedKey(user, key),
    Fingerprint: key.fingerprint,
    SSHPublicKeyBody: body,
  },
});

function upload(user: User, { cloud, parameters }: Call): Result {
  const body = parameters.required("SSHPublicKeyBody");
  const fingerprint = fingerprintOf(publicKeyOf(body));
  for (const other of user.sshKeys.values()) {
    if (other.fingerprint === fingerprint) {
      throw new AwsError(
        "DuplicateSSHPublicKey",
        "The SSH public key is associated with the user already.",
      );
    }
  }
  const { size } = user.sshKeys;
  checkQuota("SSHPublicKeysPerUser", size, quotas.sshKeysPerUser);
  const key: SshKey = {
    id: newId("APKA"),
    body,
    fingerprint,
    uploadedAt: cloud.now(),
    status: "Active",
  };
  user.sshKeys.set(key.id, key);
  return describe(user, key, body);
}

function keyIn(user: User, { parameters }: Call): SshKey {
  const id = parameters.required("SSHPublicKeyId");
  return existing(user.sshKeys.get(id), `The Public Key with id ${id}`);
}

function get(user: User, call: Call): Result {
  const key = keyIn(user, call);
  const encoding = call.parameters.required("Encoding");
  const encode = encoding === "SSH" ? asSshLine : asPem;
  return describe(user, key, encode(publicKeyOf(key.body)));
}

const onUser = onIdentity("User");

/** Public keys for CodeCommit, up to five a user. */
export const sshKeyOperations: Operations = {
  UploadSSHPublicKey: onUser(upload),
  GetSSHPublicKey: onUser(get),
  ListSSHPublicKeys: onUserOrCaller((user, call) =>
    listPage(
      call,
      "SSHPublicKeys",
      [...user.sshKeys.values()].map((key) => [key.id, listedKey(user, key)]),
    ),
  ),
  UpdateSSHPublicKey: onUser((user, call) => {
    keyIn(user, call).status = statusIn(call);
  }),
  DeleteSSHPublicKey: onUser((user, call) => {
    user.sshKeys.delete(keyIn(user, call).id);
  }),
};
