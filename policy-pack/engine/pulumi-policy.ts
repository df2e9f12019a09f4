import type { Policies } from "@pulumi/policy";

/** One policy, as the engine runs it; the package names only the list of them. */
export type Policy = Policies[number];
