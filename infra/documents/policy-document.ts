/**
 * IAM documents as plain, immutable data.
 *
 * The types hold what this program writes, not all that IAM reads: a statement always has a Sid,
 * lists are always lists, and trust and identity statements can't be mixed up.
 */

export type ConditionOperator =
  | "ArnLike"
  | "Bool"
  | "BoolIfExists"
  | "Null"
  | "NumericLessThan"
  | "StringEquals";

export type Condition = Readonly<
  Partial<
    Record<
      ConditionOperator,
      Readonly<Record<string, string | readonly string[]>>
    >
  >
>;

interface StatementBase {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Condition?: Condition;
}

type Actions =
  | { readonly Action: readonly string[]; readonly NotAction?: never }
  | { readonly NotAction: readonly string[]; readonly Action?: never };

type Resources =
  | { readonly Resource: readonly string[]; readonly NotResource?: never }
  | { readonly NotResource: readonly string[]; readonly Resource?: never };

export type IdentityStatement = StatementBase & Actions & Resources;

export interface TrustStatement extends StatementBase {
  readonly Principal: { readonly AWS: readonly string[] };
  readonly Action: readonly string[];
}

export interface PolicyDocument<S extends StatementBase = IdentityStatement> {
  readonly Version: "2012-10-17";
  readonly Statement: readonly S[];
}

export type TrustPolicy = PolicyDocument<TrustStatement>;

export const policyDocument = <S extends StatementBase>(
  ...statements: readonly S[]
): PolicyDocument<S> => ({ Version: "2012-10-17", Statement: statements });

/** The text as it goes to IAM. IAM does not count white space; this has none outside strings. */
export const documentText = (document: PolicyDocument<StatementBase>): string =>
  JSON.stringify(document);

export const allow = (
  sid: string,
  resources: readonly string[],
  actions: readonly string[],
  condition?: Condition,
): IdentityStatement => ({
  Sid: sid,
  Effect: "Allow",
  Action: actions,
  Resource: resources,
  ...(condition === undefined ? {} : { Condition: condition }),
});
