import { AwsError } from "../errors";
import { Parameters } from "../parameters";
import { faultsOf } from "./constraints";
import { UnknownParameter, type Fields } from "./fields";
import {
  serviceModel,
  shapeOf,
  type ServiceModel,
  type ServiceName,
  type Shape,
} from "./service-model";

/** What a protocol calls the errors that come from the model. */
export interface ModelErrors {
  readonly unknownOperation: string;
  readonly unknownParameter: string;
  readonly validation: string;
}

const noParameters: Shape = { type: "structure" };

/**
 * The parameters of a request, once they are what AWS's model of the operation lets them be: before
 * anything is decided. Of an operation whose parameters were not imported there are none.
 *
 * @throws AwsError for an operation or a parameter that AWS does not have, and for values that AWS
 * does not take.
 */
export function checkedParameters(
  service: ServiceName,
  operation: string,
  read: (model: ServiceModel, input: Shape) => Fields,
  errors: ModelErrors,
): Parameters {
  const model = serviceModel(service);
  const { input } = operationIn(model, service, operation, errors);
  if (input === undefined) return new Parameters({});
  const shape = input === null ? noParameters : shapeOf(model, input);
  const fields = readOrRefuse(
    () => read(model, shape),
    (parameter) => {
      const known = Object.keys(shape.members ?? {}).join(", ") || "none";
      return new AwsError(
        errors.unknownParameter,
        `Unknown parameter ${parameter}: of ${service}:${operation}, ${model.source} knows ${known}`,
      );
    },
  );
  const faults =
    input === null ? undefined : faultsOf(service, model, input, fields);
  if (faults === undefined) return new Parameters(fields);
  throw new AwsError(errors.validation, faults);
}

function operationIn(
  model: ServiceModel,
  service: ServiceName,
  name: string,
  { unknownOperation }: ModelErrors,
) {
  if (Object.hasOwn(model.operations, name)) {
    const found = model.operations[name];
    if (found) return found;
  }
  throw new AwsError(
    unknownOperation,
    `Could not find operation ${name} of ${service} for version ${model.apiVersion}`,
  );
}

function readOrRefuse(
  read: () => Fields,
  refusal: (parameter: string) => AwsError,
): Fields {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnknownParameter) throw refusal(error.parameter);
    throw error;
  }
}
