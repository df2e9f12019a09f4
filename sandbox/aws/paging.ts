import { createHmac, randomBytes } from "node:crypto";
import type { AwsError } from "./errors";
import type { Call } from "./operation";

/** An item of a list, behind the key that the list is in the order of. */
export type Keyed<T> = readonly [key: string, item: T];

export interface Page<T> {
  readonly items: readonly T[];
  /** For the next page; undefined on the last one. */
  readonly next: string | undefined;
}

/** What a request says of the page that it asks for. */
export interface WantedPage {
  /** As an earlier page gave it; undefined for the first one. */
  readonly token: string | undefined;
  readonly size: number;
  /** The service's error for a token that is none. */
  readonly invalid: () => AwsError;
}

/**
 * The part of a list behind a token that an earlier page gave, of the same operation in the same account
 * and region.
 *
 * A token names the item that it follows, not a count: a caller who deletes each page before the next
 * one is asked for still meets every item.
 */
export function pageAfter<T>(
  call: Call,
  wanted: WantedPage,
  all: readonly Keyed<T>[],
): Page<T> {
  const after = keyIn(call, wanted);
  const rest = all
    .filter(([key]) => after === undefined || key > after)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const page = rest.slice(0, wanted.size);
  const [last] = page.at(-1) ?? [];
  return {
    items: page.map(([, item]) => item),
    next:
      rest.length > wanted.size && last !== undefined
        ? tokenOf(call, last)
        : undefined,
  };
}

/** Nobody can write a token but the sandbox. */
const secret = randomBytes(32);

function tokenOf(
  { account, operation = "", region }: Call,
  key: string,
): string {
  const mark = createHmac("sha256", secret)
    .update(JSON.stringify([account.id, region, operation, key]))
    .digest("base64url")
    .slice(0, 20);
  return `${mark}.${Buffer.from(key).toString("base64url")}`;
}

function keyIn(call: Call, { token, invalid }: WantedPage): string | undefined {
  if (token === undefined) return undefined;
  const [, written = ""] = token.split(".");
  const key = Buffer.from(written, "base64url").toString();
  if (token !== tokenOf(call, key)) throw invalid();
  return key;
}
