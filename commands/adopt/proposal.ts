import type { LiveAccount, LiveUser } from "../accounts/live-account";
import { unlessUnreadable } from "../accounts/documents";
import { userPermissions } from "../accounts/permissions";
import { changesFor } from "./changes";
import { importedGroups, importFile, type ImportFile } from "./import-file";
import { holdingOthers } from "./other-policies";
import { isTakenOver, type RemovalCriteria } from "./superseded";
import { isProgram } from "./ways-in";
import type { Project } from "./project";
import { proposeConfig } from "./proposed-config";
import { heldBackBy, type HeldBack } from "./readiness";
import { proposeStackFile } from "./stack-file";
import { deriveTeams, newGroupsOf } from "./teams";

/** What brings users into the stack, as files. */
export interface Proposal {
  readonly stackFile: string;
  readonly importFile: ImportFile;
  readonly users: readonly string[];
}

/** Whom a take-over can bring into the stack now, and whom it can't yet. */
export interface ProposedTakeOver {
  /** undefined: there is nobody to take over. */
  readonly proposal: Proposal | undefined;
  readonly heldBack: readonly HeldBack[];
  /** Users that are programs: the stack is not to take them over, and each gets a role. */
  readonly programs: readonly LiveUser[];
}

/** Proposes to take over everybody who is not, and is able to get in afterwards. */
export function propose(
  account: LiveAccount,
  project: Project,
  criteria: RemovalCriteria,
): ProposedTakeOver {
  const considered = account.users.filter(
    ({ name }) => !criteria.keep.has(name),
  );
  const programs = considered.filter((user) => isProgram(user, criteria));
  const waiting = considered.filter(
    (user) => !isTakenOver(account, user) && !programs.includes(user),
  );
  const ready: LiveUser[] = [];
  const heldBack: HeldBack[] = [];
  const readable = waiting.filter((user) => {
    const read = unlessUnreadable(() => userPermissions(account, user));
    if (typeof read !== "string") return true;
    heldBack.push({ user: user.name, why: `${read}. Fix: correct it.` });
    return false;
  });
  const teams = deriveTeams(account, readable, project.config, criteria.now);
  for (const user of readable) {
    const more = newGroupsOf(user, teams.of.get(user.name) ?? []).length;
    const why = heldBackBy(account, user, more, project.config.organisation);
    if (why === undefined) ready.push(user);
    else heldBack.push({ user: user.name, why });
  }
  if (ready.length === 0) return { proposal: undefined, heldBack, programs };
  const proposed = proposeConfig(project.config, ready, teams);
  return {
    proposal: {
      stackFile: proposeStackFile(account, project, {
        ...proposed,
        changesOf: (facts) =>
          ready
            .filter(({ name }) => name === facts.name)
            .flatMap((user) =>
              changesFor(
                account,
                user,
                { config: proposed.config, facts },
                criteria.now,
              ),
            ),
        users: ready,
        keepPoliciesOf: holdingOthers([
          ...ready,
          ...importedGroups(account, proposed.config, ready),
        ]),
        heldBack,
        programs,
      }),
      importFile: importFile(account, proposed.config, ready),
      users: ready.map(({ name }) => name),
    },
    heldBack,
    programs,
  };
}
