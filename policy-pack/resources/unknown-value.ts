import type { Path } from "./path";
import type { Resource } from "./resource";

/** A property, or what lies in one, whose value nobody knows yet. */
export interface UnknownValue {
  readonly resource: Resource;
  readonly path: Path;
}
