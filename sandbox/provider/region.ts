import type { Body } from "./service-calls";
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

/** The calls of a service, in the region that a resource is in. */
const callsOf =
  (service: "events" | "kms") =>
  (account: ConnectedAccount, properties: Properties) =>
  (action: string, body: Body) =>
    account.services.json(service, regionOf(account, properties), action, body);

export const events = callsOf("events");
export const kms = callsOf("kms");

export const sns =
  (account: ConnectedAccount, properties: Properties) =>
  (action: string, parameters: Readonly<Record<string, string>>) =>
    account.services.sns(regionOf(account, properties), action, parameters);
