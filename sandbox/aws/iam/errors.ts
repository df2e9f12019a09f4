import { AwsError } from "../operation";

export const noSuchEntity = (what: string): AwsError =>
  new AwsError("NoSuchEntity", `${what} cannot be found.`, 404);

export const alreadyExists = (what: string): AwsError =>
  new AwsError("EntityAlreadyExists", `${what} already exists.`, 409);

export const deleteConflict = (remedy: string): AwsError =>
  new AwsError(
    "DeleteConflict",
    `Cannot delete entity, must ${remedy} first.`,
    409,
  );

export const limitExceeded = (quota: string, limit: number): AwsError =>
  new AwsError(
    "LimitExceeded",
    `Cannot exceed quota for ${quota}: ${limit}`,
    409,
  );

export const invalidInput = (message: string): AwsError =>
  new AwsError("InvalidInput", message);

export const validationError = (message: string): AwsError =>
  new AwsError("ValidationError", message);

export const malformedPolicy = (message: string): AwsError =>
  new AwsError("MalformedPolicyDocument", message);

/** A service-linked role is its service's alone. */
export const unmodifiable = (role: string): AwsError =>
  new AwsError(
    "UnmodifiableEntity",
    `Cannot perform the operation on the protected role '${role}' - this role is only modifiable by AWS`,
  );
