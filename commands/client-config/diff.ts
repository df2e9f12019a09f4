/** A line of a diff: in both, gone, or new. */
export interface DiffLine {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

/** Cells of the table that finds the longest common part; beyond it a diff shows all old, all new. */
const mostCells = 4_000_000;

/** Which lines go and which come, in order, with as few of both as possible. */
export function diffLines(
  before: readonly string[],
  after: readonly string[],
): readonly DiffLine[] {
  const start = commonLength(before, after);
  const end = commonLength(
    before.slice(start).reverse(),
    after.slice(start).reverse(),
  );
  const old = before.slice(start, before.length - end);
  const fresh = after.slice(start, after.length - end);
  return [
    ...signed(" ", before.slice(0, start)),
    ...(old.length * fresh.length > mostCells
      ? [...signed("-", old), ...signed("+", fresh)]
      : alongCommonLines(old, fresh)),
    ...signed(" ", before.slice(before.length - end)),
  ];
}

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

const signed = (
  sign: DiffLine["sign"],
  lines: readonly string[],
): readonly DiffLine[] => lines.map((text) => ({ sign, text }));

function commonLength(a: readonly string[], b: readonly string[]): number {
  const different = a.findIndex((line, index) => line !== b[index]);
  return different < 0 ? a.length : different;
}

function alongCommonLines(
  old: readonly string[],
  fresh: readonly string[],
): readonly DiffLine[] {
  const common = commonLengths(old, fresh);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const gone = old[i];
    const come = fresh[j];
    if (gone !== undefined && gone === come) {
      lines.push({ sign: " ", text: gone });
      i += 1;
      j += 1;
    } else if (
      gone !== undefined &&
      (come === undefined || at(common, i + 1, j) >= at(common, i, j + 1))
    ) {
      lines.push({ sign: "-", text: gone });
      i += 1;
    } else {
      lines.push({ sign: "+", text: come ?? "" });
      j += 1;
    }
  }
  return lines;
}

/** For each pair of places, how many lines the rests behind them have in common, in order. */
function commonLengths(
  old: readonly string[],
  fresh: readonly string[],
): readonly Uint32Array[] {
  const table = Array.from(
    { length: old.length + 1 },
    () => new Uint32Array(fresh.length + 1),
  );
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const row = table[i];
    if (!row) continue;
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      row[j] =
        old[i] === fresh[j]
          ? at(table, i + 1, j + 1) + 1
          : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  }
  return table;
}

const at = (table: readonly Uint32Array[], i: number, j: number): number =>
  table[i]?.[j] ?? 0;
