import type { Resource } from "../resource";
import type { Unknown } from "../unknown";

/** What a resource holds, as a template does. */
export interface Contained {
  /** As if the program made them. */
  readonly resources: readonly Resource[];
  readonly unread: readonly UnreadPart[];
}

/** A part of it that nobody here can read. */
export interface UnreadPart {
  /** "what Deploy (AWS::IAM::Role) makes" */
  readonly what: string;
  /** One that is judged as if it were made: not certain is what it takes away, as by a Deny. */
  readonly perhaps?: Resource;
  /** Why; of a value that will be known, the deployment tells. */
  readonly value: Unknown;
}
