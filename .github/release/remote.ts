/**
 * The address of the repository on GitHub that a remote leads to, as https://github.com/acme/bastion.
 *
 * @throws Error where the remote is none of GitHub's
 */
export function addressOf(remote: string): string {
  const [, host = "", repository = ""] =
    /^(?:https:\/\/|ssh:\/\/git@|git@)(?:[^@/]*@)?([\w.-]+)[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(
      remote.trim(),
    ) ?? [];
  if (host !== "") return `https://${host}/${repository}`;
  // It may hold a token, so it is not repeated.
  throw new Error(
    "The remote origin: found none of the form https://github.com/<owner>/<name>; expected the repository that releases. Fix: git remote set-url origin https://github.com/<owner>/<name>.git",
  );
}
