import fc from "fast-check";
import { seed } from "../../../run/property-tests";
import type { Answered } from "./requests";

/** Requests under the same policies: to set those takes most of the time. */
const batchSize = 10;

/** After these a topic or a key is not what it was when the session began. */
const changing = /^(sns:DeleteTopic|kms:PutKeyPolicy)$/;

/**
 * All of them once, in another order each round. Taking a role is in every batch: nothing else is decided by
 * a trust policy.
 */
export function batchesOf(
  all: readonly Answered[],
  round: number,
): readonly (readonly Answered[])[] {
  const [shuffled = []] = fc.sample(
    fc.shuffledSubarray([...all], { minLength: all.length }),
    { seed: seed + round, numRuns: 1 },
  );
  const batches: Answered[][] = [];
  while (shuffled.length > 0) batches.push(shuffled.splice(0, batchSize));
  const taking = all.filter(({ action }) => action === "sts:AssumeRole");
  const isLast = ({ action }: Answered) => Number(changing.test(action));
  return batches.map((batch) =>
    [...batch, ...taking].sort((one, other) => isLast(one) - isLast(other)),
  );
}
