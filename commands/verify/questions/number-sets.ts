/** More than there are numbers in any set; two of them multiplied are still exact. */
const most = 2 ** 26;

/** Numbers for texts, from 0. */
export class Numbers {
  private readonly numbers = new Map<string, number>();

  of(text: string): number {
    const number = this.numbers.get(text) ?? this.numbers.size;
    this.numbers.set(text, number);
    return number;
  }
}

/** Sets of numbers, each of which is a number itself: the same set is the same number. */
export class NumberSets {
  private readonly members: (readonly number[])[] = [];
  private readonly sets = new Map<string, number>();
  /** By the set and what is added: most steps are taken again and again. */
  private readonly steps = new Map<number, number>();
  readonly empty = this.numberOf([]);

  with(set: number, added: number): number {
    const step = set * most + added;
    const known = this.steps.get(step);
    if (known !== undefined) return known;
    const all = new Set([...(this.members[set] ?? []), added]);
    const number = this.numberOf([...all].sort((a, b) => a - b));
    this.steps.set(step, number);
    return number;
  }

  private numberOf(members: readonly number[]): number {
    const text = members.join();
    const number = this.sets.get(text) ?? this.members.length;
    if (number === this.members.length) {
      this.members.push(members);
      this.sets.set(text, number);
    }
    return number;
  }
}
