import { authorize } from "../authorize";
import { AwsError, type Operation } from "../operation";
import { queryAnswer, queryRefusal, type QueryService } from "../xml";
import type { Service } from "./service";

/** A service that speaks AWS's query protocol: a form in, XML out. */
export const queryService = (
  name: QueryService,
  operations: ReadonlyMap<string, Operation>,
): Service => ({
  respond: async (call) => {
    const action = call.parameters.get("Action") ?? "";
    const operation = operations.get(action);
    if (!operation) {
      throw new AwsError(
        "InvalidAction",
        `Could not find operation ${action}: the sandbox's ${name} does not know it`,
      );
    }
    await authorize(call, operation);
    return queryAnswer(name, action, operation.run(call));
  },
  refuse: (error) => queryRefusal(name, error),
});
