import type { Properties } from "../plain-object";
import type { Unknown } from "../unknown";

/** What a template's functions may ask about: all that is known where the template is deployed. */
export interface Scope {
  /** The values of its parameters: an `Unknown` where there is none. */
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly mappings: Properties;
  readonly conditions: Properties;
  readonly resources: ReadonlyMap<string, Declaration>;
  readonly place: Place;
  readonly known: Known;
  /** How many characters its functions may give yet. */
  readonly effort: { left: number };
}

/** What is computed already, by its name: a template may name one thing any number of times. */
export interface Known {
  readonly conditions: Map<string, boolean | Unknown>;
  readonly names: Map<string, unknown>;
  readonly arns: Map<string, unknown>;
}

/** @param key of what `compute` gives, each time the same */
export function once<T>(
  known: Map<string, T>,
  key: string,
  compute: () => T,
): T {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = compute();
  known.set(key, value);
  return value;
}

/** A resource as the template declares it. */
export interface Declaration {
  readonly id: string;
  /** As findings call it: "Deploy (AWS::IAM::Role)". */
  readonly what: string;
  readonly type: string;
  readonly properties: Properties;
  readonly condition: unknown;
  /** Why nobody here can say what it is. */
  readonly unread: Unknown | undefined;
}

/** Where a template is deployed. */
export interface Place {
  readonly account: string;
  /** Whether it stands for any that nothing names. */
  readonly isAccountMade: boolean;
  /** undefined: not known, as of a stack set's. */
  readonly region: string | undefined;
  readonly partition: string;
  /** The name of its stack in AWS. */
  readonly stack: string;
}
