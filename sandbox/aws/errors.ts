/** The HTTP status of an error, by its code; every other has 400. */
const statuses: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  AuthFailure: 401,
  DeleteConflict: 409,
  DuplicateCertificate: 409,
  EntityAlreadyExists: 409,
  ExpiredToken: 403,
  InternalFailure: 500,
  InvalidAccessKeyId: 403,
  InvalidAuthenticationCode: 403,
  InvalidClientTokenId: 403,
  LimitExceeded: 409,
  MethodNotAllowed: 405,
  MissingAuthenticationToken: 403,
  NoSuchEntity: 404,
  NotFound: 404,
  NotImplemented: 501,
  NotSupportedService: 404,
  PasswordChangeRequired: 403,
  ReportExpired: 410,
  ReportNotPresent: 410,
  RequestTimeTooSkewed: 403,
  RequestEntityTooLarge: 413,
  ServiceFailure: 500,
  SignatureDoesNotMatch: 403,
  UnsupportedMediaType: 415,
};

/** An error as AWS reports it. */
export class AwsError extends Error {
  /** What S3 tells beside code and message, by its name. */
  readonly details: Readonly<Record<string, string>>;
  readonly status: number;

  constructor(
    readonly code: string,
    message: string,
    more: Partial<Pick<AwsError, "details" | "status">> = {},
  ) {
    super(message);
    this.name = code;
    this.details = more.details ?? {};
    this.status = more.status ?? statuses[code] ?? 400;
  }
}

export const accessDenied = (message: string): AwsError =>
  new AwsError("AccessDenied", message);

export const noSuchEntity = (what: string): AwsError =>
  new AwsError("NoSuchEntity", `${what} cannot be found.`);

export const alreadyExists = (what: string): AwsError =>
  new AwsError("EntityAlreadyExists", `${what} already exists.`);

export const deleteConflict = (remedy: string): AwsError =>
  new AwsError("DeleteConflict", `Cannot delete entity, must ${remedy} first.`);

/** The thing, or AWS's error where it is not there. */
export function existing<T>(thing: T | undefined, what: string): T {
  if (thing !== undefined) return thing;
  throw noSuchEntity(what);
}

/** @throws AwsError LimitExceeded when `used` leaves no room for one more. */
export function checkQuota(quota: string, used: number, limit: number): void {
  if (used >= limit) throw limitExceeded(quota, limit);
}

export const limitExceeded = (quota: string, limit: number): AwsError =>
  new AwsError("LimitExceeded", `Cannot exceed quota for ${quota}: ${limit}`);

export const invalidInput = (message: string): AwsError =>
  new AwsError("InvalidInput", message);

export const validationError = (message: string): AwsError =>
  new AwsError("ValidationError", message);

/** A parameter that is not what AWS lets it be; `value` as the message shows it. */
export const invalidParameter = (
  name: string,
  value: string,
  constraint: string,
): AwsError =>
  validationError(
    `1 validation error detected: Value ${value} at '${name.charAt(0).toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must ${constraint}`,
  );

export const malformedPolicy = (message: string): AwsError =>
  new AwsError("MalformedPolicyDocument", message);

/** A service-linked role is its service's alone. */
export const unmodifiable = (role: string): AwsError =>
  new AwsError(
    "UnmodifiableEntity",
    `Cannot perform the operation on the protected role '${role}' - this role is only modifiable by AWS`,
  );
