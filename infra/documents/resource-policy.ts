import type { Condition } from "./policy-document";

/** A statement of a policy that hangs on a resource: on a topic, or a key. */
export interface ResourceStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal:
    | "*"
    | { readonly AWS: readonly string[] }
    | { readonly Service: readonly string[] };
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}
