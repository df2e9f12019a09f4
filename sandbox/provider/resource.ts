import type { ConnectedAccount } from "./account";
import type { Properties } from "./properties";

/** One input of a resource, as the real provider's schema has it. */
export interface Input {
  readonly required?: true;
  /** A change takes a new resource. */
  readonly replaces?: true;
  /** What it is when the program leaves it out. */
  readonly default?: unknown;
  /** Left out, it stays what it is in AWS. */
  readonly computed?: true;
  /** Whether two values mean the same; left out: whether they are equal. */
  readonly same?: (before: unknown, after: unknown) => boolean;
  /** What is kept of a value, where that is not the value itself. */
  readonly kept?: (given: unknown) => unknown;
  /** What is wrong with a value. */
  readonly problem?: (value: unknown) => string | undefined;
}

/**
 * What the sandbox's provider knows of one type of resource: the same shape every time.
 *
 * Inputs and outputs are told as data, so that check, diff, preview and import are the same code
 * for all; the functions are the calls to AWS. Each of those throws AWS's own errors.
 */
export interface ResourceType {
  readonly inputs: Readonly<Record<string, Input>>;
  /** Properties that only AWS tells: unknown while a creation is previewed. */
  readonly outputs?: readonly string[];
  /** Outputs that must be secret in the state. */
  readonly secrets?: readonly string[];
  /** The input `name` is made up when left out, this many characters long at most. */
  readonly longestName?: number;
  /** The id is that of the name, and follows it when the resource is renamed. */
  readonly idIsName?: true;
  /** A replacement waits until the old one is gone. */
  readonly deleteFirst?: true;
  /** What an id tells, for an import; left out where the real provider can't import either. */
  readonly fromId?: (id: string) => Properties;

  /** Creates the resource; gives its id, and outputs that only creation tells. */
  readonly create: (
    account: ConnectedAccount,
    inputs: Properties,
  ) => Promise<{ readonly id: string; readonly once?: Properties }>;
  /** What a creation takes beyond the first call; when it fails the resource is there all the same. */
  readonly finish?: (
    account: ConnectedAccount,
    id: string,
    inputs: Properties,
  ) => Promise<void>;
  /** The live properties; undefined when the resource is gone. What it leaves out is kept. */
  readonly read: (
    account: ConnectedAccount,
    id: string,
    state: Properties,
  ) => Promise<Properties | undefined>;
  /** Changes what can be changed in place; left out where any change replaces. */
  readonly update?: (
    account: ConnectedAccount,
    id: string,
    olds: Properties,
    news: Properties,
  ) => Promise<void>;
  readonly remove: (
    account: ConnectedAccount,
    id: string,
    state: Properties,
  ) => Promise<void>;
}
