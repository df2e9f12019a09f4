import type {
  ReportViolation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { gatherIdentities, type Identities } from "../identities/gather";
import { unlessItFails } from "../findings/unless-it-fails";
import { withAccounts } from "../resources/account";
import { withContained } from "../resources/contained";
import type { Organisation } from "../organisation/organisation";
import type { Properties } from "../resources/plain-object";
import { rootStackType, stackOf, type Resource } from "../resources/resource";
import type { Rule, StackView } from "../rules/rule";
import type { Analysis } from "./analysis";
import type { Policy } from "./pulumi-policy";
import { reportFindings } from "./report";
import {
  holdsSecret,
  rawOf,
  stackResourceFromEngine,
  resourceToRemediate,
} from "./from-engine";

/** Makes a rule into what the engine runs. */
export function policyOf(rule: Rule, analysis: Analysis): Policy {
  const { name, title, description, severity, enforcementLevel, remedy } = rule;
  return {
    name,
    displayName: title,
    description,
    severity,
    remediationSteps: remedy,
    enforcementLevel,
    ...(rule.judgeResource === undefined
      ? {}
      : {
          validateResource: (args, report) => {
            validateResource(rule, analysis, args, report);
          },
        }),
    ...(rule.judgeStack === undefined
      ? {}
      : {
          validateStack: (args, report) => {
            validateStack(rule, analysis, args, report);
          },
        }),
    ...(rule.remediate === undefined
      ? {}
      : { remediateResource: (args) => remediate(rule, analysis, args) }),
  };
}

function validateResource(
  rule: Rule,
  { organisation, today, isPreview, resources }: Analysis,
  args: ResourceValidationArgs,
  report: ReportViolation,
): void {
  const resource = resources.get(args.urn);
  if (organisation === undefined || resource === undefined) {
    if (args.type === rootStackType) report(withoutOrganisation);
    return;
  }
  const findings = unlessItFails(resource, () =>
    withContained(resource).flatMap((one) =>
      unlessItFails(one, () => rule.judgeResource?.(one, organisation) ?? []),
    ),
  );
  // As a rule there is none.
  if (findings.length === 0) return;
  reportFindings(findings, {
    rule: rule.name,
    organisation,
    today,
    isPreview,
    stack: resource,
    report,
    propsOf: () => [args.props],
  });
}

function validateStack(
  rule: Rule,
  analysis: Analysis,
  { resources }: StackValidationArgs,
  report: ReportViolation,
): void {
  const { organisation, today, isPreview } = analysis;
  if (organisation === undefined) {
    // A rule that judges resources as well has said it already.
    if (rule.judgeResource === undefined) report(withoutOrganisation);
    return;
  }
  const props = new Map(resources.map(({ urn, props }) => [urn, props]));
  const root = resources.find(({ type }) => type === rootStackType);
  if (root === undefined) return;
  const findings = unlessItFails(undefined, () => {
    analysis.stack ??= viewOf(
      root.urn,
      withAccounts(
        resources.map((one) =>
          stackResourceFromEngine(one, analysis.resources.get(one.urn)),
        ),
      )
        .flatMap(withContained)
        .sort(byUrn),
    );
    return rule.judgeStack?.(analysis.stack, organisation) ?? [];
  });
  reportFindings(findings, {
    rule: rule.name,
    organisation,
    today,
    isPreview,
    stack: root,
    report,
    propsOf: ({ urn }) => [analysis.inputs.get(urn), props.get(urn)],
  });
}

/** The engine hands the resources over in another order at each run. */
const byUrn = (one: Resource, other: Resource): number =>
  one.urn < other.urn ? -1 : 1;

function viewOf(urn: string, resources: readonly Resource[]): StackView {
  let identities: Identities | undefined;
  return {
    name: stackOf(urn),
    resources,
    get identities() {
      identities ??= gatherIdentities(resources);
      return identities;
    },
  };
}

function remediate(
  rule: Rule,
  { organisation }: Analysis,
  args: ResourceValidationArgs,
): Properties | undefined {
  if (organisation === undefined) return undefined;
  const remediated = remediationOf(rule, args, organisation);
  if (remediated === undefined) return undefined;
  const asked = rawOf(args.props);
  // To the remediation a secret is plain text: putting that back would tell it to all.
  if (Object.keys(remediated).some((key) => holdsSecret(asked[key]))) {
    return undefined;
  }
  // The same object goes back, so that unknown and secret values stay what they are.
  return Object.assign(args.props, remediated);
}

/** Where it fails, the finding stays. */
function remediationOf(
  rule: Rule,
  args: ResourceValidationArgs,
  organisation: Organisation,
): Properties | undefined {
  try {
    return rule.remediate?.(resourceToRemediate(args), organisation);
  } catch {
    return undefined;
  }
}

const withoutOrganisation =
  "Undecided: the policy organisation is disabled, and with it all that this rule knows of the accounts.\n" +
  "  Fix: enable organisation, or disable this rule as well.";
