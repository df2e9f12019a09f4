import type { IAMClient } from "@aws-sdk/client-iam";

/** The properties of a resource, as they cross between the engine and the provider. */
export type Properties = Readonly<Record<string, unknown>>;

/** One account, as one of the program's providers reaches it. */
export interface ConnectedAccount {
  readonly accountId: string;
  readonly iam: IAMClient;
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** What the sandbox's provider knows of one type of resource: the same shape every time. */
export interface ResourceType {
  /** Inputs whose change takes a new resource, as with the real provider. */
  readonly replaceOn: readonly string[];
  /** Inputs that hold IAM documents, which are compared by what they say. */
  readonly documents?: readonly string[];
  /** Inputs that hold lists whose order means nothing. */
  readonly sets?: readonly string[];
  /** Inputs that can be taken away again in place. */
  readonly optional?: readonly string[];
  /** What an input is when the program leaves it out. */
  readonly defaults?: Properties;
  /** Inputs that the real provider makes up from the resource's name when they are left out. */
  readonly named?: string;
  /** The resource carries tags, the provider's default ones too. */
  readonly tagged?: boolean;
  /** Outputs that must be secret in the state. */
  readonly secrets?: readonly string[];

  /** Creates the resource; gives its id, and outputs that only creation tells. */
  readonly create: (
    account: ConnectedAccount,
    inputs: Properties,
  ) => Promise<{ readonly id: string; readonly once?: Properties }>;
  /** The live properties; undefined when the resource is gone. */
  readonly read: (
    account: ConnectedAccount,
    id: string,
    state: Properties,
  ) => Promise<Properties | undefined>;
  /** Changes what can be changed in place; gives the id, which a rename changes. */
  readonly update: (
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

/** Reads a property that must be text. */
export function text(properties: Properties, name: string): string {
  const value = properties[name];
  if (typeof value === "string") return value;
  throw new Error(`property ${name}: expected text, found ${typeof value}`);
}

export function optionalText(
  properties: Properties,
  name: string,
): string | undefined {
  const value = properties[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function optionalNumber(
  properties: Properties,
  name: string,
): number | undefined {
  const value = properties[name];
  return typeof value === "number" ? value : undefined;
}

export const flag = (properties: Properties, name: string): boolean =>
  properties[name] === true;

export function texts(properties: Properties, name: string): readonly string[] {
  const value = properties[name];
  return Array.isArray(value)
    ? value.filter((item) => typeof item === "string")
    : [];
}

export function tagsOf(
  properties: Properties,
  name: "tags" | "tagsAll",
): Readonly<Record<string, string>> {
  return (properties[name] ?? {}) as Readonly<Record<string, string>>;
}
