/**
 * Tells documents apart, but for the id of their own account: what is decided of a role holds for
 * those of other accounts that say the same.
 */
export class Normalised {
  private readonly numbers = new Map<string, number>();
  private readonly accounts = new Map<number, ReadonlySet<string> | "any">();

  /** The same for texts that say the same, each of its own account. */
  numberOf(text: string, account: string): number {
    const own = text.includes(account)
      ? text.replaceAll(account, ownAccount)
      : text;
    // A pattern for a part of an id is met in one account, and not in the next.
    const hasPattern = partOfAnId.test(own);
    const key = hasPattern ? `${account} ${own}` : own;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(key, number);
    this.accounts.set(
      number,
      hasPattern ? "any" : new Set(own.match(accountIds)),
    );
    return number;
  }

  /** Whether the text of the number says something of another account than its own. */
  speaksOf(number: number, account: string): boolean {
    const spokenOf = this.accounts.get(number);
    return spokenOf === "any" || spokenOf?.has(account) === true;
  }
}

/** No document has such a character. */
const ownAccount = "\0";
const partOfAnId = /\d[*?]|[*?]\d/;
const accountIds = /(?<!\d)\d{12}(?!\d)/g;

/** What was found in one account, as it is in another whose documents say the same. */
export const elsewhere = <T>(found: T, from: string, to: string): T =>
  from === to
    ? found
    : (JSON.parse(JSON.stringify(found).replaceAll(from, to)) as T);
