import { freshMfa } from "../../policy-pack/decide/assume-role";
import { withoutMfa, type MfaState } from "../../policy-pack/decide/mfa";
import type { Verdict } from "../../policy-pack/decide/search";
import { placesOf } from "../accounts/documents";
import { oldFrom, type AccountRole, type Answers } from "./assignments";
import type { Questions } from "./questions/questions";
import type { UserSide } from "./questions/user-side";
import type { Standing } from "./standing";
import { mayAssume, type Decision } from "./user-requests";

/** A question's answer, for all who ask it. */
interface Answered {
  readonly answer: Verdict["answer"];
  /** Why it is undecided. */
  readonly why: string;
  /** The statements that let the request in, by their numbers: each pair has its own. */
  readonly by: readonly number[];
}

export type Decided = Readonly<Record<keyof Answers, Answered>> &
  Pick<Standing, "oldMfaSeconds" | "takesOldMfa">;

/** Seconds; what counts as old before a role whose config names no age. */
const anHour = 3_600;

/** Asks each question once, of the first pair that comes with it. */
export class DecidedQuestions {
  private readonly decided: (Decided | undefined)[] = [];

  constructor(
    private readonly questions: Questions,
    private readonly roles: readonly AccountRole[],
  ) {}

  /** How many there were. */
  get count(): number {
    return this.decided.filter((one) => one !== undefined).length;
  }

  of(question: number, side: UserSide, place: number): Decided {
    const decided = this.decided[question] ?? this.ask(side, place);
    this.decided[question] = decided;
    return decided;
  }

  private ask(side: UserSide, place: number): Decided {
    const limit = this.roles[place]?.limit ?? null;
    const oldMfaSeconds = limit ?? anHour;
    const ask = (states: readonly MfaState[]): Answered =>
      this.answered(side, place, states);
    return {
      withoutMfa: ask(withoutMfa),
      freshMfa: ask([freshMfa]),
      oldMfa: ask(oldFrom(oldMfaSeconds)),
      oldMfaSeconds,
      takesOldMfa: limit === null,
    };
  }

  private answered(
    side: UserSide,
    place: number,
    states: readonly MfaState[],
  ): Answered {
    const role = this.roles[place]?.role;
    if (role === undefined) throw new RangeError(`there is no role ${place}`);
    const verdict = mayAssume(side.principal, role, states);
    if (verdict.answer !== "open") {
      const why = verdict.answer === "undecided" ? verdict.why : "";
      return { answer: verdict.answer, why, by: [] };
    }
    const { statements } = verdict.witness;
    const numbers = this.questions
      .statements(side, place)
      .filter(([, one]) => statements.includes(one))
      .map(([number]) => number);
    return { answer: "open", why: "", by: numbers };
  }

  /** The answer in the words of one pair: where its own statements stand. */
  why(decided: Decided, side: UserSide, place: number): Answers {
    const statements = new Map(this.questions.statements(side, place));
    const inWords = ({ answer, why, by }: Answered): Decision => ({
      answer,
      why:
        answer === "open"
          ? placesOf(by.flatMap((number) => statements.get(number) ?? []))
          : why,
    });
    const { withoutMfa: without, freshMfa: fresh, oldMfa: old } = decided;
    return {
      withoutMfa: inWords(without),
      freshMfa: inWords(fresh),
      oldMfa: inWords(old),
    };
  }
}
