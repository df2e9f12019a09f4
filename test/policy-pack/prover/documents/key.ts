import type { Formula, Text } from "../smt/formula";

/** A key of the request context. */
export interface Key {
  readonly isPresent: Formula;
  /** One, or as many as the documents can tell apart. */
  readonly values: readonly Value[];
  /** What a policy variable of this name is, where it is known. */
  readonly constant?: string;
}

export type Value =
  | { readonly kind: "text"; readonly text: Text }
  | {
      readonly kind: "number";
      /** In decimal digits. */
      readonly text: Text;
      /** How many digits each has; undefined: as many as it needs. */
      readonly width: number | undefined;
    }
  /** Seconds since 1970. */
  | { readonly kind: "time"; readonly number: string }
  | {
      readonly kind: "address";
      readonly number: string;
      readonly isV6: Formula;
    };
