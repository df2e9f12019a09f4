import { perform } from "../authorize";
import { reading } from "../decided";
import { AwsError } from "../errors";
import type { Operations } from "../operation";
import type { Parameters } from "../parameters";
import { formOf } from "../request";
import {
  checkedParameters,
  type ModelErrors,
} from "../service-models/checked-parameters";
import { fieldsIn } from "../service-models/query-form";
import {
  serviceModel,
  type ServiceName,
} from "../service-models/service-model";
import { queryAnswer, queryRefusal, type QueryService } from "../xml";
import type { Service } from "./service";

const errors: ModelErrors = {
  unknownOperation: "InvalidAction",
  unknownParameter: "ValidationError",
  validation: "ValidationError",
};

export interface QueryRequest {
  readonly action: string;
  readonly parameters: Parameters;
}

/** The action that a form names, and its parameters, which AWS's model was found to let be. */
export function queryRequest(
  service: ServiceName,
  form: URLSearchParams,
  names: ModelErrors = errors,
): QueryRequest {
  const action = form.get("Action") ?? "";
  const version = form.get("Version");
  if (version !== null && version !== serviceModel(service).apiVersion) {
    throw new AwsError(
      names.unknownOperation,
      `Could not find operation ${action} of ${service} for version ${version}`,
    );
  }
  const parameters = checkedParameters(
    service,
    action,
    (model, input) => fieldsIn(form, model, input),
    names,
  );
  return { action, parameters };
}

/** A service that speaks AWS's query protocol: a form in, XML out. `denial`: its code for "may not". */
export const queryService = (
  name: QueryService,
  operations: Operations,
  denial = "AccessDenied",
): Service => ({
  operations,
  respond: async (signed, request) => {
    const form = formOf(request);
    const asked = `${name}:${form.get("Action") ?? "*"}`;
    const { action, parameters } = reading(signed, asked, () =>
      queryRequest(name, form),
    );
    const call = { ...signed, parameters };
    const result = await perform(call, name, action, operations);
    return queryAnswer(name, action, result);
  },
  refuse: ({ code, message, status }) =>
    queryRefusal(name, {
      code: code === "AccessDenied" ? denial : code,
      message,
      status,
    }),
});
