import { AwsError } from "../errors";

type ErrorKind = "throttling" | "internal-failure" | "service-unavailable";

interface Wording {
  readonly code: string;
  readonly status: number;
}

/** The query protocol's common errors; services that speak JSON append "Exception". */
const usual: Readonly<Record<ErrorKind, Wording>> = {
  throttling: { code: "Throttling", status: 400 },
  "internal-failure": { code: "InternalFailure", status: 500 },
  "service-unavailable": { code: "ServiceUnavailable", status: 503 },
};

/** What a service calls otherwise. Sources: the API references, common errors and errors of actions. */
const ofService: ReadonlyMap<
  string,
  Partial<Readonly<Record<ErrorKind, Wording>>>
> = new Map([
  ["iam", { "internal-failure": { code: "ServiceFailure", status: 500 } }],
  ["sns", { "internal-failure": { code: "InternalError", status: 500 } }],
  ["events", { "internal-failure": { code: "Internal", status: 500 } }],
  ["kms", { "internal-failure": { code: "KMSInternal", status: 500 } }],
  ["dynamodb", { "internal-failure": { code: "InternalServer", status: 500 } }],
  ["organizations", { throttling: { code: "TooManyRequests", status: 400 } }],
  [
    "access-analyzer",
    {
      throttling: { code: "Throttling", status: 429 },
      "internal-failure": { code: "InternalServer", status: 500 },
    },
  ],
  [
    "s3",
    {
      throttling: { code: "SlowDown", status: 503 },
      "internal-failure": { code: "InternalError", status: 500 },
    },
  ],
  [
    "ec2",
    {
      throttling: { code: "RequestLimitExceeded", status: 503 },
      "internal-failure": { code: "InternalError", status: 500 },
      "service-unavailable": { code: "Unavailable", status: 503 },
    },
  ],
]);

const messages: Readonly<Record<ErrorKind, string>> = {
  throttling: "Rate exceeded",
  "internal-failure":
    "The request processing has failed because of an unknown error, exception or failure.",
  "service-unavailable":
    "The request has failed due to a temporary failure of the server.",
};

/** The error as the service words it, which its own protocol carries. */
export function faultError(service: string, kind: ErrorKind): AwsError {
  const { code, status } = ofService.get(service)?.[kind] ?? usual[kind];
  return new AwsError(code, messages[kind], { status });
}
