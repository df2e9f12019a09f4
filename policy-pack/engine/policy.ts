import type {
  PolicyResource,
  ReportViolation,
  ResourceValidation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { gatherIdentities, type Identities } from "../identities/gather";
import type { Finding } from "../findings/finding";
import { unlessItFails } from "../findings/unless-it-fails";
import { withAccounts } from "../resources/account";
import { isContainer, withContained } from "../resources/contained";
import type { Organisation } from "../organisation/organisation";
import type { Properties } from "../resources/plain-object";
import { rootStackOf, stackOf, type Resource } from "../resources/resource";
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
  const policy: Policy = {
    name,
    displayName: title,
    description,
    severity,
    remediationSteps: remedy,
    enforcementLevel,
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
  return rule.judgeResource === undefined
    ? policy
    : Object.defineProperty(policy, "validateResource", {
        enumerable: true,
        get: whereItFinds(rule, analysis),
      });
}

/**
 * @pulumi/policy makes much anew for each policy that it asks about a resource, which takes longer than
 * most rules do. So a rule that finds nothing has no validation: asked for it, it judges.
 */
function whereItFinds(
  rule: Rule,
  analysis: Analysis,
): () => ResourceValidation | ResourceValidation[] | undefined {
  // Of one that only remediates @pulumi/policy would say that it does not apply.
  const nothing = rule.remediate === undefined ? undefined : none;
  const judge = lastOf((resource: Resource) =>
    findingsIn(resource, rule, analysis),
  );
  const validate: ResourceValidation = (args, report) => {
    validateResource(rule, analysis, judge, args, report);
  };
  return () =>
    analysis.asked === undefined || judge(analysis.asked).length > 0
      ? validate
      : nothing;
}

const none: ResourceValidation[] = [];

function findingsIn(
  resource: Resource,
  rule: Rule,
  { organisation }: Analysis,
): readonly Finding[] {
  if (organisation === undefined) return [];
  const judge = (one: Resource) =>
    unlessItFails(one, () => rule.judgeResource?.(one, organisation) ?? []);
  return isContainer(resource)
    ? unlessItFails(resource, () => withContained(resource).flatMap(judge))
    : judge(resource);
}

function lastOf<K, T>(ask: (one: K) => T): (one: K) => T {
  let last: K | undefined;
  let answer: T | undefined;
  return (one) => {
    if (last !== one || answer === undefined) {
      answer = ask(one);
      last = one;
    }
    return answer;
  };
}

function validateResource(
  rule: Rule,
  analysis: Analysis,
  judge: (resource: Resource) => readonly Finding[],
  args: ResourceValidationArgs,
  report: ReportViolation,
): void {
  const { organisation, today, isPreview, resources } = analysis;
  const resource = resources.get(args.urn);
  if (organisation === undefined || resource === undefined) {
    analysis.once(rule.name, () => {
      report(withoutOrganisation);
    });
    return;
  }
  const findings = judge(resource);
  // As a rule there is none.
  if (findings.length === 0) return;
  reportFindings(findings, {
    rule: rule.name,
    organisation,
    today,
    isPreview,
    stack: rootStackOf(args.urn),
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
  // The engine's list is full only the first time, see read-once.ts.
  analysis.shown ??= resources;
  const { organisation, today, isPreview, shown } = analysis;
  if (!isFilled(shown)) return;
  if (organisation === undefined) {
    analysis.once(rule.name, () => {
      report(withoutOrganisation);
    });
    return;
  }
  const findings = unlessItFails(undefined, () => {
    analysis.stack ??= viewOf(analysis, shown);
    return rule.judgeStack?.(analysis.stack, organisation) ?? [];
  });
  // As a rule there is none.
  if (findings.length === 0) return;
  reportFindings(findings, {
    rule: rule.name,
    organisation,
    today,
    isPreview,
    stack: rootStackOf(shown[0].urn),
    report,
    propsOf: ({ urn }) => [
      analysis.inputs.get(urn),
      shown.find((one) => one.urn === urn)?.props,
    ],
  });
}

/** The engine hands the resources over in another order at each run. */
const byUrn = (one: Resource, other: Resource): number =>
  one.urn < other.urn ? -1 : 1;

type Filled<T> = readonly [T, ...T[]];

const isFilled = <T>(list: readonly T[]): list is Filled<T> => list.length > 0;

function viewOf(
  { resources: asked }: Analysis,
  shown: Filled<PolicyResource>,
): StackView {
  const resources = withAccounts(
    shown.map((one) => stackResourceFromEngine(one, asked.get(one.urn))),
  )
    .flatMap(withContained)
    .sort(byUrn);
  let identities: Identities | undefined;
  return {
    name: stackOf(shown[0].urn),
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
