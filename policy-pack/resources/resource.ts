import type { Properties } from "./plain-object";
import { isUnknown } from "./unknown";

/** A resource as the engine shows it; what nobody knows yet is an `Unknown`, at any depth. */
export interface Resource {
  readonly type: string;
  /** Its name in the program, not in AWS. */
  readonly name: string;
  readonly urn: string;
  /** What the program asks for. */
  readonly inputs: Properties;
  /** What is known of it beside that: its ARN, a name that was made for it. */
  readonly outputs: Properties;
  /** Absent of components. */
  readonly provider: Provider | undefined;
  /** By property: the URNs of the resources that its value comes from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly within?: Within;
}

/** Where a resource stands that the engine does not show: inside another, as in a template. */
export interface Within {
  /** What the engine shows. */
  readonly container: Resource;
  /** Which one it is there: "Deploy (AWS::IAM::Role)". */
  readonly what: string;
  /** Whether its account is one of ours, which stands for any that nothing names. */
  readonly isAccountMade: boolean;
}

export interface Provider {
  readonly urn: string;
  /** By what it has made: where its own properties don't tell. */
  readonly account?: string;
  readonly properties: Properties;
}

/** `project/stack`, as a URN has them: `urn:pulumi:<stack>::<project>::<type>::<name>`. */
export function stackOf(urn: string): string {
  const [start = "", project = ""] = urn.split("::");
  return `${project}/${start.replace("urn:pulumi:", "")}`;
}

/** The stack itself as a resource, by the URN of any of its resources: not every state holds it. */
export function rootStackOf(urn: string): Pick<Resource, "name" | "urn"> {
  const [project = "", stack = ""] = stackOf(urn).split("/");
  const name = `${project}-${stack}`;
  return {
    name,
    urn: `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${name}`,
  };
}

/** A fact about the resource that AWS or the provider may have added. */
export function factOf(
  { inputs, outputs }: Resource,
  property: string,
): unknown {
  const told = outputs[property];
  const asked = inputs[property];
  return told === undefined || told === null || isUnknown(told)
    ? (asked ?? told)
    : told;
}

/** The same, of a text: undefined where it is none, or not known yet. */
export function knownText(
  resource: Resource,
  property: string,
): string | undefined {
  const fact = factOf(resource, property);
  return typeof fact === "string" ? fact : undefined;
}
