import type { MfaState } from "../decide/mfa";
import type { Witness } from "../decide/search";
import type { Resource } from "../resources/resource";
import type { UnknownValue } from "../resources/unknown-value";
import {
  undecided,
  unknownFinding,
  wrong,
  type Finding,
  type RequestEvidence,
  type Source,
} from "./finding";
import { withKeyNames } from "./key-names";
import { throughWords } from "./words";

type Answer =
  | {
      readonly answer: "open";
      readonly witness: Witness;
      readonly mfa?: MfaState;
    }
  | {
      readonly answer: "undecided";
      readonly why: string;
      /** What is allowed, unless what can't be read closes it. */
      readonly witness?: Witness;
      readonly unread?: readonly string[];
    }
  /** Whether it is closed depends on a value that nobody knows yet. */
  | { readonly answer: "unknown"; readonly value: UnknownValue }
  | { readonly answer: "closed" | "pinned" };

interface Wording<Open> {
  readonly resource: Resource | undefined;
  /** The property that it is about, where it is one. */
  readonly field?: string;
  /** What stays undecided: "whether …". */
  readonly question: string;
  /** What to do where it is undecided; for what is open, unless that says otherwise. */
  readonly remedy: string;
  /** The first line of the witness: who gets in, or what is allowed. */
  readonly who: (witness: Witness, mfa: MfaState | undefined) => string;
  /** The property that lets in, where the resource has no statements. */
  readonly through?: string;
  /** Where the statements stand, if that is not the resource. */
  readonly source?: (witness: Witness) => Source | undefined;
  readonly open: (verdict: Open) => {
    readonly resource?: Resource | undefined;
    readonly field?: string;
    readonly problem: string;
    readonly remedy?: string;
  };
}

/** The finding that a verdict makes, where it is neither closed nor pinned. */
export function findingsOf<V extends Answer>(
  verdict: V,
  wording: Wording<Extract<V, { readonly answer: "open" }>>,
): readonly Finding[] {
  const { resource, field, question, remedy, open } = wording;
  const about = field === undefined ? {} : { field };
  switch (verdict.answer) {
    case "closed":
    case "pinned":
      return [];
    case "unknown":
      return [unknownFinding(verdict.value)];
    case "undecided": {
      const { why, witness, unread } = verdict;
      const shown = witness === undefined ? {} : shownBy({ witness }, wording);
      return [
        undecided(resource, `${question}: ${withKeyNames(why)}.`, remedy, {
          ...about,
          ...shown,
          ...(unread === undefined ? {} : { unread }),
        }),
      ];
    }
    case "open": {
      const { problem, ...more } = open(
        verdict as Extract<V, { readonly answer: "open" }>,
      );
      return [
        {
          ...wrong(resource, problem, remedy, about),
          ...shownBy(verdict, wording),
          ...more,
        },
      ];
    }
  }
}

/** A witness in words, and as data. */
function shownBy(
  { witness, mfa }: { readonly witness: Witness; readonly mfa?: MfaState },
  { who, source, through }: Pick<Wording<never>, "who" | "source" | "through">,
): { readonly witness: readonly string[]; readonly evidence: RequestEvidence } {
  const from = source?.(witness);
  const place =
    from === undefined ? "" : `, of ${from.resource.name} (${from.field})`;
  return {
    witness: [
      who(witness, mfa),
      ...(witness.statements.length === 0
        ? []
        : [`Through: ${throughWords(witness, through)}${place}`]),
    ],
    evidence: { kind: "request", request: witness, mfa, source: from },
  };
}
