import type { Verdict } from "../../../policy-pack/decide/search";
import { askBoth, type Asked } from "./both";
import type { Answer, Prover } from "./prover";

/** How often which answers stood beside each other, and where they contradict each other. */
export interface Comparison {
  /** By question and both answers. */
  readonly counts: ReadonlyMap<string, number>;
  readonly disagreements: readonly Disagreement[];
}

export interface Disagreement {
  readonly asked: Asked;
  readonly decide: "open" | "closed";
  readonly prover: "open" | "closed";
}

/** Only what both of them are sure of can contradict. */
export function disagreement(
  asked: Asked,
  decide: Verdict,
  prover: Answer,
): Disagreement | undefined {
  const isSure =
    decide.answer !== "undecided" &&
    (prover.answer === "open" || prover.answer === "closed");
  if (!isSure || decide.answer === prover.answer) return undefined;
  return { asked, decide: decide.answer, prover: prover.answer };
}

export async function compare(
  prover: Prover,
  all: readonly Asked[],
): Promise<Comparison> {
  const counts = new Map<string, number>();
  const disagreements: Disagreement[] = [];
  for (const asked of all) {
    const { decide, prover: proved } = await askBoth(prover, asked);
    const name = `${asked.question}: decide ${decide.answer}, prover ${proved.answer}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const found = disagreement(asked, decide, proved);
    if (found !== undefined) disagreements.push(found);
  }
  return { counts, disagreements };
}
