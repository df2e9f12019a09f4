import type {
  LiveIdentity,
  LiveRole,
  LiveUser,
} from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import { finding, type Findings } from "../findings";

/**
 * The program makes all at "/". The path is a part of the ARN that policies name: a user elsewhere has no
 * self-service, and a role elsewhere is not the one that groups may take.
 */
export function* pathFindings(
  account: NamedAccount,
  { name, arn, path }: LiveIdentity,
): Findings {
  if (path === "/") return;
  const message = `${name} in ${account.name} has the path ${path}, and the config says /`;
  yield finding("path-differs", account, arn, message);
}

/** @param meant the ARN; null: there should be none */
export function* boundaryFindings(
  account: NamedAccount,
  { name, arn, boundary }: LiveUser | LiveRole,
  meant: string | null,
): Findings {
  if (boundary === (meant ?? undefined)) return;
  const message = `${name} in ${account.name} has ${boundary ?? "no permissions boundary"}, and the config says ${meant ?? "that there is none"}`;
  yield finding("boundary-differs", account, arn, message);
}

/**
 * Policies tell identities apart by their tags. Those that AWS sets itself are nobody's to change.
 * Source: AWS documentation, "Tag naming limits and requirements", reserved tags.
 */
export function* tagFindings(
  account: NamedAccount,
  { name, arn, tags }: LiveUser | LiveRole,
  meant: Readonly<Record<string, string>>,
): Findings {
  const keys = new Set([...Object.keys(tags), ...Object.keys(meant)]);
  for (const key of keys) {
    if (key.startsWith("aws:") || tags[key] === meant[key]) continue;
    const message = `the tag ${key} of ${name} in ${account.name} is ${shown(tags[key])}, and the config says ${shown(meant[key])}`;
    yield finding("tags-differ", account, arn, message);
  }
}

const shown = (value: string | undefined): string =>
  value === undefined ? "not there" : JSON.stringify(value);
