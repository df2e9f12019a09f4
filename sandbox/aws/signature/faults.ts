import { AwsError } from "../errors";

/** How a service words what is wrong with a signature. */
type Dialect = "query" | "json" | "rest" | "s3" | "ec2";

/** By the name that requests are signed for; every other service speaks the query protocol. */
const dialects: ReadonlyMap<string, Dialect> = new Map([
  ["dynamodb", "json"],
  ["events", "json"],
  ["kms", "json"],
  ["access-analyzer", "rest"],
  ["s3", "s3"],
  ["ec2", "ec2"],
]);

/** What can be wrong before anybody knows who has sent a request. */
export type Fault =
  /** Nothing is signed. */
  | "unsigned"
  /** Not of the form of Signature Version 4. */
  | "incomplete"
  /** The same, in the address of a presigned request. */
  | "incomplete query"
  /** Signed for something else, or with another secret. */
  | "mismatch"
  /** Too old, or of the future. */
  | "untimely"
  | "unknown key"
  | "wrong token"
  | "expired token";

interface Wording {
  /** Services that speak JSON append "Exception". */
  readonly code: string;
  readonly message: string;
  readonly status?: number;
  /** What stands before whatever is said. */
  readonly prefix?: string;
}

const mismatch =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
const invalidToken = "The security token included in the request is invalid.";
const expiredToken = "The security token included in the request is expired";
const unvalidated =
  "AWS was not able to validate the provided access credentials";
const requestExpired = "Request has expired.";

const query: Readonly<Record<Fault, Wording>> = {
  unsigned: {
    code: "MissingAuthenticationToken",
    message: "Request is missing Authentication Token",
  },
  incomplete: { code: "IncompleteSignature", message: "" },
  "incomplete query": { code: "IncompleteSignature", message: "" },
  mismatch: { code: "SignatureDoesNotMatch", message: mismatch },
  untimely: { code: "SignatureDoesNotMatch", message: "" },
  "unknown key": { code: "InvalidClientTokenId", message: invalidToken },
  "wrong token": { code: "InvalidClientTokenId", message: invalidToken },
  "expired token": { code: "ExpiredToken", message: expiredToken },
};

const json: Readonly<Record<Fault, Wording>> = {
  ...query,
  unsigned: { ...query.unsigned, message: "Missing Authentication Token" },
  mismatch: { code: "InvalidSignature", message: mismatch },
  untimely: { code: "InvalidSignature", message: "" },
  "unknown key": { code: "UnrecognizedClient", message: invalidToken },
  "wrong token": { code: "UnrecognizedClient", message: invalidToken },
};

const forbidden = (wording: Wording): Wording => ({ ...wording, status: 403 });

/**
 * Sources: the lists of common errors in the API references of IAM, STS, EC2, S3 and DynamoDB, and
 * what clients of AWS have reported.
 */
const wordings: Readonly<Record<Dialect, Readonly<Record<Fault, Wording>>>> = {
  query,
  json,
  rest: {
    unsigned: forbidden(json.unsigned),
    incomplete: forbidden(json.incomplete),
    "incomplete query": forbidden(json["incomplete query"]),
    mismatch: forbidden(json.mismatch),
    untimely: forbidden(json.untimely),
    "unknown key": forbidden(json["unknown key"]),
    "wrong token": forbidden(json["wrong token"]),
    "expired token": forbidden(json["expired token"]),
  },
  s3: {
    unsigned: { code: "AccessDenied", message: "Access Denied" },
    incomplete: {
      code: "AuthorizationHeaderMalformed",
      message: "",
      prefix: "The authorization header is malformed; ",
    },
    "incomplete query": {
      code: "AuthorizationQueryParametersError",
      message: "",
    },
    mismatch: {
      code: "SignatureDoesNotMatch",
      message:
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    },
    untimely: {
      code: "RequestTimeTooSkewed",
      message:
        "The difference between the request time and the current time is too large.",
    },
    "unknown key": {
      code: "InvalidAccessKeyId",
      message:
        "The AWS Access Key Id you provided does not exist in our records.",
    },
    "wrong token": {
      code: "InvalidToken",
      message: "The provided token is malformed or otherwise invalid.",
    },
    "expired token": {
      code: "ExpiredToken",
      message: "The provided token has expired.",
      status: 400,
    },
  },
  ec2: {
    ...query,
    mismatch: { code: "AuthFailure", message: unvalidated },
    untimely: { code: "RequestExpired", message: requestExpired },
    "unknown key": { code: "AuthFailure", message: unvalidated },
    "wrong token": { code: "AuthFailure", message: unvalidated },
    "expired token": { code: "RequestExpired", message: requestExpired },
  },
};

const wordingOf = (service: string, fault: Fault): Wording =>
  wordings[dialects.get(service) ?? "query"][fault];

/**
 * The error of a service, by the name that requests to it are signed for. `message`: where the
 * service says more than which fault it is.
 */
export function signatureError(
  service: string,
  fault: Fault,
  message?: string,
  details: Readonly<Record<string, string>> = {},
): AwsError {
  const { code, status, prefix = "", ...wording } = wordingOf(service, fault);
  return new AwsError(code, prefix + (message ?? wording.message), {
    ...(status === undefined ? {} : { status }),
    details,
  });
}
