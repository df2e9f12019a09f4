import { z } from "zod";
import type { Properties } from "./properties";
import { unknown } from "./wire-values";

const text = z.string();
const texts = z.array(z.coerce.string()).default([]);
const textByName = z.record(text, text);

/** One role on the way into the account; durations are as Go writes them: `1h`, `15m`, `3600s`. */
const assumedRole = z
  .object({
    roleArn: text,
    sessionName: text,
    externalId: text,
    duration: text,
    policy: text,
    policyArns: z.array(text),
    sourceIdentity: text,
    tags: textByName,
    transitiveTagKeys: z.array(text),
  })
  .partial();

export type AssumedRole = z.infer<typeof assumedRole>;

/** Instead of own keys: a role that is taken with a token, or a file that holds it. */
const webIdentity = z
  .object({
    roleArn: text,
    sessionName: text,
    duration: text,
    webIdentityToken: text,
    webIdentityTokenFile: text,
  })
  .partial();

export type WebIdentity = z.infer<typeof webIdentity>;

const providerArguments = z.object({
  region: text.default("us-east-1"),
  endpoints: z
    .array(z.object({ iam: text, sts: text }).partial())
    .default([])
    .transform((all) => Object.assign({}, ...all) as (typeof all)[number]),
  accessKey: text.optional(),
  secretKey: text.optional(),
  token: text.optional(),
  assumeRoles: z.array(assumedRole).default([]),
  assumeRoleWithWebIdentity: webIdentity.optional(),
  allowedAccountIds: texts,
  forbiddenAccountIds: texts,
  defaultTags: z.object({ tags: textByName.default({}) }).prefault({}),
  ignoreTags: z.object({ keys: texts, keyPrefixes: texts }).prefault({}),
  skipCredentialsValidation: z.boolean().default(false),
  skipRequestingAccountId: z.boolean().default(false),
});

/** A provider's arguments, read. */
export type ProviderArguments = z.infer<typeof providerArguments>;

/** They name other ways to credentials than the sandbox's own, which is the only one there is. */
const otherCredentials = [
  "profile",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
];

/**
 * Reads what a program gives its `aws` provider.
 *
 * @throws Error on an argument that would lead to credentials the sandbox does not have.
 */
export function readArguments(args: Properties): ProviderArguments {
  const given = Object.fromEntries(
    Object.entries(args)
      .map(([name, value]) => [name, fromJson(value)] as const)
      .filter(([, value]) => isGiven(value)),
  );
  const other = otherCredentials.find(
    (name) => [given[name] ?? []].flat().length > 0,
  );
  if (other === undefined) return providerArguments.parse(given);
  throw new Error(
    `provider argument ${other}: the sandbox has one identity, its deployment's own; use assumeRoles, or accessKey with secretKey`,
  );
}

/** What is wrong with a provider's arguments, before anything is called. */
export function argumentProblems(args: Properties) {
  const { allowedAccountIds, forbiddenAccountIds } = readArguments(args);
  return allowedAccountIds.length > 0 && forbiddenAccountIds.length > 0
    ? [
        {
          property: "allowedAccountIds",
          reason:
            '"allowedAccountIds": conflicts with forbiddenAccountIds; give one of the two',
        },
      ]
    : [];
}

const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== "" && value !== unknown;

/** Arguments that are no text cross as JSON. */
const fromJson = (value: unknown): unknown =>
  typeof value === "string" && /^([[{]|(true|false|null)$)/.test(value)
    ? JSON.parse(value)
    : value;

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
