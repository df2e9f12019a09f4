import type { Resource } from "../resources/resource";
import type { Finding } from "./finding";

/** What is wrong by itself, without a request that shows it. */
export const wrong = (
  resource: Resource | undefined,
  problem: string,
  remedy: string,
): Finding => ({ kind: "wrong", resource, problem, witness: [], remedy });
