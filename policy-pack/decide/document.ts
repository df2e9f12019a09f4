import type { Operator } from "./operator";
import type { Template } from "./text/template";

/** An IAM document, read: every form that a person may write it in looks like this. */
export interface Document {
  readonly statements: readonly Statement[];
}

/** Each of them must allow, by one of its documents. */
export type Layers = readonly (readonly Document[])[];

export interface Statement {
  /** Place in the document, from 1. */
  readonly number: number;
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  readonly actions: Choice | undefined;
  readonly resources: Choice | undefined;
  readonly principals: PrincipalChoice | undefined;
  readonly conditions: readonly Condition[];
}

/** `Action` and `NotAction`, `Resource` and `NotResource`. */
export interface Choice {
  readonly mode: "these" | "all but these";
  readonly values: readonly Template[];
}

/** `Principal` and `NotPrincipal`. */
export interface PrincipalChoice {
  readonly mode: "these" | "all but these";
  readonly principals: readonly PrincipalEntry[];
}

export type PrincipalEntry =
  | { readonly kind: "everyone" }
  | { readonly kind: "account"; readonly account: string }
  | { readonly kind: "user"; readonly arn: string }
  | { readonly kind: "role"; readonly arn: string }
  | {
      readonly kind: "role session" | "federated user";
      readonly arn: string;
    }
  | { readonly kind: "service"; readonly name: string }
  | { readonly kind: "federated"; readonly provider: string }
  /** A unique id: all that is left in a document of a user or role that was deleted. */
  | { readonly kind: "unique id"; readonly id: string }
  | { readonly kind: "canonical user"; readonly id: string };

/** One key of one operator: the document ands these together. */
export interface Condition {
  /** Lower case: keys are case-insensitive, their values are not. */
  readonly key: string;
  /** The key as the document has it. */
  readonly writtenKey?: string;
  readonly operatorName: string;
  /** undefined: IAM has no such operator, so nobody can tell what the condition does. */
  readonly operator: Operator | undefined;
  readonly values: readonly Template[];
}

/** What a finding calls a statement. */
export const statementName = ({ number, sid }: Statement): string =>
  sid === undefined ? `statement ${number}` : `statement ${number} ("${sid}")`;
