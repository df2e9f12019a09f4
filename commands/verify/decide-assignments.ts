import { accountIn } from "../accounts/arn";
import type { Progress } from "../accounts/live-account";
import type { LiveOrganisation } from "../accounts/organisation";
import {
  bastionOf,
  mfaLimit,
  ownRoles,
  type AccountRole,
  type Assignment,
  type DecidedAssignments,
  type PairCounts,
  type WrongAssignment,
} from "./assignments";
import { DecidedQuestions, type Decided } from "./decided-questions";
import type { ExpectedAccess } from "./expected";
import { grantsBy, type Granted } from "./granted";
import { groupBy } from "./group-by";
import { Questions } from "./questions/questions";
import { UserSide } from "./questions/user-side";
import { isAsConfigured, isOpen, isReported, type Standing } from "./standing";
import { UserPrincipal } from "./user-principal";

/** A standing, and the decision behind it. */
interface DecidedStanding {
  readonly standing: Standing;
  readonly decided: Decided;
}

/** Users who are one question before every role, and are granted the same. */
interface Row {
  readonly sides: readonly UserSide[];
  /** Places in the list of roles, for each standing that there is. */
  readonly places: ReadonlyMap<DecidedStanding, readonly number[]>;
}

/** Every user of the bastion before every role of every account that was read. */
export function decideAssignments(
  organisation: LiveOrganisation,
  expected: ExpectedAccess,
  progress?: Progress,
): DecidedAssignments {
  const bastion = bastionOf(organisation, expected);
  const roles = organisation.accounts.flatMap((account) =>
    ownRoles(account).map((role): AccountRole => ({
      account,
      role,
      limit: mfaLimit(expected, account, role),
    })),
  );
  const sides =
    bastion?.live.users.map(
      (user) => new UserSide(new UserPrincipal(bastion.live, user)),
    ) ?? [];
  progress?.(
    `deciding ${sides.length} users × ${roles.length} roles: ${sides.length * roles.length} pairs`,
  );
  const questions = new Questions(
    roles.map(({ role, limit }) => ({
      role,
      other: JSON.stringify([
        accountIn(role.arn) === expected.bastion.id,
        limit,
      ]),
    })),
  );
  const decider = new Decider(questions, roles);
  const rows = decider.rows(sides, grantsBy(expected, roles), progress);
  return {
    pairs: countsOf(rows),
    questions: decider.questionCount,
    reported: reportedOf(rows, roles),
    wrong: () => decider.wrong(rows),
  };
}

/** Pairs between two lines of progress. */
const untilNextLine = 500_000;

class Decider {
  private readonly answers: DecidedQuestions;
  private readonly standings = new Map<number, DecidedStanding>();

  constructor(
    private readonly questions: Questions,
    private readonly roles: readonly AccountRole[],
  ) {
    this.answers = new DecidedQuestions(questions, roles);
  }

  get questionCount(): number {
    return this.answers.count;
  }

  rows(
    sides: readonly UserSide[],
    granted: (user: string) => Granted,
    progress?: Progress,
  ): readonly Row[] {
    const grants = new Map(
      sides.map((side) => [side, granted(side.principal.user.name)]),
    );
    const alike = groupBy(
      sides,
      (side) => `${this.questions.keyOf(side)} ${grants.get(side)?.key ?? ""}`,
    );
    let done = 0;
    return [...alike.values()].map((group) => {
      const [side] = group;
      const places = this.placesOf(side, grants.get(side)?.includes);
      const before = Math.floor(done / untilNextLine);
      done += group.length * this.roles.length;
      if (Math.floor(done / untilNextLine) > before) {
        progress?.(`${done} pairs decided, by ${this.questionCount} questions`);
      }
      return { sides: group, places };
    });
  }

  private placesOf(
    side: UserSide,
    isGranted: Granted["includes"] = () => false,
  ): Row["places"] {
    const places = new Map<DecidedStanding, number[]>();
    this.questions.of(side).forEach((question, place) => {
      const decided = this.answers.of(question, side, place);
      const standing = this.standing(question, decided, isGranted(place));
      const known = places.get(standing);
      if (known) known.push(place);
      else places.set(standing, [place]);
    });
    return places;
  }

  /** The same object for the same question that is granted, or not. */
  private standing(
    question: number,
    decided: Decided,
    isGranted: boolean,
  ): DecidedStanding {
    const key = isGranted ? question : -1 - question;
    const known = this.standings.get(key);
    if (known !== undefined) return known;
    const { withoutMfa, freshMfa, oldMfa, oldMfaSeconds, takesOldMfa } =
      decided;
    const standing = {
      isGranted,
      withoutMfa: withoutMfa.answer,
      freshMfa: freshMfa.answer,
      oldMfa: oldMfa.answer,
      oldMfaSeconds,
      takesOldMfa,
    };
    const made = { standing, decided };
    this.standings.set(key, made);
    return made;
  }

  *wrong(rows: readonly Row[]): Iterable<WrongAssignment> {
    for (const { sides, places } of rows) {
      for (const [{ standing, decided }, all] of places) {
        if (isAsConfigured(standing)) continue;
        for (const place of all) {
          const at = this.roles[place];
          if (at === undefined) continue;
          for (const side of sides) {
            const why = this.answers.why(decided, side, place);
            yield { ...standing, ...at, user: side.principal.user.name, why };
          }
        }
      }
    }
  }
}

function countsOf(rows: readonly Row[]): PairCounts {
  const count = (counts: (one: Standing) => boolean): number =>
    rows
      .flatMap(({ sides, places }) =>
        [...places].map(([{ standing }, all]) =>
          counts(standing) ? all.length * sides.length : 0,
        ),
      )
      .reduce((sum, pairs) => sum + pairs, 0);
  return {
    decided: count(() => true),
    granted: count(({ isGranted }) => isGranted),
    open: count(isOpen),
    wrong: count((one) => !isAsConfigured(one)),
  };
}

/** Users of several rows may stand alike, by different statements. */
function reportedOf(
  rows: readonly Row[],
  roles: readonly AccountRole[],
): readonly Assignment[] {
  const alike = groupBy(
    rows.map(({ sides, places }) => ({
      users: sides.map(({ principal }) => principal.user.name),
      standings: standingsIn(places),
    })),
    ({ standings }) =>
      JSON.stringify(standings.map(({ all, ...one }) => [one, all.join()])),
  );
  return [...alike.values()].flatMap((group) => {
    const users = group.flatMap((one) => one.users);
    return group[0].standings.flatMap(({ all, ...standing }) =>
      byRole(all, roles).map((at) => ({ users, ...at, ...standing })),
    );
  });
}

/** The reported ones, without the decision behind them: several questions have the same answer. */
function standingsIn(places: Row["places"]) {
  const reported = [...places].filter(([{ standing }]) => isReported(standing));
  const alike = groupBy(
    reported.map(([{ standing }, all]) => ({ standing, all })),
    ({ standing }) => JSON.stringify(standing),
  );
  return [...alike.values()].map((group) => ({
    ...group[0].standing,
    all: group.flatMap(({ all }) => all).sort((a, b) => a - b),
  }));
}

const byRole = (
  places: readonly number[],
  roles: readonly AccountRole[],
): readonly Pick<Assignment, "role" | "accounts">[] =>
  [
    ...groupBy(
      places.flatMap((place) => roles[place] ?? []),
      ({ role }) => role.name,
    ),
  ].map(([role, group]) => ({
    role,
    accounts: group.map(({ account }) => account.name),
  }));
