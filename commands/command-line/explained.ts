import { isThrottlingError } from "@smithy/core/retry";
import { withoutSecrets } from "../../infra/config/secret-text";

/** What helps where AWS misbehaves. */
const help = {
  expired:
    "the AWS credentials have expired. Fix: sign in again, and run the command again.",
  denied:
    "these credentials may not do that. Fix: run the command again with some that may, or where nothing denies it any more.",
  silent:
    "AWS did not answer, however often it was asked. Fix: see whether the network, or a proxy, lets requests through, and run the command again.",
  throttled:
    "AWS throttles the account's calls, also when they are tried again. Fix: run the command again when less goes on in the account.",
  failing:
    "AWS fails, however often it is asked. Fix: run the command again, later if https://health.aws.amazon.com says so.",
  notSeen:
    "it is not there, or AWS does not know it everywhere yet, where it was just made. Fix: run the command again.",
  cutOff:
    "no connection to AWS held, however often it was tried. Fix: see whether the network, or a proxy, lets requests through, and run the command again.",
} as const;

/** Names of the errors of the AWS SDK that an author can do something about. */
const remedies: ReadonlyMap<string, string> = new Map([
  ["AccessDenied", help.denied],
  ["ExpiredToken", help.expired],
  ["RequestExpired", help.expired],
]);

function withoutCredentials(): string {
  const profile = process.env["AWS_PROFILE"];
  return profile === undefined
    ? "no AWS credentials were found. Fix: set AWS_PROFILE, or sign in, with credentials that may take the " +
        "deployment role in each account, and run the command again."
    : `no AWS credentials were found by AWS_PROFILE, which is ${JSON.stringify(profile)}. Fix: name one of ` +
        "those that `aws configure list-profiles` lists, sign in with it, and run the command again.";
}

const withoutTerminal =
  "There is no terminal to ask for the code on. Fix: run the command under `aws-vault exec <profile> --`, " +
  "or sign in where there is a terminal and hand the session over with " +
  '`eval "$(aws configure export-credentials --profile <profile> --format env)"`.';

/** What went wrong, and what to do about it where that is known; a token that was typed is not repeated. */
export const explained = (error: unknown): string =>
  withoutSecrets(wordsFor(error));

function wordsFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // As the SDK says that there is nobody to ask.
  if (error.message.includes("no MFA code callback was provided"))
    return `${error.message} ${withoutTerminal}`;
  const remedy = remedyFor(error);
  const told = messageOf(error);
  return remedy === undefined ? told : `${told}: ${remedy}`;
}

/** The same, with AWS's name for it before it. */
export const explainedByName = (error: unknown): string =>
  error instanceof Error
    ? `${error.name}: ${explained(error)}`
    : explained(error);

/** Node.js says nothing where it tried several addresses. */
const messageOf = (error: Error): string =>
  error.message === "" && error instanceof AggregateError
    ? error.errors.map((one) => messageOf(one as Error)).join("; ")
    : error.message;

function remedyFor(error: Error): string | undefined {
  if (error.name === "CredentialsProviderError") return withoutCredentials();
  const known = remedies.get(error.name.replace(/Exception$/, ""));
  if (known !== undefined) return known;
  const { $metadata, code } = error as {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly code?: unknown;
  };
  if (error.name === "LimitExceededException") return undefined;
  if (isUnanswered(error)) return help.silent;
  if (isThrottlingError(error)) return help.throttled;
  if (($metadata?.httpStatusCode ?? 0) >= 500) return help.failing;
  if (typeof code === "string" && networkErrors.has(code)) return help.cutOff;
  return undefined;
}

/** In what Pulumi prints of AWS's errors: by their codes, and as Go and Node.js say that a connection ended. */
const printedErrors: readonly (readonly [RegExp, string])[] = [
  [/\b(ExpiredToken|RequestExpired)/, help.expired],
  [/\b(AccessDenied|UnauthorizedOperation)/, help.denied],
  [/\b(Throttling|TooManyRequests|RequestLimitExceeded)/, help.throttled],
  [
    /\b(ServiceFailure|InternalFailure|InternalError|ServiceUnavailable|StatusCode: 5\d\d)/,
    help.failing,
  ],
  [/\bNoSuchEntity/, help.notSeen],
  [
    /\b(ECONNRE\w+|ENOTFOUND|EPIPE|socket hang up|connection re(set|fused)|no such host)\b/,
    help.cutOff,
  ],
];

/** What helps by an error that another program has printed; undefined: it is not known, or said already. */
export const remedyInPrinted = (printed: string): string | undefined =>
  printed.includes("Fix: ")
    ? undefined
    : printedErrors.find(([error]) => error.test(printed))?.[1];

/** The SDK says so of connections that ended, too: those have a code. */
export const isUnanswered = (error: unknown): error is Error =>
  error instanceof Error &&
  error.name === "TimeoutError" &&
  ((error as { readonly code?: unknown }).code ?? "ETIMEDOUT") === "ETIMEDOUT";

const networkErrors: ReadonlySet<string> = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);
