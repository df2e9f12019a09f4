import type { Properties } from "./plain-object";
import { knownText, type Resource } from "./resource";

/** The account that a resource stands in, where it shows. */
export function accountOf(resource: Resource): string | undefined {
  const { provider } = resource;
  return (
    accountInArn(knownText(resource, "arn")) ??
    (provider === undefined
      ? undefined
      : accountOfProvider(provider.properties))
  );
}

/** Whether both stand in one account: where its id does not show, by their provider. */
export function isInAccountOf(one: Resource, other: Resource): boolean {
  const [first, second] = [accountOf(one), accountOf(other)];
  return first !== undefined && second !== undefined
    ? first === second
    : one.provider?.urn === other.provider?.urn;
}

/** Tells resources of several accounts apart, even where their ids don't show. */
export const accountKey = ({ provider }: Resource): string =>
  provider === undefined
    ? ""
    : (accountOfProvider(provider.properties) ?? provider.urn);

/** By its ARN, or by the region of its provider. */
export function partitionOf(resource: Resource): string {
  const arn = knownText(resource, "arn") ?? "";
  const [, inArn] = /^arn:([^:]+):/.exec(arn) ?? [];
  const region = resource.provider?.properties["region"];
  return inArn ?? (typeof region === "string" ? inRegion(region) : "aws");
}

function inRegion(region: string): string {
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return region.startsWith("cn-") ? "aws-cn" : "aws";
}

const accountInArn = (arn: unknown): string | undefined =>
  typeof arn === "string"
    ? /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(arn)?.[1]
    : undefined;

/** By the accounts that it allows, or by the role that it takes on its way in. */
function accountOfProvider(properties: Properties): string | undefined {
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

/** The engine keeps a provider's lists and objects as JSON text. */
function structured(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
