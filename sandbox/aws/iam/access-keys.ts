import { newAccessKeyId, newSecret } from "../ids";
import type { AccessKey } from "../model";
import {
  type Call,
  type Operation,
  type Operations,
  type Result,
} from "../operation";
import { matching, required } from "../parameters";
import { userArnOf, userOf } from "./entities";
import { limitExceeded, noSuchEntity } from "./errors";
import { pageOf } from "./paging";
import { quotas } from "./quotas";

const on = (action: string, run: Operation["run"]): Operation => ({
  action: `iam:${action}`,
  resource: userArnOf,
  run,
});

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

function keyOf(call: Call): {
  user: ReturnType<typeof userOf>;
  key: AccessKey;
} {
  const user = userOf(call);
  const id = required(call.parameters, "AccessKeyId");
  const key = user.accessKeys.get(id);
  if (key) return { user, key };
  throw noSuchEntity(`The Access Key with id ${id}`);
}

function lastUsed(call: Call): Result {
  const id = required(call.parameters, "AccessKeyId");
  const user = [...call.account.users.values()].find(({ accessKeys }) =>
    accessKeys.has(id),
  );
  const key = user?.accessKeys.get(id);
  if (!user || !key) throw noSuchEntity(`The Access Key with id ${id}`);
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
  CreateAccessKey: on("CreateAccessKey", create),
  ListAccessKeys: on("ListAccessKeys", (call) => {
    const user = userOf(call);
    const { items, trailer } = pageOf(call.parameters, [
      ...user.accessKeys.values(),
    ]);
    return {
      AccessKeyMetadata: items.map((key) => ({
        UserName: user.name,
        AccessKeyId: key.id,
        Status: key.status,
        CreateDate: key.createdAt,
      })),
      ...trailer,
    };
  }),
  UpdateAccessKey: on("UpdateAccessKey", (call) => {
    const { key } = keyOf(call);
    const status = matching(call.parameters, "Status", /^(Active|Inactive)$/);
    key.status = status === "Active" ? "Active" : "Inactive";
    return {};
  }),
  DeleteAccessKey: on("DeleteAccessKey", (call) => {
    const { user, key } = keyOf(call);
    user.accessKeys.delete(key.id);
    return {};
  }),
  GetAccessKeyLastUsed: on("GetAccessKeyLastUsed", lastUsed),
};
