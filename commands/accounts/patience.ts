import { AdaptiveRetryStrategy } from "@smithy/core/retry";
import { isUnanswered } from "../command-line/explained";

/** How often a call is tried, and how often one that nobody answers. */
const attempts = { most: 10, unanswered: 3 } as const;

/** Milliseconds until a call counts as unanswered: a minute and a half in all. */
const silence = {
  connectionTimeout: 5_000,
  requestTimeout: 30_000,
  socketTimeout: 30_000,
  throwOnRequestTimeout: true,
} as const;

type Refresh = AdaptiveRetryStrategy["refreshRetryTokenForRetry"];

/**
 * IAM throttles by account. Adaptive: the SDK slows down by itself when AWS asks for it, and tries
 * again with growing pauses, for two minutes at most.
 */
class Patience extends AdaptiveRetryStrategy {
  constructor() {
    super(attempts.most);
  }

  override async refreshRetryTokenForRetry(
    ...[token, failed]: Parameters<Refresh>
  ): ReturnType<Refresh> {
    const tried = token.getRetryCount() + 1;
    // The SDK takes a full quota for throttling; it stays full.
    const isVain =
      failed.error?.name === "LimitExceededException" ||
      (isUnanswered(failed.error) && tried >= attempts.unanswered);
    if (isVain) throw new Error("not tried again");
    return super.refreshRetryTokenForRetry(token, failed);
  }
}

/** For the clients of one account: what one of them learns of its limits holds for all. */
export const newPatience = () => ({
  retryStrategy: new Patience(),
  requestHandler: silence,
});
