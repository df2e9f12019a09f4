import { requestBeyond, type Rights } from "../../policy-pack/decide/beyond";
import type { CallerCase } from "../../policy-pack/decide/callers";
import type { Document } from "../../policy-pack/decide/document";
import { placesOf, readPolicies } from "../accounts/documents";
import type {
  LiveAccount,
  LiveIdentity,
  LiveUser,
} from "../accounts/live-account";
import { anyRealRequest, realRequestWords } from "../requests/real-request";
import { ofAnySession } from "./any-session";
import {
  permissionsLeft,
  permissionsOfPattern,
  signedInFrom,
} from "./permissions";
import { asIfOf, inAccount, saidIn } from "./places";
import { rolesAfterwards, type Deployed } from "./proof";
import type { Removal } from "./removal";

/**
 * What a removal opens to one of the users: it takes a Deny away, which closes what the user may
 * otherwise do with MFA, by the own policies or in a role. What a Deny closes without MFA is the
 * pattern's own to close.
 *
 * @returns one line, or none where it opens nothing to anybody.
 * @throws UnreadableDocument
 */
export function firstOpenedBy(
  removal: Removal,
  deployed: Deployed,
  users: readonly LiveUser[],
): readonly string[] {
  const denials = documentsGoing(removal, deployed.bastion)
    .map(({ statements }) => ({
      statements: statements.filter(({ effect }) => effect === "Deny"),
    }))
    .filter(({ statements }) => statements.length > 0);
  if (denials.length === 0) return [];
  for (const user of users) {
    const [opened] = openedTo(user, denials, deployed);
    if (opened !== undefined) return [opened];
  }
  return [];
}

function* openedTo(
  user: LiveUser,
  denials: readonly Document[],
  deployed: Deployed,
): Iterable<string> {
  const { bastion, criteria } = deployed;
  const left = permissionsLeft(bastion, user, criteria.keep);
  const opens = {
    denials,
    caller: signedInFrom(left.caller, criteria.now),
    user: user.name,
  };
  yield* opened({ ...opens, rights: left, by: "" });
  const pattern = permissionsOfPattern(bastion, user);
  for (const { role, permissions } of rolesAfterwards(pattern, deployed)) {
    const [, , , , account = ""] = role.arn.split(":");
    const rights = ofAnySession(permissions, "most");
    for (const caller of [opens.caller, asIfOf(account, opens.caller)]) {
      const given = [...caller.given, ...inAccount(account)];
      const by = ` in ${role.arn}`;
      yield* opened({
        rights,
        denials: saidIn(account, denials, "Deny"),
        caller: { ...caller, given },
        user: user.name,
        by,
      });
    }
  }
}

interface Opens {
  readonly rights: Rights;
  readonly denials: readonly Document[];
  readonly caller: CallerCase;
  readonly user: string;
  /** By which role. */
  readonly by: string;
}

function* opened({
  rights,
  denials,
  caller,
  user,
  by,
}: Opens): Iterable<string> {
  const { documents, boundary } = rights;
  const kept = { documents: [...documents, ...denials], boundary };
  if (requestBeyond(rights, kept, caller).answer === "closed") return;
  const beyond = requestBeyond(rights, kept, caller, anyRealRequest);
  if (beyond.answer === "closed") return;
  const places = placesOf(denials.flatMap(({ statements }) => statements));
  const what =
    beyond.answer === "open"
      ? realRequestWords(beyond.question, beyond.witness)
      : `something (not decided: ${beyond.why})`;
  yield `a Deny goes with it, and opens ${what} to ${user}${by}: ${places}`;
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
