/** The id of the account that the ARN is in; "" where it is in none. */
export const accountIn = (arn: string): string => arn.split(":")[4] ?? "";

/** `user`, `group` or `role`, as the ARN says. */
export const kindOf = (arn: string): string =>
  /^arn:[^:]+:iam::\d+:(\w+)\//.exec(arn)?.[1] ?? "identity";

/** The user's name, without its path; undefined: it is no user's. */
export const userIn = (arn: string): string | undefined =>
  /:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
