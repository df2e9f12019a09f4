import type { EnforcementLevel, Severity } from "@pulumi/policy";
import type { Finding } from "../findings/finding";
import type { Identities } from "../identities/gather";
import type { Organisation } from "../organisation/organisation";
import type { Properties } from "../resources/plain-object";
import type { Resource } from "../resources/resource";

/** One rule of the pattern: what it is for people, and how it judges. */
export interface Rule {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  /** Unless the config sets another. */
  readonly enforcementLevel: EnforcementLevel;
  /** What to do about a finding, in general; each finding says it in particular. */
  readonly remedy: string;
  /** What one resource shows: before it is made. */
  readonly judgeResource?: (
    resource: Resource,
    organisation: Organisation,
  ) => readonly Finding[];
  /** What only several resources show: at the end of the preview, or of the update. */
  readonly judgeStack?: (
    stack: StackView,
    organisation: Organisation,
  ) => readonly Finding[];
  /** The inputs to put in the place of the resource's own, where that fixes it and changes no more. */
  readonly remediate?: (
    resource: Resource,
    organisation: Organisation,
  ) => Properties | undefined;
}

export interface StackView {
  /** `project/stack`. */
  readonly name: string;
  /** In the order of their URNs. */
  readonly resources: readonly Resource[];
  readonly identities: Identities;
}

/** Whether the config names a role as one that may be administrator. */
export const isAdministrator = (
  name: string | undefined,
  { administratorRoles }: Organisation,
): boolean => name !== undefined && administratorRoles.includes(name);

export const isBastionStack = (
  stack: string,
  { bastionStacks }: Organisation,
): boolean => bastionStacks.includes(stack);
