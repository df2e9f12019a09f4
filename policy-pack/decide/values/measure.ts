/** A test of a value that is not text: it can be asked, and it names values worth trying. */
export interface Measure {
  readonly accepts: (value: string) => boolean;
  /**
   * The bounds and their neighbours. Between two neighbouring bounds every value answers all
   * comparisons alike, so if none of these passes all tests of its kind, no value does.
   */
  readonly candidates: readonly string[];
}

/** What the three kinds of measure share: read a value, hold it against the document's. */
export function measure<T>(definition: {
  readonly parse: (text: string) => T | undefined;
  readonly bounds: readonly string[];
  readonly holds: (value: T, bound: T) => boolean;
  readonly negated: boolean;
  readonly wanted: boolean;
  /** Whether requests hold the key only with values that can be read. */
  readonly isMeasured: boolean;
  readonly around: (bound: T) => readonly string[];
}): Measure {
  const { parse, holds, negated, wanted, isMeasured, around } = definition;
  const bounds = definition.bounds.map(parse);
  const understood = bounds.filter((bound) => bound !== undefined);
  // A bound that is none makes a negated condition false, as it makes the others.
  const broken = negated && understood.length < bounds.length;
  const condition = (text: string): boolean => {
    const value = parse(text);
    if (value === undefined || broken) return false;
    return understood.some((bound) => holds(value, bound)) !== negated;
  };
  return {
    accepts: (text) =>
      condition(text) === wanted && !(isMeasured && parse(text) === undefined),
    candidates: understood.flatMap(around),
  };
}
