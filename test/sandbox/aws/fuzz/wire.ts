import { connect } from "node:net";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import type { ClientCredentials } from "../../../../sandbox/tour/people";

/** What came back: no status where the connection ended without an answer. */
export interface RawAnswer {
  readonly status: number | undefined;
  readonly body: string;
}

/**
 * What the client does once it has written: waits until the server closes; says that no more comes, so
 * that a request which is not whole is known not to become so; or is gone.
 */
export type Then = "waits" | "ends" | "goes away";

/** Writes bytes to the server as they are, and reads until the connection is closed. */
export function sendBytes(
  endpoint: string,
  bytes: Buffer,
  then: Then = "waits",
): Promise<RawAnswer> {
  const { port, hostname } = new URL(endpoint);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => {
      socket.write(bytes, () => {
        if (then === "ends") socket.end();
        if (then === "goes away") socket.resetAndDestroy();
      });
    });
    socket.on("data", (chunk) => chunks.push(chunk));
    // The server may close while bytes are still on their way.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      resolve(parse(Buffer.concat(chunks).toString()));
    });
  });
}

function parse(text: string): RawAnswer {
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(text) ?? [];
  return {
    status: status === undefined ? undefined : Number(status),
    body: text.slice(text.indexOf("\r\n\r\n") + 4),
  };
}

export interface PlainRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const host = "127.0.0.1";

/** An HTTP request, after which the server closes the connection. */
export function requestBytes({
  method,
  path,
  headers,
  body,
}: PlainRequest): Buffer {
  const length = Buffer.byteLength(body);
  const lines = Object.entries({
    host,
    ...headers,
    connection: "close",
    "content-length": String(length),
  }).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`,
  );
}

export interface Signed {
  readonly service: string;
  readonly credentials: ClientCredentials;
  readonly at?: Date;
  readonly region?: string;
}

/** The request with a signature of the SDK's own. */
export async function sign(
  request: PlainRequest,
  { service, credentials, at = new Date(), region = "us-east-1" }: Signed,
): Promise<PlainRequest> {
  const signer = new SignatureV4({
    service,
    region,
    sha256: Sha256,
    credentials,
    uriEscapePath: service !== "s3",
  });
  const [path = "", query] = request.path.split("?");
  const { headers } = await signer.sign(
    {
      method: request.method,
      protocol: "http:",
      hostname: host,
      path,
      query: Object.fromEntries(new URLSearchParams(query)),
      headers: { ...request.headers, host },
      body: request.body,
    },
    { signingDate: at },
  );
  return { ...request, headers };
}
