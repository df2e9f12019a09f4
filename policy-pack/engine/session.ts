import type { Organisation } from "../organisation/organisation";
import type { Properties } from "../resources/plain-object";

/** What one run of the pack has been told so far: the engine starts a process for each. */
export class Session {
  /** undefined: the policy `organisation`, which stands first, is disabled. */
  organisation: Organisation | undefined;

  /**
   * What the program asks for, by URN. At the end the engine shows the resources' outputs, which
   * may still hold what another resource has just taken away, such as a role's attachments.
   */
  readonly inputs = new Map<string, Properties>();
}
