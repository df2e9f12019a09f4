/** What a pattern of actions means, as policies write them: `iam:Get*`, in whatever case. */
export const actionPattern = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[^\w*?]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "i",
  );
