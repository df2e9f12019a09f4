/** Names of the errors of the AWS SDK that an author can do something about. */
const remedies: ReadonlyMap<string, string> = new Map([
  [
    "CredentialsProviderError",
    "no AWS credentials were found. Set AWS_PROFILE, or sign in, with credentials that may take the " +
      "deployment role in each account, and run the command again.",
  ],
  [
    "ExpiredToken",
    "the AWS credentials have expired. Sign in again, and run the command again.",
  ],
]);

/** What went wrong, and what to do about it where that is known. */
export function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const remedy = remedies.get(error.name.replace(/Exception$/, ""));
  return remedy === undefined ? error.message : `${error.message}: ${remedy}`;
}
