import type { Sandbox } from "../../../sandbox/sandbox";
import type { Stack } from "../../../sandbox/stack";

/** Both stacks by the committed files, deployed once for several tests. */
export interface Deployed {
  readonly sandbox: Sandbox;
  readonly bastion: Stack;
  readonly workload: Stack;
}
