import { optionalText, type Properties } from "./properties";
import type { ConnectedAccount } from "./account";
import type { Input } from "./resource";

/** The input of every resource outside IAM: where it is, if not where the provider is. */
export const regionInput: Readonly<Record<"region", Input>> = {
  region: { computed: true, replaces: true },
};

export const regionOf = (
  account: ConnectedAccount,
  properties: Properties,
): string => optionalText(properties, "region") ?? account.region;
