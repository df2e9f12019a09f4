import type {
  LiveIdentity,
  LiveRole,
  LiveUser,
} from "../../accounts/live-account";
import { mayCall, rolePermissions } from "../../accounts/permissions";
import { unlessUnreadable } from "../../accounts/documents";
import type { NamedAccount } from "../../accounts/organisation";
import { finding, type Findings } from "../findings";

/**
 * A boundary that the config names, the program does not make: what it should allow is not known, but a role that
 * may do something without it should within it. A document that can't be read, the comparison tells.
 */
export function* closedFindings(
  account: NamedAccount,
  role: LiveRole,
): Findings {
  const { name, arn, boundary } = role;
  if (boundary === undefined) return;
  const permissions = unlessUnreadable(() =>
    rolePermissions(account.live, role),
  );
  if (typeof permissions === "string") return;
  const free = mayCall({ ...permissions, boundary: undefined }, []);
  const within = mayCall(permissions, []);
  if (free.answer === "closed" || within.answer === "open") return;
  const who = `${name} in ${account.name}`;
  yield within.answer === "closed"
    ? finding(
        "boundary-closes-all",
        account,
        arn,
        `${who} may do nothing of what its policies allow, within the boundary ${boundary}`,
      )
    : finding(
        "comparison-undecided",
        account,
        arn,
        `${who} may do nothing within the boundary ${boundary}: ${within.why}`,
        // No stack of the program's makes it.
        "simplify the boundary's conditions until they can be decided, and set that version as its default (aws iam set-default-policy-version), or deploy the stack that makes it.",
      );
}

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
