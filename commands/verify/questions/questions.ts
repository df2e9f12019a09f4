import type { Statement } from "../../../policy-pack/decide/document";
import type { LiveRole } from "../../accounts/live-account";
import { Numbers, NumberSets } from "./number-sets";
import { noPins, pinsOfRole, type Pins } from "./pins";
import { textOf, type Residual } from "./residual";
import type { RoleLiteral } from "./role-literal";
import { readTrust, type Left, type Trust, type UserSide } from "./user-side";

/** A role that is asked for. */
export interface AskedRole {
  readonly role: LiveRole;
  /** What else the answer depends on. */
  readonly other: string;
}

/** What is left of a statement for each of the roles, as numbers. */
type ByRole = (index: number) => number;

/** The statement matches no request. */
const noMatch = 0;
const notYet = -1;

/**
 * Tells which users before which roles are one question. Two pairs are, when the same is left of the
 * statements of both sides once it is known who asks, and for which role: no decision over them can
 * differ then. So a thousand users before a thousand accounts are some dozens of questions.
 */
export class Questions {
  private readonly texts = new Numbers();
  private readonly sets = new NumberSets();
  private readonly known = new Map<string, ByRole>();
  private readonly pins: readonly Pins[];
  private readonly trusts: readonly Trust[];
  private readonly distinctTrusts: readonly Trust[];
  private readonly others: readonly number[];

  constructor(roles: readonly AskedRole[]) {
    // Nothing else has the number of no match.
    this.texts.of("");
    this.pins = roles.map(({ role }) => pinsOfRole(role));
    this.trusts = roles.map(({ role }) => readTrust(role));
    this.distinctTrusts = [...new Set(this.trusts)];
    this.others = roles.map(({ other }) => this.texts.of(other));
  }

  /** The same text for users who are one question before every role. */
  keyOf(side: UserSide): string {
    const told = this.distinctTrusts.map((one) =>
      side.isToldApartBy(one) ? this.numbersOf(side.trust(one)) : "same",
    );
    return [this.numbersOf(side.permissions), ...told].join("|");
  }

  private numbersOf(left: readonly Left[]): string {
    const numbers = left.map(({ residual: { text } }) => this.texts.of(text));
    return [...new Set(numbers)].sort((a, b) => a - b).join();
  }

  /** The number of the user's question about each of the roles, in their order. */
  of(side: UserSide): Int32Array {
    const numbers = new Int32Array(this.pins.length).fill(this.sets.empty);
    const add = (index: number, added: number): void => {
      if (added === noMatch) return;
      numbers[index] = this.sets.with(numbers[index] ?? 0, added);
    };
    for (const byRole of this.byRole(side.permissions)) {
      numbers.forEach((_, index) => {
        add(index, byRole(index));
      });
    }
    const byTrust = new Map<Trust, readonly ByRole[]>();
    this.trusts.forEach((trust, index) => {
      const left = byTrust.get(trust) ?? this.byRole(side.trust(trust));
      byTrust.set(trust, left);
      for (const byRole of left) add(index, byRole(index));
      add(index, this.others[index] ?? noMatch);
    });
    return numbers;
  }

  /** The statements by which the user's question about the role is what it is; some have one number. */
  statements(
    side: UserSide,
    index: number,
  ): readonly (readonly [number: number, statement: Statement])[] {
    const trust = side.trust(this.trusts[index] ?? "");
    return [...side.permissions, ...trust].flatMap(({ statement, residual }) =>
      statement === undefined
        ? []
        : [[this.byRoleOf(residual)(index), statement] as const],
    );
  }

  private byRole(left: readonly Left[]): readonly ByRole[] {
    return left.map(({ residual }) => this.byRoleOf(residual));
  }

  private byRoleOf(residual: Residual): ByRole {
    const known = this.known.get(residual.text);
    if (known !== undefined) return known;
    const made = this.madeFor(residual);
    this.known.set(residual.text, made);
    return made;
  }

  private madeFor({ text: whole, rest, byRole }: Residual): ByRole {
    if (byRole.length === 0) {
      const number = this.texts.of(whole);
      return () => number;
    }
    const numbers = new Int32Array(this.pins.length).fill(notYet);
    return (index) => {
      const known = numbers[index];
      if (known !== undefined && known !== notYet) return known;
      const text = leftFor(this.pins[index] ?? noPins, rest, byRole);
      const number = text === undefined ? noMatch : this.texts.of(text);
      numbers[index] = number;
      return number;
    };
  }
}

/** @returns undefined where the statement matches no request for the role. */
function leftFor(
  role: Pins,
  rest: string,
  literals: readonly RoleLiteral[],
): string | undefined {
  const texts: string[] = [];
  for (const one of literals) {
    const left = one.forRole(role);
    if (left === "never") return undefined;
    if (left !== "always") texts.push(left.text);
  }
  return textOf(rest, texts);
}
