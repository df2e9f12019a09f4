import { perform } from "../authorize";
import type { Call, Operation, Operations } from "../operation";
import { JsonBody, type Fields } from "./json-body";
import type { Answer, Service } from "./service";

/** A call of a service that speaks JSON: what it asks for stands in its body. */
export interface JsonCall extends Call {
  readonly body: JsonBody;
}

export type JsonOperation = Operation<JsonCall, Fields>;

const answer = (status: number, body: object): Answer => ({
  status,
  type: "application/x-amz-json-1.1",
  body: JSON.stringify(body),
});

/** A service whose requests name their action in a header, and bring a JSON body. */
export const jsonService = (
  name: string,
  operations: Operations<JsonCall, Fields>,
): Service => ({
  respond: async (call, { headers, body }) => {
    const action = String(headers["x-amz-target"]).split(".").at(-1) ?? "";
    const jsonCall = { ...call, body: JsonBody.parse(body || "{}") };
    return answer(200, await perform(jsonCall, name, action, operations));
  },
  // These services tell what is wrong by the code alone.
  refuse: ({ code, message, status }) =>
    answer(status < 500 ? 400 : status, {
      __type: `${code}Exception`,
      message,
    }),
});
