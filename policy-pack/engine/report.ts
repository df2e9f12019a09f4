import type { ReportViolation } from "@pulumi/policy";
import { findingText, type Finding } from "../findings/finding";
import type { UnknownValue } from "../identities/identity";
import { isExempt } from "../organisation/exemptions";
import type { Organisation } from "../organisation/organisation";
import type { Properties } from "../resources/plain-object";
import type { Resource } from "../resources/resource";

export interface Reporting {
  readonly rule: string;
  readonly organisation: Organisation;
  /** As YYYY-MM-DD. */
  readonly today: string;
  /** The stack, for findings about no resource of it in particular. */
  readonly stack: Pick<Resource, "name" | "urn">;
  readonly report: ReportViolation;
  /** The properties as the engine gave them: its proxy throws at unknown values. */
  readonly propsOf: (resource: Resource) => readonly (Properties | undefined)[];
}

/** Reports all that is known, and then has the engine say what is not. */
export function reportFindings(
  findings: readonly Finding[],
  reporting: Reporting,
): void {
  const { rule, organisation, today, stack, report } = reporting;
  for (const finding of findings) {
    if (finding.kind === "unknown") continue;
    const { name, urn } = finding.resource ?? stack;
    if (isExempt(organisation.exemptions, { rule, name, urn }, today)) continue;
    report(findingText(finding), finding.resource?.urn);
  }
  for (const finding of findings) {
    if (finding.kind === "unknown") throwIfUnknown(finding.value, reporting);
  }
}

/**
 * Reading an unknown value throws the engine's own error, which makes an advisory finding of it
 * and lets the preview go on; catching it would pass the unknown off as fine.
 */
function throwIfUnknown(
  { resource, path }: UnknownValue,
  { rule, organisation, today, propsOf }: Reporting,
): void {
  const { name, urn } = resource;
  if (isExempt(organisation.exemptions, { rule, name, urn }, today)) return;
  for (const props of propsOf(resource)) {
    path.reduce<unknown>(
      (value, step) =>
        typeof value === "object" && value !== null
          ? (value as Readonly<Record<string | number, unknown>>)[step]
          : undefined,
      props,
    );
  }
}
