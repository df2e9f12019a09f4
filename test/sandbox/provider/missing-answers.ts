import { createServer, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** An endpoint before AWS's that can answer one call in its place: that something is missing. */
export interface MissingAnswers {
  readonly endpoint: string;
  /** The calls that the work makes, while the answer to that one, counted from 0, is changed. */
  readonly during: (at: number, work: () => Promise<void>) => Promise<number>;
  readonly close: () => void;
}

/** @param aws the endpoint to pass everything else on to */
export async function missingAnswers(aws: string): Promise<MissingAnswers> {
  let missing = -1;
  let calls = 0;
  const server = createServer((message, response) => {
    void text(message).then((body) => {
      const isMissing = calls === missing;
      calls += 1;
      if (isMissing) {
        response.writeHead(404).end(missingAnswer(message));
        return;
      }
      const { method, url, headers } = message;
      request(new URL(url ?? "/", aws), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      }).end(body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    during: async (at, work) => {
      [missing, calls] = [at, 0];
      await work().finally(() => (missing = -1));
      return calls;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** In the words of the service that is asked. */
const missingAnswer = ({ headers }: IncomingMessage): string =>
  headers["x-amz-target"] === undefined
    ? "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>missing</Message></Error></ErrorResponse>"
    : JSON.stringify({ __type: "NotFoundException", message: "missing" });
