import type { Path } from "../resources/path";
import type { Resource } from "../resources/resource";
import type { HolderForm, HolderKind } from "./forms";

/** A user, group or role of the stack. */
export interface Holder {
  readonly kind: HolderKind;
  readonly form: HolderForm;
  readonly resource: Resource;
  readonly name: string | undefined;
}

/** Whom a property of some resource names. */
export type Reference =
  | { readonly kind: "holder"; readonly holder: Holder }
  /** One that this stack does not make. */
  | { readonly kind: "external"; readonly name: string }
  | { readonly kind: "unknown"; readonly path: Path };
