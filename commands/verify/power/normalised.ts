/**
 * Tells documents apart, but for the id of their own account: what is decided of a role holds for
 * those of other accounts that say the same.
 */
export class Normalised {
  private readonly numbers = new Map<string, number>();
  private readonly accounts = new Map<number, ReadonlySet<string>>();

  /** The same for texts that say the same, each of its own account. */
  numberOf(text: string, account: string): number {
    const own = text.includes(account)
      ? text.replaceAll(account, "own account")
      : text;
    // A pattern for a part of an id is met in one account, and not in the next.
    const key = partOfAnId.test(own) ? `${account} ${own}` : own;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(key, number);
    this.accounts.set(number, new Set(own.match(accountIds)));
    return number;
  }

  /** Other accounts than its own that the text of the number speaks of. */
  speaksOf(number: number, account: string): boolean {
    return this.accounts.get(number)?.has(account) ?? false;
  }
}

const partOfAnId = /\d[*?]|[*?]\d/;
const accountIds = /(?<!\d)\d{12}(?!\d)/g;
