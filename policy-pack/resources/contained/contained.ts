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
  /** "the resource Deploy (AWS::IAM::Role)" */
  readonly what: string;
  /** Why; of a value that will be known, the deployment tells. */
  readonly value: Unknown;
}
