import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Verdict } from "../../../policy-pack/decide/search";

export type Answer = "yes" | "no" | "undecided";

/** A document with its right answers, and why they are right: see test/cases. */
export interface Case<Asked extends string> {
  readonly title: string;
  readonly document: unknown;
  readonly answers: Readonly<Partial<Record<Asked, Answer>>>;
  readonly why: string;
  /** Why the simulator can't be asked about it. */
  readonly notSimulated?: string;
}

export interface PermissionCase<Asked extends string> extends Omit<
  Case<Asked>,
  "document"
> {
  readonly documents: readonly unknown[];
  readonly boundary?: unknown;
}

export interface FederationCase extends Case<"pinned" | "known"> {
  /** The identity providers of the config, where it is asked whether a token is known. */
  readonly identityProviders?: readonly {
    readonly issuer: string;
    readonly tenants?: readonly string[];
    readonly claims?: Readonly<Record<string, readonly string[]>>;
  }[];
}

export interface MalformedCase {
  readonly title: string;
  readonly kind: "trust" | "identity" | "resource";
  readonly document: unknown;
  /** Pieces of text that the faults hold. */
  readonly faults: readonly string[];
  readonly why: string;
}

export type TrustQuestion =
  "withoutMfa" | "staleMfa" | "foreign" | "roleSession";

export type PermissionQuestion =
  | "changesIam"
  | "passesAnyRole"
  | "takesAnyRole"
  | "anyService"
  | "administrator"
  | "changesAccounts";

interface Corpus {
  readonly trust: readonly Case<TrustQuestion>[];
  readonly permissions: readonly PermissionCase<PermissionQuestion>[];
  readonly federation: readonly FederationCase[];
  readonly malformed: readonly MalformedCase[];
  readonly resource: readonly Case<"foreign">[];
}

const folder = join(__dirname, "..", "..", "cases");

export const casesOf = <File extends keyof Corpus>(file: File): Corpus[File] =>
  JSON.parse(
    readFileSync(join(folder, `${file}.json`), "utf8"),
  ) as Corpus[File];

export function answerOf({ answer }: Pick<Verdict, "answer">): Answer {
  switch (answer) {
    case "open":
      return "yes";
    case "closed":
      return "no";
    case "undecided":
      return "undecided";
  }
}

export const asked = <Asked extends string>(
  answers: Readonly<Partial<Record<Asked, Answer>>>,
): readonly (readonly [Asked, Answer])[] =>
  Object.entries(answers) as [Asked, Answer][];

/** What a failure says: enough to judge who is wrong, the case or the decision. */
export const shown = (
  one: { readonly title: string; readonly why: string },
  question: string,
  found: unknown,
): string =>
  `${one.title}: ${question}\nwhy the case says so: ${one.why}\nfound: ${JSON.stringify(found, withMaps)}`;

const withMaps = (_: string, value: unknown): unknown =>
  value instanceof Map ? Object.fromEntries(value) : value;
