import type { AccessKeyMetadata, IAM } from "@aws-sdk/client-iam";
import type { UserDetails } from "./details";
import { ifThere } from "./if-there";
import { inParallel } from "./in-parallel";
import type { LiveKey, LiveUser, Progress } from "./live-account";
import { wholePages } from "./whole-pages";

/** Users at a time: IAM throttles an account at some 20 calls a second. */
const atOnce = 4;
/** Users between two lines of progress. */
const untilNextLine = 50;

/** What each user signs in with: password, devices, keys. */
export async function readCredentials(
  iam: IAM,
  users: readonly UserDetails[],
  progress?: Progress,
): Promise<readonly LiveUser[]> {
  const lastSignIn = await readLastSignIns(iam);
  let done = 0;
  return inParallel(users, atOnce, async (user) => {
    const UserName = user.name;
    const profile = await ifThere(iam.getLoginProfile({ UserName }));
    const found: LiveUser = {
      ...user,
      hasPassword: profile !== undefined,
      passwordUsedAt:
        profile &&
        (lastSignIn.get(UserName) ?? profile.LoginProfile?.CreateDate),
      devices: await readDevices(iam, UserName),
      accessKeys: await readKeys(iam, UserName),
    };
    done += 1;
    if (done % untilNextLine === 0) {
      progress?.(`credentials of ${done} of ${users.length} users`);
    }
    return found;
  });
}

/** By user's name; the user's details do not tell. */
async function readLastSignIns(iam: IAM): Promise<ReadonlyMap<string, Date>> {
  const found = new Map<string, Date>();
  for await (const { Users = [] } of wholePages(iam.paginateListUsers())) {
    for (const { UserName = "", PasswordLastUsed } of Users) {
      if (PasswordLastUsed !== undefined) found.set(UserName, PasswordLastUsed);
    }
  }
  return found;
}

async function readDevices(
  iam: IAM,
  UserName: string,
): Promise<readonly string[]> {
  const devices: string[] = [];
  for await (const page of wholePages(
    iam.paginateListMFADevices({ UserName }),
  )) {
    const found = page.MFADevices ?? [];
    devices.push(...found.map(({ SerialNumber = "" }) => SerialNumber));
  }
  return devices;
}

async function readKeys(
  iam: IAM,
  UserName: string,
): Promise<readonly LiveKey[]> {
  const keys: LiveKey[] = [];
  for await (const page of wholePages(
    iam.paginateListAccessKeys({ UserName }),
  )) {
    for (const key of page.AccessKeyMetadata ?? []) {
      keys.push(await readKey(iam, key));
    }
  }
  return keys;
}

async function readKey(
  iam: IAM,
  { AccessKeyId: id = "", Status, CreateDate }: AccessKeyMetadata,
): Promise<LiveKey> {
  const { AccessKeyLastUsed } = await iam.getAccessKeyLastUsed({
    AccessKeyId: id,
  });
  return {
    id,
    isActive: Status === "Active",
    createdAt: CreateDate ?? new Date(0),
    lastUsedAt: AccessKeyLastUsed?.LastUsedDate,
  };
}
