import { isThrottlingError } from "@smithy/core/retry";

/** Names of the errors of the AWS SDK that an author can do something about. */
const remedies: ReadonlyMap<string, string> = new Map([
  [
    "CredentialsProviderError",
    "no AWS credentials were found. Set AWS_PROFILE, or sign in, with credentials that may take the " +
      "deployment role in each account, and run the command again.",
  ],
  [
    "AccessDenied",
    "these credentials may not do that. Fix: run the command again with some that may, or where nothing denies it any more.",
  ],
  ["ExpiredToken", expired()],
  ["RequestExpired", expired()],
]);

function expired(): string {
  return "the AWS credentials have expired. Fix: sign in again, and run the command again.";
}

const withoutTerminal =
  "There is no terminal to ask for the code on. Fix: run the command under `aws-vault exec <profile> --`, " +
  "or sign in where there is a terminal and hand the session over with " +
  '`eval "$(aws configure export-credentials --profile <profile> --format env)"`.';

/** What went wrong, and what to do about it where that is known. */
export function explained(error: unknown): string {
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
  const known = remedies.get(error.name.replace(/Exception$/, ""));
  if (known !== undefined) return known;
  const { $metadata, code } = error as {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly code?: unknown;
  };
  if (error.name === "LimitExceededException") return undefined;
  if (isUnanswered(error))
    return "AWS did not answer, however often it was asked. Fix: see whether the network, or a proxy, lets requests through, and run the command again.";
  if (isThrottlingError(error))
    return "AWS throttles the account's calls, also when they are tried again. Fix: run the command again when less goes on in the account.";
  if (($metadata?.httpStatusCode ?? 0) >= 500)
    return "AWS fails, however often it is asked. Fix: run the command again, later if https://health.aws.amazon.com says so.";
  if (typeof code === "string" && networkErrors.has(code))
    return "no connection to AWS held, however often it was tried. Fix: see whether the network, or a proxy, lets requests through, and run the command again.";
  return undefined;
}

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
