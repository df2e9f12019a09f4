import {
  isThrottlingError,
  isTransientError,
  StandardRetryStrategy,
} from "@smithy/core/retry";

/** As often as the real provider tries a call, unless it is told otherwise (`maxRetries`). */
const attempts = 25;

type Refresh = StandardRetryStrategy["refreshRetryTokenForRetry"];
type Failure = Parameters<typeof isTransientError>[0];
type Kind = Parameters<Refresh>[1]["errorType"];

/** How often and when a call is tried again, as the real provider does. */
class Retries extends StandardRetryStrategy {
  constructor() {
    super(attempts);
  }

  override async refreshRetryTokenForRetry(
    ...[token, failed]: Parameters<Refresh>
  ): ReturnType<Refresh> {
    // The JavaScript SDK takes a full quota for throttling; the real provider's does not.
    if (isQuota(failed.error)) throw new Error("a quota stays as it is");
    return super.refreshRetryTokenForRetry(token, failed);
  }
}

const isQuota = (error: unknown): boolean =>
  error instanceof Error && error.name === "LimitExceededException";

/** For a client of the SDK. */
export const clientRetries = () => ({ retryStrategy: new Retries() });

/** Does the work until it is done, or until it fails in a way that another try does not change. */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  const retries = new Retries();
  let token = await retries.acquireInitialRetryToken("");
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      const error = thrown as Failure;
      const failed = { error, errorType: kindOf(error) };
      const next = retries.refreshRetryTokenForRetry(token, failed);
      token = await next.catch(() => Promise.reject(thrown as Error));
    }
  }
}

const kindOf = (error: Failure): Kind => {
  if (isThrottlingError(error)) return "THROTTLING";
  // As `fetch` says that a connection ended.
  const isCutOff =
    error instanceof TypeError && error.message === "fetch failed";
  return isCutOff || isTransientError(error) ? "TRANSIENT" : "CLIENT_ERROR";
};
