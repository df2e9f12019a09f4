import type { ServiceName } from "./service-model";

type Words = (name: string) => string;

const invalid =
  (what: string): Words =>
  (name) =>
    `The specified value for ${name} is invalid. It must ${what}`;

/**
 * Patterns whose breach IAM tells in words of its own, once all else is right: of names and paths.
 * Source: what IAM answers, as its users quote it (hashicorp/vault#567, app-sre/qontract-reconcile#2640).
 */
const iam: Readonly<Record<string, Words>> = {
  "[\\w+=,.@-]+": invalid(
    "contain only alphanumeric characters and/or the following: +=,.@_-",
  ),
  "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)": invalid(
    "begin and end with / and contain only alphanumeric characters and/or / characters.",
  ),
  "\\u002F[\\u0021-\\u007F]*": invalid(
    "begin with / and contain only alphanumeric characters and/or / characters.",
  ),
};

/** How the service says that a parameter is not of the pattern; undefined where it says so as all do. */
export const ownWords = (
  service: ServiceName,
  pattern: string,
): Words | undefined => (service === "iam" ? iam[pattern] : undefined);
