import type { Witness } from "../decide/search";
import type { Resource } from "../resources/resource";
import type { Finding } from "./finding";
import { throughWords } from "./words";

type Answer =
  | { readonly answer: "open"; readonly witness: Witness }
  | { readonly answer: "undecided"; readonly why: string }
  | { readonly answer: "closed" | "pinned" };

interface Wording<Open> {
  readonly resource: Resource | undefined;
  /** What stays undecided: "whether …". */
  readonly question: string;
  /** What to do where it is undecided; for what is open, unless that says otherwise. */
  readonly remedy: string;
  readonly open: (verdict: Open) => {
    readonly resource?: Resource | undefined;
    readonly problem: string;
    /** The first line of the witness: who gets in, or what is allowed. */
    readonly who: string;
    /** Where the statements stand, if that is not the resource. */
    readonly from?: string;
    readonly remedy?: string;
  };
}

/** The finding that a verdict makes, where it is neither closed nor pinned. */
export function findingsOf<V extends Answer>(
  verdict: V,
  wording: Wording<Extract<V, { readonly answer: "open" }>>,
): readonly Finding[] {
  const { resource, question, remedy } = wording;
  switch (verdict.answer) {
    case "closed":
    case "pinned":
      return [];
    case "undecided":
      return [
        {
          kind: "undecided",
          resource,
          problem: `${question}: ${verdict.why}.`,
          witness: [],
          remedy,
        },
      ];
    case "open": {
      const {
        who,
        from = "",
        ...open
      } = wording.open(verdict as Extract<V, { readonly answer: "open" }>);
      return [
        {
          kind: "wrong",
          resource,
          remedy,
          ...open,
          witness: [who, `Through: ${throughWords(verdict.witness)}${from}`],
        },
      ];
    }
  }
}
