import { newAccessKeyId, newSecret } from "../ids";
import type { AccessKey, User } from "../model";
import type { Call, Operations, Result } from "../operation";
import { onUserOrCaller } from "./actions";
import { arnOf, userOf } from "./entities";
import { limitExceeded, noSuchEntity } from "../errors";
import { listPage } from "./paging";
import { quotas } from "./quotas";

function create(call: Call): Result {
  const user = userOf(call);
  if (user.accessKeys.size >= quotas.keysPerUser) {
    throw limitExceeded("AccessKeysPerUser", quotas.keysPerUser);
  }
  const key: AccessKey = {
    id: newAccessKeyId("AKIA"),
    secret: newSecret(),
    createdAt: call.cloud.now(),
    status: "Active",
  };
  user.accessKeys.set(key.id, key);
  return {
    AccessKey: {
      UserName: user.name,
      AccessKeyId: key.id,
      Status: key.status,
      SecretAccessKey: key.secret,
      CreateDate: key.createdAt,
    },
  };
}

const keyId = ({ parameters }: Call): string =>
  parameters.matching("AccessKeyId", /^\w{16,128}$/);

interface OwnedKey {
  readonly user: User;
  readonly key: AccessKey;
}

/** The key that the request names, of the user that it names. */
function keyOf(call: Call): OwnedKey {
  const user = userOf(call);
  const key = user.accessKeys.get(keyId(call));
  if (key) return { user, key };
  throw noSuchEntity(`The Access Key with id ${keyId(call)}`);
}

/** The key that the request names, whoever has it. */
function anyKeyOf(call: Call): OwnedKey {
  const id = keyId(call);
  for (const user of call.account.users.values()) {
    const key = user.accessKeys.get(id);
    if (key) return { user, key };
  }
  throw noSuchEntity(`The Access Key with id ${id}`);
}

function lastUsed(call: Call): Result {
  const { user, key } = anyKeyOf(call);
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
  ListAccessKeys: onUserOrCaller((call) => {
    const user = userOf(call);
    return listPage(
      call,
      "AccessKeyMetadata",
      user.accessKeys.values(),
      ({ id }) => id,
      (key) => ({
        UserName: user.name,
        AccessKeyId: key.id,
        Status: key.status,
        CreateDate: key.createdAt,
      }),
    );
  }),
  UpdateAccessKey: onUserOrCaller((call) => {
    const { key } = keyOf(call);
    call.parameters.required("Status");
    key.status = call.parameters.oneOf("Status", ["Active", "Inactive"]);
  }),
  DeleteAccessKey: onUserOrCaller((call) => {
    const { user, key } = keyOf(call);
    user.accessKeys.delete(key.id);
  }),
  GetAccessKeyLastUsed: {
    resource: (call) => arnOf(call, "User", anyKeyOf(call).user),
    run: lastUsed,
  },
};
