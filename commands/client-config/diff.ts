import { diffArrays } from "diff";

/** A line of a diff: in both, gone, or new. */
export interface DiffLine {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

/** Lines that go and come; beyond it, where a search takes long, a diff shows all old, all new. */
const maxEditLength = 1_000;

/** Which lines go and which come, in order, with as few of both as possible. */
export function diffLines(
  before: readonly string[],
  after: readonly string[],
): readonly DiffLine[] {
  const changes = diffArrays([...before], [...after], { maxEditLength });
  if (changes === undefined) {
    return [...signed("-", before), ...signed("+", after)];
  }
  return changes.flatMap(({ added, removed, value }) =>
    signed(added ? "+" : removed ? "-" : " ", value),
  );
}

const signed = (
  sign: DiffLine["sign"],
  lines: readonly string[],
): readonly DiffLine[] => lines.map((text) => ({ sign, text }));

/** The lines that change, each with a few around it; `undefined` where lines were left out. */
export function aroundChanges(
  diff: readonly DiffLine[],
  context = 2,
): readonly (DiffLine | undefined)[] {
  const near = new Set<number>();
  diff.forEach(({ sign }, index) => {
    if (sign === " ") return;
    for (let at = index - context; at <= index + context; at += 1) near.add(at);
  });
  return diff.flatMap((line, index) => {
    if (near.has(index)) return [line];
    return index === 0 || near.has(index - 1) ? [undefined] : [];
  });
}
