import type { ReportViolation } from "@pulumi/policy";
import { findingText, undecided, type Finding } from "../findings/finding";
import type { UnknownValue } from "../resources/unknown-value";
import { unknownValueError } from "./unknown-value-error";
import { isExempt } from "../organisation/exemptions";
import type { Organisation } from "../organisation/organisation";
import type { Properties } from "../resources/plain-object";
import type { Resource } from "../resources/resource";
import { fieldOf, valueAt } from "../resources/path";
import { Unread } from "../resources/unknown";

export interface Reporting {
  readonly rule: string;
  readonly organisation: Organisation;
  /** As YYYY-MM-DD. */
  readonly today: string;
  readonly isPreview: boolean;
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
  const { stack, report } = reporting;
  for (const finding of findings) {
    if (finding.kind === "unknown") continue;
    const { resource } = finding;
    if (isAccepted(resource ?? stack, reporting)) continue;
    report(findingText(finding), resource && shownAs(resource).urn);
  }
  for (const finding of findings) {
    if (finding.kind === "unknown" && !isUnread(finding.value)) {
      reportUnknown(finding.value, reporting);
    }
  }
}

/** What the engine shows of it: of what stands in a template, the stack that has that. */
const shownAs = (resource: Resource): Resource =>
  resource.within?.container ?? resource;

/** Whoever exempts a stack exempts what its template makes. */
const isAccepted = (
  resource: Pick<Resource, "name" | "urn" | "within">,
  { rule, organisation, today }: Reporting,
): boolean =>
  [resource, resource.within?.container ?? resource].some(({ name, urn }) =>
    isExempt(organisation.exemptions, { rule, name, urn }, today),
  );

/** Of what will never be known the rule `no-unread-access` speaks, once, for all rules. */
const isUnread = ({ resource, path }: UnknownValue): boolean =>
  valueAt(resource.inputs, path) instanceof Unread;

/**
 * At a preview, reading an unknown value throws the engine's own error, which makes an advisory
 * finding of it and lets the preview go on; catching it would pass the unknown off as fine. The engine
 * does not see a marker that is a part of a text, or of a key, which is the same to us. In an update
 * all is known: what looks like a marker there was written so, and must not pass as unknown.
 */
function reportUnknown(
  { resource, path }: UnknownValue,
  reporting: Reporting,
): void {
  const { isPreview, report, propsOf } = reporting;
  if (isAccepted(resource, reporting)) return;
  if (isPreview) {
    for (const props of propsOf(resource)) valueAt(props, path);
    throw unknownValueError(path);
  }
  report(
    findingText(
      undecided(
        resource,
        `${fieldOf(path)} holds the text by which Pulumi marks values that are not known yet.`,
        "take that text out.",
      ),
    ),
    shownAs(resource).urn,
  );
}
