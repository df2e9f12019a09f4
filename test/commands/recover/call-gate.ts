import { once } from "node:events";
import { createServer, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** Where in a call a deployment is cut off: AWS was asked, has done it, or has answered. */
export const moments = ["asked", "done", "answered"] as const;

export interface Cut {
  /** The number of the call, from 1, or the operation that it asks for first. */
  readonly call: number | string;
  readonly moment: (typeof moments)[number];
  /** Ends the deployment; none of its calls gets through after that. */
  readonly end: () => void;
}

/** What stands between a provider and AWS. */
export interface CallGate {
  readonly endpoint: string;
  /** The operations that were asked for, by name. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * @param aws the endpoint of the sandbox's AWS
 * @param cut left out: all calls get through
 */
export async function startGate(aws: string, cut?: Cut): Promise<CallGate> {
  const asked: string[] = [];
  let isShut = false;
  const isCutAt = (call: number, moment: Cut["moment"]): boolean => {
    const isTheOne = [call, asked[call - 1]].includes(cut?.call);
    if (!isTheOne || moment !== cut?.moment) return isShut;
    isShut = true;
    cut.end();
    return true;
  };
  const serve = async (message: IncomingMessage): Promise<Answer> => {
    const body = await bodyOf(message);
    const call = asked.push(operationOf(message, body));
    if (isCutAt(call, "asked")) throw new Error("cut off");
    const answer = await forward(aws, message, body);
    if (isCutAt(call, "done")) throw new Error("cut off");
    return { ...answer, sent: () => isCutAt(call, "answered") };
  };
  const server = createServer((message, response) => {
    serve(message).then(
      ({ status, headers, body, sent }) => {
        response.writeHead(status, headers);
        response.end(body, sent);
      },
      () => message.socket.destroy(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    asked,
    close: async () => {
      isShut = true;
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  readonly sent: () => void;
}

/** A protocol of AWS's has it in the form, the other in a header. */
function operationOf({ headers }: IncomingMessage, body: Buffer): string {
  const target = headers["x-amz-target"];
  return typeof target === "string"
    ? (target.split(".").at(-1) ?? "")
    : (new URLSearchParams(body.toString("utf8")).get("Action") ?? "");
}

/** The signature is over the headers, so they go as they came. */
async function forward(aws: string, message: IncomingMessage, body: Buffer) {
  const { method, url, headers } = message;
  const sent = request(`${aws}${url ?? "/"}`, {
    method,
    headers,
    agent: false,
  });
  sent.end(body);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  return {
    status: answer.statusCode ?? 500,
    headers: answer.headers,
    body: await bodyOf(answer),
  };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
