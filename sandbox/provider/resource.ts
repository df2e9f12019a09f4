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
  /** AWS's name for it, in the parameters of calls and in what a read finds. */
  readonly aws?: string;
  /** What it is by the value that AWS tells, where that is not the value itself. */
  readonly told?: (live: never) => unknown;
  /** The call that changes this input alone. */
  readonly update?: Call;
  /** Creation does not take it: `update` sets it right after. */
  readonly afterCreation?: true;
}

/** What a call to AWS is made of. */
export interface Work extends Clients {
  /** Empty before the creation. */
  readonly id: string;
  /** What the resource is to be; for a read and a removal: what is known of it. */
  readonly properties: Properties;
  /** What it was before an update; nothing right after a creation. */
  readonly before: Properties;
  /** Those of the properties that have a name of AWS's, by that. Fits the input of any call. */
  readonly parameters: never;
}

export type Call<Answer = unknown> = (work: Work) => Promise<Answer>;

/**
 * What the sandbox's provider knows of one type of resource: the same shape every time.
 *
 * Inputs and outputs are told as data, so that check, diff, preview and import are the same code
 * for all; the functions are the calls to AWS. Each of those throws AWS's own errors: that a thing
 * is missing is read from them.
 */
export interface ResourceType {
  readonly inputs: Readonly<Record<string, Input>>;
  /**
   * Properties that only AWS tells, unknown while a creation is previewed, with AWS's names for
   * them; null where creation alone tells it, or a read by its own name.
   */
  readonly outputs?: Readonly<Record<string, string | null>>;
  /** Outputs that must be secret in the state. */
  readonly secrets?: readonly string[];
  /** The property that is the id, and that an import knows; left out: creation tells the id. */
  readonly id?: string;
  /** A replacement waits until the old one is gone. */
  readonly deleteFirst?: true;
  /** What else an id tells, for an import; "never" where the real provider can't import either. */
  readonly fromId?: ((id: string) => Properties) | "never";

  /** Creates the resource; gives what AWS tells of it, as `find`, with its `id` where it has to. */
  readonly create: Call<object | undefined>;
  /**
   * The live resource by one call, whose answer may be that there is none: by AWS's names, or by
   * the properties' own. Those that have no name of AWS's and are left out stay as they were.
   */
  readonly find: Call<object | undefined>;
  /** What further calls tell of the resource that was found: that something is missing is an error. */
  readonly details?: (work: Work, found: never) => Promise<object>;
  /** Changes in place the inputs that have no `update` of their own. */
  readonly update?: Call;
  /** Sets and removes tags, for types that have `tagInputs`. */
  readonly tags?: {
    readonly set: (work: Work, tags: Tag[]) => Promise<unknown>;
    readonly remove: (work: Work, keys: string[]) => Promise<unknown>;
  };
  /** Takes away what keeps AWS from removing it: that something is missing is an error here, too. */
  readonly clear?: Call;
  /** Removes a resource that was found. */
  readonly remove: Call;
}
