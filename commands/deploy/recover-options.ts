import type { Setting } from "./config-copy";

/** The keys that say by which role, and with which token, an account is reached: recover reads it itself. */
const optionOf: Readonly<Record<string, string>> = {
  deploymentRole: "--role",
  webIdentityTokenFile: "--token-file",
};

/** What `npm run recover` is told of the config that this run has beside the files. */
export const accountOptions = (
  settings: readonly Setting[],
): readonly string[] =>
  Object.entries(optionOf).flatMap(([key, option]) => {
    const said = settings.findLast(([name]) => name.split(":").at(-1) === key);
    const value = said?.[1] ?? "";
    // "none" is no role: the caller's own credentials then reach the account.
    return value === "" || value === "none" ? [] : [option, value];
  });
