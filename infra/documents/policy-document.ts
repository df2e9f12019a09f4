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
  | "DateLessThan"
  | "Null"
  | "NumericGreaterThanEqualsIfExists"
  | "NumericLessThan"
  | "StringEquals"
  | "StringLike";

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

/** Who is trusted, which decides the call that takes the role. */
export type TrustedPrincipal =
  | { readonly AWS: readonly string[] }
  | { readonly Federated: readonly string[] };

export interface TrustStatement extends StatementBase {
  readonly Principal: TrustedPrincipal;
  readonly Action: readonly string[];
}

/** A statement of a policy that hangs on a resource: on a topic, or a key. */
export interface ResourceStatement extends StatementBase {
  readonly Principal:
    | "*"
    | { readonly AWS: readonly string[] }
    | { readonly Service: readonly string[] };
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

export interface PolicyDocument<S extends StatementBase = IdentityStatement> {
  readonly Version: "2012-10-17";
  readonly Statement: readonly S[];
}

export type TrustPolicy = PolicyDocument<TrustStatement>;
export type ResourcePolicy = PolicyDocument<ResourceStatement>;

export const policyDocument = <S extends StatementBase>(
  ...statements: readonly S[]
): PolicyDocument<S> => ({ Version: "2012-10-17", Statement: statements });

/** The text as it goes to IAM. IAM does not count white space; this has none outside strings. */
export const documentText = (document: PolicyDocument<StatementBase>): string =>
  JSON.stringify(document);

interface AllowArgs {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Condition;
}

export const allow = (args: AllowArgs): IdentityStatement => ({
  Sid: args.sid,
  Effect: "Allow",
  Action: args.actions,
  Resource: args.resources,
  ...(args.condition && { Condition: args.condition }),
});

/** A deny may also name what it spares: an Allow that did would give what AWS adds tomorrow. */
type DenyArgs = Pick<AllowArgs, "sid" | "condition"> &
  (
    | Pick<AllowArgs, "actions">
    | { readonly notActions: readonly string[]; readonly actions?: never }
  ) &
  (
    | Pick<AllowArgs, "resources">
    | { readonly notResources: readonly string[]; readonly resources?: never }
  );

export const deny = (args: DenyArgs): IdentityStatement => ({
  Sid: args.sid,
  Effect: "Deny",
  ...("notActions" in args
    ? { NotAction: args.notActions }
    : { Action: args.actions }),
  ...("notResources" in args
    ? { NotResource: args.notResources }
    : { Resource: args.resources }),
  ...(args.condition && { Condition: args.condition }),
});

/** The one way to make a trust policy; without a condition there is none. */
export const trustDocument = (args: {
  readonly sid: string;
  readonly principal: TrustedPrincipal;
  readonly condition: Condition;
}): TrustPolicy =>
  policyDocument({
    Sid: args.sid,
    Effect: "Allow",
    Principal: args.principal,
    Action: [
      "Federated" in args.principal
        ? "sts:AssumeRoleWithWebIdentity"
        : "sts:AssumeRole",
    ],
    Condition: args.condition,
  });

/** What a role asks of the session that takes it; unset means any age will do. */
export interface MfaRequirement {
  /** Seconds since the MFA code was given. */
  readonly mfaMaxAgeSeconds?: number | undefined;
}

/**
 * Met only by a session that was opened with MFA, and recently enough where an age is given.
 *
 * `Bool` and `NumericLessThan` without `IfExists`: both fail when the key is missing, and a
 * request signed with a long-term access key carries neither. Source: AWS documentation, "AWS
 * global condition context keys", aws:MultiFactorAuthPresent and aws:MultiFactorAuthAge.
 */
export const withMfa = ({ mfaMaxAgeSeconds }: MfaRequirement): Condition => ({
  Bool: { "aws:MultiFactorAuthPresent": "true" },
  ...(mfaMaxAgeSeconds !== undefined && {
    NumericLessThan: { "aws:MultiFactorAuthAge": String(mfaMaxAgeSeconds) },
  }),
});
