import type { Properties } from "../resources/plain-object";
import type { Resource } from "../resources/resource";

/** Gives a property that must be known, at any depth, for the document. */
export type Ask = (property: string) => unknown;

/** How the document is put together that AWS makes of a resource. */
export interface Form {
  /** Who is let in. */
  readonly field: string;
  /** @returns no statement, where nobody is let in */
  readonly document: (ask: Ask) => readonly Properties[];
  readonly properties?: KeyProperties;
}

/** By condition key: the property that says it of a resource which has no statements. */
export type KeyProperties = Readonly<Record<string, string>>;

export type FormOf = (resource: Resource) => Form;

export const allow = (
  principal: unknown,
  action: unknown,
  conditions: Readonly<Record<string, Properties>> = {},
): readonly Properties[] => [
  {
    Effect: "Allow",
    Action: action,
    Resource: "*",
    Principal: isService(principal)
      ? { Service: principal }
      : principal === "*"
        ? "*"
        : { AWS: principal },
    Condition: conditions,
  },
];

/** AWS leaves a condition out that nothing is given for. */
export const given = (key: string, value: unknown): Properties =>
  isGiven(value) ? { [key]: value } : {};

export const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== "";

/** `events.amazonaws.com`, and Alexa's skills, which are a service as well. */
const isService = (principal: unknown): boolean =>
  typeof principal === "string" && /\.(com|cn|eu|gov)$/.test(principal);
