import { AwsError } from "./errors";
import type { Parameters } from "./parameters";

/** What the sandbox makes of an operation's parameters, but for those that it honours. */
export interface UnhonouredParameters {
  /** Parameters that AWS has and the sandbox lacks: a request that brings one is refused. */
  readonly lacks?: readonly string[];
  /** Parameters of which the sandbox has this value alone. */
  readonly only?: Readonly<Record<string, string | number | boolean>>;
  /** Parameters, or members as `Tags[].Key`, that can't change the answer here, with the reason. */
  readonly moot?: Readonly<Record<string, string>>;
}

/**
 * Does what a decided request asks for, and honours each parameter that it brings, or refuses it by
 * name: none is dropped. `what` is the operation, as `iam:CreateUser`.
 *
 * @throws AwsError NotImplemented for a parameter that the sandbox lacks.
 */
export async function honouring<R>(
  parameters: Parameters,
  what: string,
  declared: UnhonouredParameters,
  run: () => R | Promise<R>,
): Promise<R> {
  refuseLacking(parameters, what, declared);
  const result = await run();
  refuseDropped(parameters, what, declared);
  return result;
}

/** Whoever may use the parameter is told that it is not AWS that refuses it. */
function refuseLacking(
  parameters: Parameters,
  what: string,
  { lacks = [], only = {} }: UnhonouredParameters,
): void {
  const lacking = lacks.filter((name) => parameters.has(name));
  for (const [name, one] of Object.entries(only)) {
    const value = parameters.value(name);
    if (value !== undefined && value !== one)
      lacking.push(`${name} other than ${one}`);
  }
  if (lacking.length === 0) return;
  throw new AwsError(
    "NotImplemented",
    `The sandbox, not AWS, lacks ${lacking.join(", ")} of ${what}`,
  );
}

/** A fault of the sandbox's: its tests go through every parameter, to find it before. */
function refuseDropped(
  parameters: Parameters,
  what: string,
  { moot = {} }: UnhonouredParameters,
): void {
  const dropped = parameters
    .unread()
    .filter((name) => !Object.hasOwn(moot, name));
  if (dropped.length === 0) return;
  throw new AwsError(
    "ServiceFailure",
    `The sandbox did ${what} without its ${dropped.join(", ")}, which it must honour or refuse`,
  );
}
