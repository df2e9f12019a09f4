import type { LiveAccount, LiveUser } from "../accounts/live-account";
import { importFile, type ImportFile } from "./import-file";
import { isTakenOver } from "./superseded";
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
}

/** Proposes to take over everybody who is not, and is able to get in afterwards. */
export function propose(
  account: LiveAccount,
  project: Project,
  keep: ReadonlySet<string>,
): ProposedTakeOver {
  const waiting = account.users.filter(
    (user) => !isTakenOver(user) && !keep.has(user.name),
  );
  const teams = deriveTeams(account, waiting, project.config);
  const ready: LiveUser[] = [];
  const heldBack: HeldBack[] = [];
  for (const user of waiting) {
    const more = newGroupsOf(user, teams.of.get(user.name) ?? []).length;
    const why = heldBackBy(account, user, more);
    if (why === undefined) ready.push(user);
    else heldBack.push({ user: user.name, why });
  }
  if (ready.length === 0) return { proposal: undefined, heldBack };
  const proposed = proposeConfig(project.config, ready, teams);
  return {
    proposal: {
      stackFile: proposeStackFile(account, project, {
        ...proposed,
        users: ready,
        heldBack,
      }),
      importFile: importFile(account, proposed.config, ready),
      users: ready.map(({ name }) => name),
    },
    heldBack,
  };
}
