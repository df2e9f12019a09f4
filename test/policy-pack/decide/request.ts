import type { Document } from "../../../policy-pack/decide/document";
import {
  actionKey,
  isMissing,
  resourceKey,
  variablesOf,
  type Literal,
} from "../../../policy-pack/decide/literal";
import type { Caller } from "../../../policy-pack/decide/principal";
import { search, type Verdict } from "../../../policy-pack/decide/search";
import { isText } from "../../../policy-pack/decide/assign-values";
import type { KeyValue } from "../../../policy-pack/decide/solve-key";
import { literalsOf } from "../../../policy-pack/decide/statement-literals";

/** One request, down to the last key: a key that is not in `context` is missing. */
export interface Request {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, KeyValue>>;
}

/** Decides one request, as the set of requests that it alone is in. */
export function decideRequest(
  layers: readonly (readonly Document[])[],
  request: Request,
): Verdict {
  const context = new Map(
    Object.entries(request.context).map(([key, value]) => [
      key.toLowerCase(),
      value,
    ]),
  );
  const asked = layers
    .flat()
    .flatMap(({ statements }) => statements)
    .flatMap(literalsOf)
    .flatMap((one) => [one.condition.key, ...variablesOf(one)])
    .filter((key) => key !== actionKey && key !== resourceKey);
  const given = [...new Set([...asked, ...context.keys()])].flatMap((key) =>
    keyIs(key, context.get(key)),
  );
  return search({
    layers,
    caller: request.caller,
    given: [
      isText(actionKey, request.action),
      isText(resourceKey, request.resource),
      ...given,
    ],
  });
}

function keyIs(key: string, value: KeyValue): readonly Literal[] {
  if (value === undefined) return [isMissing(key)];
  return value.map((text) => isText(key, text));
}
