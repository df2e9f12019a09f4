/** The accounts of the pack's default config, and one that it does not name. */
export const bastion = "111111111111";
export const dev = "222222222222";
export const prod = "033333333333";
export const foreign = "444444444444";

export type Statement = Readonly<Record<string, unknown>>;

export const document = (...statements: readonly Statement[]) => ({
  Version: "2012-10-17",
  Statement: statements,
});

export const json = (...statements: readonly Statement[]): string =>
  JSON.stringify(document(...statements));

export const mfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
export const freshMfa = {
  ...mfa,
  NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
};

export const root = (account: string): string => `arn:aws:iam::${account}:root`;

/** A statement of a trust policy. */
export const trusts = (
  principal: unknown,
  more: Statement = {},
): Statement => ({
  Effect: "Allow",
  Principal: principal,
  Action: "sts:AssumeRole",
  ...more,
});

/** The bastion's people; left out, `condition` is MFA of any age. */
export const people = (condition: object = mfa): Statement =>
  trusts({ AWS: root(bastion) }, { Condition: condition });

export const service = trusts({ Service: "lambda.amazonaws.com" });

export const allow = (
  action: unknown,
  resource: unknown = "*",
  more: Statement = {},
): Statement => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...more,
});

export const deny = (action: unknown, resource: unknown = "*"): Statement => ({
  Effect: "Deny",
  Action: action,
  Resource: resource,
});

export const everything = allow("*");
export const readsBuckets = allow("s3:Get*");

/** A statement of a bucket's policy. */
export const reads = (principal: unknown, condition?: object): Statement => ({
  ...allow("s3:GetObject"),
  Principal: principal,
  ...(condition && { Condition: condition }),
});

export const equals = (key: string, value: string) => ({
  StringEquals: { [key]: value },
});
export const like = (key: string, value: string) => ({
  ArnLike: { [key]: value },
});
