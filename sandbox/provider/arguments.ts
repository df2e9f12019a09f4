import type { Properties } from "./properties";

/** One role on the way into the account, as `assumeRoles` names it. */
export interface AssumedRole {
  readonly roleArn?: string;
  readonly sessionName?: string;
  readonly externalId?: string;
  /** As Go writes durations: `1h`, `15m`, `3600s`. */
  readonly duration?: string;
  readonly policy?: string;
  readonly policyArns?: readonly string[];
  readonly sourceIdentity?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
}

/** As `assumeRoleWithWebIdentity` names it: the token itself, or a file that holds it. */
export interface WebIdentity {
  readonly roleArn?: string;
  readonly sessionName?: string;
  readonly duration?: string;
  readonly webIdentityToken?: string;
  readonly webIdentityTokenFile?: string;
}

/** A provider's arguments, read. */
export interface ProviderArguments {
  readonly region: string;
  readonly endpoints: { readonly iam?: string; readonly sts?: string };
  readonly keys?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly assumeRoles: readonly AssumedRole[];
  /** Instead of own keys: a role that is taken with a token. */
  readonly webIdentity?: WebIdentity;
  readonly allowedAccountIds: readonly string[];
  readonly forbiddenAccountIds: readonly string[];
  readonly defaultTags: Readonly<Record<string, string>>;
  readonly ignoredTags: {
    readonly keys: readonly string[];
    readonly keyPrefixes: readonly string[];
  };
  readonly skipCredentialsValidation: boolean;
  readonly skipRequestingAccountId: boolean;
}

/** They name other ways to credentials than the sandbox's own, which is the only one there is. */
const otherCredentials = [
  "profile",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
] as const;

/**
 * Reads what a program gives its `aws` provider.
 *
 * @throws Error on an argument that would lead to credentials the sandbox does not have.
 */
export function readArguments(args: Properties): ProviderArguments {
  for (const name of otherCredentials) {
    const value = argument(args, name);
    if (value === undefined || (Array.isArray(value) && value.length === 0)) {
      continue;
    }
    throw new Error(
      `provider argument ${name}: the sandbox has one identity, its deployment's own; use assumeRoles, or accessKey with secretKey`,
    );
  }
  const keys = ownKeys(args);
  const webIdentity = object<WebIdentity>(args, "assumeRoleWithWebIdentity");
  const ignored = object<{ keys?: string[]; keyPrefixes?: string[] }>(
    args,
    "ignoreTags",
  );
  return {
    region: optional(args, "region") ?? "us-east-1",
    endpoints: Object.assign(
      {},
      ...list(args, "endpoints"),
    ) as ProviderArguments["endpoints"],
    ...(keys ? { keys } : {}),
    ...(webIdentity.roleArn === undefined ? {} : { webIdentity }),
    assumeRoles: list(args, "assumeRoles") as readonly AssumedRole[],
    allowedAccountIds: accountIds(args, "allowedAccountIds"),
    forbiddenAccountIds: accountIds(args, "forbiddenAccountIds"),
    defaultTags:
      object<{ tags?: Record<string, string> }>(args, "defaultTags").tags ?? {},
    ignoredTags: {
      keys: ignored.keys ?? [],
      keyPrefixes: ignored.keyPrefixes ?? [],
    },
    skipCredentialsValidation: isTrue(args, "skipCredentialsValidation"),
    skipRequestingAccountId: isTrue(args, "skipRequestingAccountId"),
  };
}

/** What is wrong with a provider's arguments, before anything is called. */
export function argumentProblems(args: Properties) {
  const both =
    list(args, "allowedAccountIds").length > 0 &&
    list(args, "forbiddenAccountIds").length > 0;
  return both
    ? [
        {
          property: "allowedAccountIds",
          reason:
            '"allowedAccountIds": conflicts with forbiddenAccountIds; give one of the two',
        },
      ]
    : [];
}

/** Arguments that are no text cross as JSON. */
function argument(args: Properties, name: string): unknown {
  const value = args[name];
  if (typeof value !== "string") return value ?? undefined;
  try {
    return JSON.parse(value) ?? undefined;
  } catch {
    return value;
  }
}

const optional = (args: Properties, name: string): string | undefined => {
  const value = args[name];
  return typeof value === "string" && value !== "" ? value : undefined;
};

function list(args: Properties, name: string): readonly unknown[] {
  const value = argument(args, name);
  return Array.isArray(value) ? value : [];
}

const accountIds = (args: Properties, name: string): readonly string[] =>
  list(args, name).map(String);

function object<T extends object>(args: Properties, name: string): Partial<T> {
  const value = argument(args, name);
  return value !== null && typeof value === "object" ? value : {};
}

const isTrue = (args: Properties, name: string): boolean =>
  argument(args, name) === true;

function ownKeys(args: Properties): ProviderArguments["keys"] {
  const accessKeyId = optional(args, "accessKey");
  const secretAccessKey = optional(args, "secretKey");
  const sessionToken = optional(args, "token");
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    return undefined;
  }
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

const unitSeconds: Readonly<Record<string, number>> = { h: 3_600, m: 60, s: 1 };

/**
 * The seconds in a duration as Go writes it.
 *
 * @throws Error when it is not one.
 */
export function secondsOf(duration: string): number {
  if (!/^(\d+[hms])+$/.test(duration)) {
    throw new Error(
      `assumeRoles: "${duration}" cannot be parsed as a duration; write it as 1h, 30m or 3600s`,
    );
  }
  return [...duration.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit = "s"]) =>
      sum + Number(count) * (unitSeconds[unit] ?? 1),
    0,
  );
}
