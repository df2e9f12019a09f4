import assert from "node:assert/strict";
import { explained } from "../../../commands/command-line/explained";

const sdkError = (name: string, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more });

const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });

/** What was thrown, and what a person is told of it. */
const cases: readonly (readonly [unknown, RegExp])[] = [
  [
    sdkError("ExpiredTokenException", "is expired", status(403)),
    /^is expired: the AWS credentials have expired\. Fix: sign in again/,
  ],
  [
    sdkError("Throttling", "Rate exceeded", status(400)),
    /^Rate exceeded: AWS throttles .* Fix: run the command again when/,
  ],
  [
    sdkError("ServiceFailureException", "failed", status(500)),
    /^failed: AWS fails, .* Fix: run the command again, later if/,
  ],
  [
    sdkError("TimeoutError", "too long", { code: "ETIMEDOUT" }),
    /^too long: AWS did not answer, .* Fix: see whether the network/,
  ],
  [
    sdkError("TimeoutError", "socket hang up", { code: "ECONNRESET" }),
    /^socket hang up: no connection to AWS held, .* Fix: /,
  ],
  [
    Object.assign(
      new AggregateError([
        sdkError("Error", "connect ECONNREFUSED ::1:1"),
        sdkError("Error", "connect ECONNREFUSED 127.0.0.1:1"),
      ]),
      { code: "ECONNREFUSED" },
    ),
    /^connect ECONNREFUSED ::1:1; connect ECONNREFUSED 127\.0\.0\.1:1: no connection/,
  ],
  [
    sdkError("AccessDenied", "User: ann may not", status(403)),
    /^User: ann may not: these credentials may not do that\. Fix: /,
  ],
  [
    sdkError("LimitExceededException", "Cannot exceed quota", status(409)),
    /^Cannot exceed quota$/,
  ],
  [new Error("as it is"), /^as it is$/],
  ["no error", /^no error$/],
];

describe("an error of AWS's, as a person is told", () => {
  for (const [error, told] of cases) {
    it(String(error), () => {
      assert.match(explained(error), told);
    });
  }
});
