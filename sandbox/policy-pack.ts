import { join } from "node:path";
import { checkout } from "./engine/paths";

/** What has Pulumi judge a stack by the policy pack; npm's scripts compile it first. */
export const underPolicyPack: readonly string[] = [
  "--policy-pack",
  join(checkout, "policy-pack"),
];
