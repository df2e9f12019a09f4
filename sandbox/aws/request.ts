import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { AwsError } from "./errors";

/** A request as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Each value by itself, of headers that come several times. */
  readonly headerValues: Readonly<NodeJS.Dict<readonly string[]>>;
  readonly body: string;
  readonly sourceIp: string;
}

/** What one request may cost. */
export interface RequestLimits {
  /** Bytes of a body. */
  readonly body: number;
  /** Bytes of the request line and all headers. */
  readonly headers: number;
  /** Milliseconds until the last header is there. */
  readonly headersTime: number;
  /** Milliseconds until the last byte of the body is there. */
  readonly requestTime: number;
}

export const usualLimits: RequestLimits = {
  body: 1_048_576,
  headers: 16_384,
  headersTime: 10_000,
  requestTime: 30_000,
};

/**
 * Reads a request to its end.
 *
 * @throws AwsError when its target or its size is not one that AWS takes.
 * @throws Error when the connection ends before the request does: nobody waits for an answer then.
 */
export async function receive(
  message: IncomingMessage,
  limits: RequestLimits,
): Promise<ReceivedRequest> {
  return {
    method: message.method ?? "GET",
    url: targetOf(message.url ?? "/"),
    headers: message.headers,
    headerValues: message.headersDistinct,
    body: await bodyOf(message, limits.body),
    // AWS writes IPv4 addresses the short way.
    sourceIp: (message.socket.remoteAddress ?? "").replace(/^::ffff:/, ""),
  };
}

/** The parameters of a query: those of the address, and those of a form in the body. */
export const formOf = ({ method, url, body }: ReceivedRequest) =>
  new URLSearchParams([
    ...url.searchParams,
    ...(method === "POST" ? new URLSearchParams(body) : []),
  ]);

/** The operation that a request names, in a header or in its form; undefined where the address alone tells. */
export function operationOf(request: ReceivedRequest): string | undefined {
  const target = request.headers["x-amz-target"];
  return target === undefined
    ? (formOf(request).get("Action") ?? undefined)
    : String(target).split(".").at(-1);
}

/** A path, which may begin with `//`, or a whole address, as a client writes it for a proxy. */
function targetOf(target: string): URL {
  const address = target.startsWith("/") ? `http://127.0.0.1${target}` : target;
  if (/^https?:\/\/./.test(address) && URL.canParse(address)) {
    return new URL(address);
  }
  throw new AwsError(
    "InvalidURI",
    "The request's target can't be parsed: expected a path, as /",
  );
}

async function bodyOf(
  message: IncomingMessage,
  limit: number,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The connection is still needed, to answer a body that is too large.
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > limit) {
      throw new AwsError(
        "RequestEntityTooLarge",
        `The request's body is larger than ${limit} bytes`,
      );
    }
  }
  return Buffer.concat(chunks).toString("utf8");
}
