import { perform } from "../authorize";
import { reading } from "../decided";
import type { AwsError } from "../errors";
import type { Operation, Operations } from "../operation";
import {
  checkedParameters,
  type ModelErrors,
} from "../service-models/checked-parameters";
import type { Fields } from "../service-models/fields";
import { checkTypes } from "../service-models/json-fields";
import type { ServiceName } from "../service-models/service-model";
import type { Call } from "../operation";
import { JsonBody } from "./json-body";
import type { Answer, Service } from "./service";

export type JsonOperation = Operation<Call, Fields>;
export type JsonOperations = Operations<Call, Fields>;

/** These services tell what is wrong by the code alone, which they call an exception. */
export const jsonErrors: ModelErrors = {
  unknownOperation: "UnknownOperation",
  unknownParameter: "Validation",
  validation: "Validation",
};

const answer = (status: number, body: object): Answer => ({
  status,
  type: "application/x-amz-json-1.1",
  body: JSON.stringify(body),
});

export const jsonRefusal = ({ code, message, status }: AwsError): Answer =>
  answer(status < 500 ? 400 : status, {
    __type: `${code}Exception`,
    message,
  });

/** A service whose requests name their action in a header, and bring a JSON body. */
export const jsonService = (
  name: ServiceName,
  operations: JsonOperations,
): Service => ({
  operations,
  respond: async (signed, { headers, body }) => {
    const action = String(headers["x-amz-target"]).split(".").at(-1) ?? "";
    const parameters = reading(signed, `${name}:${action}`, () =>
      checkedParameters(
        name,
        action,
        (model, input) => {
          const { fields } = JsonBody.parse(body || "{}");
          checkTypes(model, input, fields);
          return fields;
        },
        jsonErrors,
      ),
    );
    const call = { ...signed, parameters };
    return answer(200, await perform(call, name, action, operations));
  },
  refuse: jsonRefusal,
});
