import type { MfaState } from "../decide/mfa";
import type { Witness } from "../decide/search";
import type { UnknownValue } from "../resources/unknown-value";
import { accountOf } from "../resources/account";
import type { Resource } from "../resources/resource";
import { visible } from "./visible";

/** What a rule has to say of a resource, or of the stack. */
export type Finding =
  | KnownFinding
  /** A value that is not known before the deployment: the rule looks again then. */
  | { readonly kind: "unknown"; readonly value: UnknownValue };

/** A finding of something known, with its text. */
export interface KnownFinding extends Details {
  readonly kind: "wrong" | "undecided";
  /** undefined: the stack as a whole. */
  readonly resource: Resource | undefined;
  /** What is wrong, with the field that it is in. */
  readonly problem: string;
  /** Who gets in, or what can be done, and by which statement. */
  readonly witness: readonly string[];
  readonly remedy: string;
}

/** What a finding has beside its text. */
export interface Details {
  /** The property that it is about. */
  readonly field?: string;
  readonly evidence?: Evidence;
  /** What nobody here can read: policies by what they are named, principals by their ids. */
  readonly unread?: readonly string[];
}

/** What shows a finding, as data. */
export type Evidence = RequestEvidence | ChainEvidence;

/** A request that gets in. */
export interface RequestEvidence {
  readonly kind: "request";
  readonly request: Witness;
  readonly mfa: MfaState | undefined;
  /** Where the statements stand, if that is not the finding's own resource. */
  readonly source: Source | undefined;
}

/** The names of roles of which each may take the next. */
export interface ChainEvidence {
  readonly kind: "chain";
  readonly chain: readonly string[];
  readonly strength: number;
}

export interface Source {
  readonly resource: Resource;
  readonly field: string;
}

/** The text of a finding, as it is printed: a few lines. */
export function findingText(finding: KnownFinding): string {
  const { kind, problem, witness, remedy, resource } = finding;
  const told = kind === "undecided" ? `Undecided: ${problem}` : problem;
  const text = [
    visible(
      resource?.within === undefined
        ? told
        : `In ${resource.within.what}: ${told}`,
    ),
    ...witness.map((line) => `  ${visible(line)}`),
    `  Fix: ${visible(remedy)}`,
  ].join("\n");
  const made = resource?.within?.isAccountMade
    ? accountOf(resource)
    : undefined;
  // A number of ours would read as a real account.
  return made === undefined ? text : text.replaceAll(made, "<its account>");
}

export const unknownFinding = (value: UnknownValue): Finding => ({
  kind: "unknown",
  value,
});

type More = Details & { readonly witness?: readonly string[] };

/** What is wrong by itself, without a request that shows it. */
export const wrong = (
  resource: Resource | undefined,
  problem: string,
  remedy: string,
  more: More = {},
): KnownFinding => ({
  kind: "wrong",
  resource,
  problem,
  witness: [],
  remedy,
  ...more,
});

/** @param question what stays undecided: "whether …", with the reason */
export const undecided = (
  resource: Resource | undefined,
  question: string,
  remedy: string,
  more: More = {},
): KnownFinding => ({
  ...wrong(resource, question, remedy, more),
  kind: "undecided",
});
