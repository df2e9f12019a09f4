const source = (pattern: string): string =>
  `^${pattern
    .replace(/[^\w*?]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".")}$`;

/** What a pattern of actions means, as policies write them: `iam:Get*`, in whatever case. */
export const actionPattern = (pattern: string): RegExp =>
  new RegExp(source(pattern), "i");

/** What a pattern of ARNs means, as policies write them. */
export const resourcePattern = (pattern: string): RegExp =>
  new RegExp(source(pattern));
