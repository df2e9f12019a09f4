import { perform } from "../authorize";
import type { Operations } from "../operation";
import { queryAnswer, queryRefusal, type QueryService } from "../xml";
import type { Service } from "./service";

/** A service that speaks AWS's query protocol: a form in, XML out. */
export const queryService = (
  name: QueryService,
  operations: Operations,
): Service => ({
  respond: async (call) => {
    const action = call.parameters.get("Action") ?? "";
    const result = await perform(call, name, action, operations);
    return queryAnswer(name, action, result);
  },
  refuse: (error) => queryRefusal(name, error),
});
