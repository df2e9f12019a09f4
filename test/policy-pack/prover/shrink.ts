import { askBoth, type Asked } from "./both";
import { disagreement, type Disagreement } from "./compare";
import type { Prover } from "./prover";

/** Takes away what it can while the two answers stay what they are. */
export async function shrink(
  prover: Prover,
  found: Disagreement,
): Promise<Disagreement> {
  let smallest = found;
  for (const smaller of smallerThan(found.asked)) {
    const next = await stillThere(prover, smaller as Asked, smallest);
    if (next === undefined) continue;
    smallest = await shrink(prover, next);
    break;
  }
  return smallest;
}

async function stillThere(
  prover: Prover,
  asked: Asked,
  before: Disagreement,
): Promise<Disagreement | undefined> {
  try {
    const { decide, prover: proved } = await askBoth(prover, asked);
    const now = disagreement(asked, decide, proved);
    return now?.decide === before.decide ? now : undefined;
  } catch {
    // No document any more: nothing to learn from it.
    return undefined;
  }
}

/** The value with one element of a list, or of an object, less. */
function* smallerThan(value: unknown): Generator {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    for (const index of list.keys()) yield list.toSpliced(index, 1);
    for (const [index, one] of list.entries()) {
      for (const less of smallerThan(one)) yield list.with(index, less);
    }
    return;
  }
  for (const [name, one] of Object.entries(value)) {
    yield Object.fromEntries(
      Object.entries(value).filter(([other]) => other !== name),
    );
    for (const less of smallerThan(one)) yield { ...value, [name]: less };
  }
}
