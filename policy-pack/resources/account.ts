import { isUnknown } from "./unknown";
import type { Properties } from "./plain-object";
import { factOf, type Resource } from "./resource";

/** The account that a resource stands in, where it shows. */
export function accountOf(resource: Resource): string | undefined {
  const { provider } = resource;
  return (
    accountInArn(factOf(resource, "arn")) ??
    (provider === undefined
      ? undefined
      : accountOfProvider(provider.properties))
  );
}

/** Tells resources of several accounts apart, even where their ids don't show. */
export const accountKey = (resource: Resource): string =>
  accountOf(resource) ?? resource.provider?.urn ?? "";

const accountInArn = (arn: unknown): string | undefined =>
  typeof arn === "string"
    ? /^arn:[^:]+:iam::(\d{12}):/.exec(arn)?.[1]
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
  if (typeof value !== "string" || isUnknown(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
