import type { Resource } from "../resources/resource";
import type { HolderKind } from "./forms";
import type { Reference } from "./holder";
import type { HeldPolicy, PolicyForm, PolicyName } from "./identity";

/** That a resource gives policies to a user, group or role. */
export interface PolicyGrant {
  readonly kind: HolderKind;
  readonly resource: Resource;
  readonly to: Reference;
  readonly policies: readonly HeldPolicy[];
  readonly lists: readonly ExclusiveList[];
  readonly boundary?: HeldPolicy | undefined;
}

/** All policies of one form that its resource leaves the holder. */
export interface ExclusiveList {
  readonly form: PolicyForm;
  readonly names: readonly PolicyName[];
}
