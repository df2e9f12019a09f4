import { checkQuota, existing } from "../errors";
import type { AccessKey, User } from "../model";
import { newAccessKey } from "../new-identity";
import type { Call, Operations, Result } from "../operation";
import { onUserOrCaller } from "./actions";
import { arnOf } from "./entities";
import { listPage } from "./paging";
import { quotas } from "./quotas";
import { statusIn } from "./status";

const describe = (user: User, key: AccessKey): Result => ({
  UserName: user.name,
  AccessKeyId: key.id,
  Status: key.status,
  CreateDate: key.createdAt,
});

function create(user: User, { cloud }: Call): Result {
  checkQuota("AccessKeysPerUser", user.accessKeys.size, quotas.keysPerUser);
  const key = newAccessKey(cloud);
  user.accessKeys.set(key.id, key);
  return { AccessKey: { ...describe(user, key), SecretAccessKey: key.secret } };
}

/** The key that the request names, of one of these users. */
function keyOf({ parameters }: Call, ...users: readonly User[]) {
  const id = parameters.required("AccessKeyId");
  const owned = users.flatMap((user) => {
    const key = user.accessKeys.get(id);
    return key ? [{ user, key }] : [];
  });
  return existing(owned[0], `The Access Key with id ${id}`);
}

const anyKey = (call: Call) => keyOf(call, ...call.account.users.values());

function lastUsed(call: Call): Result {
  const { user, key } = anyKey(call);
  return {
    UserName: user.name,
    AccessKeyLastUsed: {
      LastUsedDate: key.lastUsed?.at,
      ServiceName: key.lastUsed?.service ?? "N/A",
      Region: key.lastUsed?.region ?? "N/A",
    },
  };
}

/** Long-term access keys. */
export const accessKeyOperations: Operations = {
  CreateAccessKey: onUserOrCaller(create),
  ListAccessKeys: onUserOrCaller((user, call) => {
    const keys = [...user.accessKeys.values()];
    return listPage(
      call,
      "AccessKeyMetadata",
      keys.map((key) => [key.id, describe(user, key)]),
    );
  }),
  UpdateAccessKey: onUserOrCaller((user, call) => {
    const { key } = keyOf(call, user);
    key.status = statusIn(call);
    key.changedAt = call.cloud.now();
  }),
  DeleteAccessKey: onUserOrCaller((user, call) => {
    user.accessKeys.delete(keyOf(call, user).key.id);
  }),
  GetAccessKeyLastUsed: {
    resource: (call) => arnOf(call, "User", anyKey(call).user),
    run: lastUsed,
  },
};
