import type {
  Policies,
  ReportViolation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { gatherIdentities, type Identities } from "../identities/gather";
import type { Properties } from "../resources/plain-object";
import { rootStackType, stackOf, type Resource } from "../resources/resource";
import type { Rule, StackView } from "../rules/rule";
import { reportFindings } from "./report";
import {
  holdsSecret,
  rawOf,
  seenInStack,
  seenResource,
  seenToRepair,
} from "./from-engine";
import type { Session } from "./session";

export type Policy = Policies[number];

/** Makes a rule into what the engine runs. */
export function policyOf(rule: Rule, session: Session): Policy {
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
            validateResource(rule, session, args, report);
          },
        }),
    ...(rule.judgeStack === undefined
      ? {}
      : {
          validateStack: (args, report) => {
            validateStack(rule, session, args, report);
          },
        }),
    ...(rule.repair === undefined
      ? {}
      : { remediateResource: (args) => repair(rule, session, args) }),
  };
}

function validateResource(
  rule: Rule,
  { organisation, today }: Session,
  args: ResourceValidationArgs,
  report: ReportViolation,
): void {
  if (organisation === undefined) {
    if (args.type === rootStackType) report(withoutOrganisation);
    return;
  }
  const resource = seenResource(args);
  reportFindings(rule.judgeResource?.(resource, organisation) ?? [], {
    rule: rule.name,
    organisation,
    today,
    stack: resource,
    report,
    propsOf: () => [args.props],
  });
}

function validateStack(
  rule: Rule,
  session: Session,
  { resources }: StackValidationArgs,
  report: ReportViolation,
): void {
  const { organisation, today } = session;
  if (organisation === undefined) {
    // A rule that judges resources as well has said it already.
    if (rule.judgeResource === undefined) report(withoutOrganisation);
    return;
  }
  const props = new Map(resources.map(({ urn, props }) => [urn, props]));
  const root = resources.find(({ type }) => type === rootStackType);
  if (root === undefined) return;
  session.stack ??= viewOf(
    root.urn,
    resources.map((one) => seenInStack(one, session)).sort(byUrn),
  );
  reportFindings(rule.judgeStack?.(session.stack, organisation) ?? [], {
    rule: rule.name,
    organisation,
    today,
    stack: root,
    report,
    propsOf: ({ urn }) => [session.inputs.get(urn), props.get(urn)],
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

function repair(
  rule: Rule,
  { organisation }: Session,
  args: ResourceValidationArgs,
): Properties | undefined {
  if (organisation === undefined) return undefined;
  const repaired = rule.repair?.(seenToRepair(args), organisation);
  if (repaired === undefined) return undefined;
  const asked = rawOf(args.props);
  // To the repair a secret is plain text: putting that back would tell it to all.
  if (Object.keys(repaired).some((key) => holdsSecret(asked[key]))) {
    return undefined;
  }
  // The same object goes back, so that unknown and secret values stay what they are.
  return Object.assign(args.props, repaired);
}

const withoutOrganisation =
  "Undecided: the policy organisation is disabled, and with it all that this rule knows of the accounts.\n" +
  "  To mend it: enable organisation, or disable this rule as well.";
