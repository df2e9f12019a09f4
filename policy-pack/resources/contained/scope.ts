import type { Properties } from "../plain-object";

/** What a template's functions may ask about: all that is known where the template is deployed. */
export interface Scope {
  /** The values of its parameters: an `Unknown` where there is none. */
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly mappings: Properties;
  readonly conditions: Properties;
  readonly resources: ReadonlyMap<string, Declaration>;
  readonly place: Place;
}

/** A resource as the template declares it. */
export interface Declaration {
  readonly id: string;
  /** As findings call it: "Deploy (AWS::IAM::Role)". */
  readonly what: string;
  readonly type: string;
  readonly properties: Properties;
  readonly condition: unknown;
}

/** Where a template is deployed. */
export interface Place {
  readonly account: string;
  /** undefined: not known, as of a stack set's. */
  readonly region: string | undefined;
  readonly partition: string;
  /** The name of its stack in AWS. */
  readonly stack: string;
}
