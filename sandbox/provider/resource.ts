import type { Tag } from "@aws-sdk/client-iam";
import type { Clients } from "./account";
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
  /** Left out, it is made up, of so many characters at most: a resource's `name`. */
  readonly longest?: number;
  /** Whether two values mean the same; left out: whether they are equal. */
  readonly same?: (before: unknown, after: unknown) => boolean;
  /** What is kept of a value, where that is not the value itself. */
  readonly kept?: (given: unknown) => unknown;
  /** What is wrong with a value. */
  readonly problem?: (value: unknown) => string | undefined;
  /** The call that changes this input alone. */
  readonly update?: Update;
  /** Creation does not take it: `update` sets it right after. */
  readonly afterCreation?: true;
}

/** Brings a resource from its old properties, which are none after a creation, to new inputs. */
export type Update = (
  clients: Clients,
  id: string,
  news: Properties,
  olds: Properties,
) => Promise<unknown>;

/**
 * What the sandbox's provider knows of one type of resource: the same shape every time.
 *
 * Inputs and outputs are told as data, so that check, diff, preview and import are the same code
 * for all; the functions are the calls to AWS. Each of those throws AWS's own errors: that a thing
 * is missing is read from them.
 */
export interface ResourceType {
  readonly inputs: Readonly<Record<string, Input>>;
  /** Properties that only AWS tells: unknown while a creation is previewed. */
  readonly outputs?: readonly string[];
  /** Outputs that must be secret in the state. */
  readonly secrets?: readonly string[];
  /** The id is that of the name, and follows it when the resource is renamed. */
  readonly idIsName?: true;
  /** A replacement waits until the old one is gone. */
  readonly deleteFirst?: true;
  /** What an id tells, for an import; left out where the real provider can't import either. */
  readonly fromId?: (id: string) => Properties;

  /** Creates the resource; gives its id, and with it outputs that only creation tells. */
  readonly create: (
    clients: Clients,
    inputs: Properties,
  ) => Promise<string | { readonly id: string; readonly outputs: Properties }>;
  /**
   * The live properties, with its tags as AWS has them; undefined when the resource is gone. What
   * it leaves out is kept.
   */
  readonly read: (
    clients: Clients,
    id: string,
    state: Properties,
  ) => Promise<Properties | undefined>;
  /** Changes in place the inputs that have no `update` of their own. */
  readonly update?: Update;
  /** Sets and removes tags, for types that have `tagInputs`. */
  readonly tags?: {
    readonly set: TagChange<Tag[]>;
    readonly remove: TagChange<string[]>;
  };
  /** That it is gone already is no error. */
  readonly remove: (
    clients: Clients,
    id: string,
    state: Properties,
  ) => Promise<unknown>;
}

type TagChange<Tags> = (
  clients: Clients,
  id: string,
  tags: Tags,
  state: Properties,
) => Promise<unknown>;
