import {
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  NoSuchEntityException,
  paginateListAccessKeys,
  paginateListMFADevices,
  paginateListUsers,
  type AccessKeyMetadata,
  type IAMClient,
} from "@aws-sdk/client-iam";
import type {
  LiveKey,
  LiveUser,
  LoginProfile,
  MfaDevice,
  ReadOptions,
} from "./live-account";
import type { UserDetails } from "./details";
import { inParallel } from "./in-parallel";

/** Users at a time: IAM throttles an account at some 20 calls a second. */
const atOnce = 4;
/** Users between two lines of progress. */
const untilNextLine = 50;

/** What each user signs in with: password, devices, keys. */
export async function readCredentials(
  iam: IAMClient,
  users: readonly UserDetails[],
  { progress }: ReadOptions,
): Promise<readonly LiveUser[]> {
  const signIns = await readSignIns(iam);
  let done = 0;
  return inParallel(users, atOnce, async (user) => {
    const found: LiveUser = {
      ...user,
      passwordLastUsed: signIns.get(user.name),
      loginProfile: await readLoginProfile(iam, user.name),
      devices: await readDevices(iam, user.name),
      accessKeys: await readKeys(iam, user.name),
    };
    done += 1;
    if (done % untilNextLine === 0) {
      progress?.(`credentials of ${done} of ${users.length} users`);
    }
    return found;
  });
}

async function readSignIns(
  iam: IAMClient,
): Promise<ReadonlyMap<string, Date | undefined>> {
  const signIns = new Map<string, Date | undefined>();
  for await (const page of paginateListUsers({ client: iam }, {})) {
    for (const { UserName = "", PasswordLastUsed } of page.Users ?? []) {
      signIns.set(UserName, PasswordLastUsed);
    }
  }
  return signIns;
}

async function readLoginProfile(
  iam: IAMClient,
  UserName: string,
): Promise<LoginProfile | undefined> {
  try {
    const { LoginProfile: profile } = await iam.send(
      new GetLoginProfileCommand({ UserName }),
    );
    return {
      createdAt: profile?.CreateDate ?? new Date(0),
      resetRequired: profile?.PasswordResetRequired ?? false,
    };
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}

async function readDevices(
  iam: IAMClient,
  UserName: string,
): Promise<readonly MfaDevice[]> {
  const devices: MfaDevice[] = [];
  const pages = paginateListMFADevices({ client: iam }, { UserName });
  for await (const { MFADevices = [] } of pages) {
    devices.push(
      ...MFADevices.map(({ SerialNumber = "", EnableDate }) => ({
        serial: SerialNumber,
        enabledAt: EnableDate ?? new Date(0),
      })),
    );
  }
  return devices;
}

async function readKeys(
  iam: IAMClient,
  UserName: string,
): Promise<readonly LiveKey[]> {
  const keys: LiveKey[] = [];
  const pages = paginateListAccessKeys({ client: iam }, { UserName });
  for await (const { AccessKeyMetadata: found = [] } of pages) {
    for (const key of found) keys.push(await readKey(iam, key));
  }
  return keys;
}

async function readKey(
  iam: IAMClient,
  { AccessKeyId: id = "", Status, CreateDate }: AccessKeyMetadata,
): Promise<LiveKey> {
  const { AccessKeyLastUsed: used } = await iam.send(
    new GetAccessKeyLastUsedCommand({ AccessKeyId: id }),
  );
  const at = used?.LastUsedDate;
  return {
    id,
    isActive: Status === "Active",
    createdAt: CreateDate ?? new Date(0),
    lastUsedAt: at,
    lastUsedService: at === undefined ? undefined : used?.ServiceName,
  };
}
