import { withMfaOfAge } from "../../policy-pack/decide/mfa";
import { requestBeyond } from "../../policy-pack/decide/beyond";
import type { Document } from "../../policy-pack/decide/document";
import { placesOf, readPolicies } from "../accounts/documents";
import type {
  LiveAccount,
  LiveIdentity,
  LiveUser,
} from "../accounts/live-account";
import { anyRealRequest, realRequestWords } from "../requests/real-request";
import { permissionsLeft } from "./permissions";
import type { Removal } from "./removal";

/**
 * What a removal opens to one of the users: it takes a Deny away, which closes what the user may
 * otherwise do with MFA. What a Deny closes without MFA is the pattern's own to close.
 *
 * @param keep names of users and groups that keep what they have
 * @returns one line, or none where it opens nothing to anybody.
 * @throws UnreadableDocument
 */
export function firstOpenedBy(
  removal: Removal,
  account: LiveAccount,
  users: readonly LiveUser[],
  keep: ReadonlySet<string>,
): readonly string[] {
  const denials = documentsGoing(removal, account)
    .map(({ statements }) => ({
      statements: statements.filter(({ effect }) => effect === "Deny"),
    }))
    .filter(({ statements }) => statements.length > 0);
  if (denials.length === 0) return [];
  for (const user of users) {
    const opened = openedTo(user, denials, account, keep);
    if (opened !== undefined) return [opened];
  }
  return [];
}

function openedTo(
  user: LiveUser,
  denials: readonly Document[],
  account: LiveAccount,
  keep: ReadonlySet<string>,
): string | undefined {
  const left = permissionsLeft(account, user, keep);
  const { caller, documents, boundary } = left;
  const given = [...caller.given, ...withMfaOfAge(0).given];
  const beyond = requestBeyond(
    left,
    { documents: [...documents, ...denials], boundary },
    { ...caller, given },
    anyRealRequest,
  );
  if (beyond.answer === "closed") return undefined;
  const places = placesOf(denials.flatMap(({ statements }) => statements));
  const what =
    beyond.answer === "open"
      ? realRequestWords(beyond.question, beyond.witness)
      : `something (not decided: ${beyond.why})`;
  return `a Deny goes with it, and opens ${what} to ${user.name}: ${places}`;
}

function documentsGoing(
  removal: Removal,
  account: LiveAccount,
): readonly Document[] {
  const { users, groups } = account;
  const named = (all: readonly LiveIdentity[], name: string) =>
    all.filter((one) => one.name === name);
  switch (removal.kind) {
    case "policy": {
      const { holder, name, policy } = removal;
      return named(holder === "group" ? groups : users, name).flatMap((one) =>
        readPolicies(account, one, (_, held) => held === policy.name),
      );
    }
    case "membership":
      return named(groups, removal.group).flatMap((group) =>
        readPolicies(account, group),
      );
    case "group":
    case "key":
    case "role":
      return [];
  }
}
