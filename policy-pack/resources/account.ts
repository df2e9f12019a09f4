import type { Properties } from "./plain-object";
import { knownText, type Resource } from "./resource";
import { structured } from "./structured";

/**
 * What nobody can make or read in another account, so that the ARN that AWS tells of it has the own
 * one. Others may be somebody else's: a subscription's is that of its topic, a subnet may be shared.
 * Source: API references of IAM and CloudWatch Logs ("DescribeLogGroups"): they take names, and ARNs
 * of the own account.
 */
const alwaysOwn =
  /^(aws:iam\/|aws-native:iam:|aws:cloudwatch\/logGroup:|aws-native:logs:LogGroup$)/;

/** The account that a resource stands in, where it shows. */
export const accountOf = (resource: Resource): string | undefined =>
  accountAsMade(resource) ??
  accountAtOnce(resource) ??
  resource.provider?.account;

/** The same, before the resource is made: by its provider alone. */
export const accountAtOnce = ({ provider }: Resource): string | undefined =>
  provider && accountOfProvider(provider.properties);

/** By the ARN that AWS gave it; one that the program gives may be anybody's. */
const accountAsMade = ({
  type,
  inputs,
  outputs,
}: Resource): string | undefined =>
  alwaysOwn.test(type) && inputs["arn"] === undefined
    ? accountInArn(outputs["arn"])
    : undefined;

/** A provider's account is that of all that it made in its own, where they agree. */
export function withAccounts(
  resources: readonly Resource[],
): readonly Resource[] {
  const byProvider = new Map<string, Set<string>>();
  for (const resource of resources) {
    const { urn = "" } = resource.provider ?? {};
    const account = accountAsMade(resource);
    if (account === undefined) continue;
    const known = byProvider.get(urn) ?? new Set<string>();
    byProvider.set(urn, known.add(account));
  }
  return resources.map((resource) => {
    const { provider } = resource;
    const [account, ...others] = byProvider.get(provider?.urn ?? "") ?? [];
    return provider === undefined || account === undefined || others.length > 0
      ? resource
      : { ...resource, provider: { ...provider, account } };
  });
}

/** Whether both stand in one account: where its id does not show, by their provider. */
export function isInAccountOf(one: Resource, other: Resource): boolean {
  const [first, second] = [accountOf(one), accountOf(other)];
  return first !== undefined && second !== undefined
    ? first === second
    : one.provider?.urn === other.provider?.urn;
}

/** Whether they certainly stand in two accounts. */
export function areInTwoAccounts(one: Resource, other: Resource): boolean {
  const [first, second] = [accountOf(one), accountOf(other)];
  return first !== undefined && second !== undefined && first !== second;
}

/** Tells resources of several accounts apart, even where their ids don't show. */
export const accountKey = ({ provider }: Resource): string =>
  provider === undefined
    ? ""
    : (accountOfProvider(provider.properties) ?? provider.urn);

/** By its ARN, or by the region of its provider; undefined: neither tells. */
export function partitionTold(resource: Resource): string | undefined {
  const arn = knownText(resource, "arn") ?? "";
  const [, inArn] = /^arn:([^:]+):/.exec(arn) ?? [];
  const region = resource.provider?.properties["region"];
  return inArn ?? (typeof region === "string" ? inRegion(region) : undefined);
}

export const partitionOf = (resource: Resource): string =>
  partitionTold(resource) ?? "aws";

function inRegion(region: string): string {
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return region.startsWith("cn-") ? "aws-cn" : "aws";
}

const accountInArn = (arn: unknown): string | undefined =>
  typeof arn === "string"
    ? /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(arn)?.[1]
    : undefined;

/** Each rule asks of each resource's provider; null: it does not show. */
const readProviders = new WeakMap<Properties, string | null>();

function accountOfProvider(properties: Properties): string | undefined {
  let account = readProviders.get(properties);
  if (account === undefined) {
    account = accountIn(properties) ?? null;
    readProviders.set(properties, account);
  }
  return account ?? undefined;
}

/** By the accounts that it allows, or by the role that it takes on its way in. */
function accountIn(properties: Properties): string | undefined {
  const allowed = structured(properties["allowedAccountIds"]);
  if (Array.isArray(allowed) && allowed.length === 1) {
    const [only] = allowed as readonly unknown[];
    if (typeof only === "string" && /^\d{12}$/.test(only)) return only;
  }
  const roles = [
    structured(properties["assumeRoles"]),
    structured(properties["assumeRole"]),
  ].flat();
  return roles
    .map((role) =>
      accountInArn((role as { roleArn?: unknown } | null)?.roleArn),
    )
    .findLast((account) => account !== undefined);
}
