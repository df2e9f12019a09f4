import type { ReportViolation, ResourceValidationArgs } from "@pulumi/policy";
import {
  identityProvidersOf,
  organisationFrom,
  organisationSchema,
  type OrganisationConfig,
} from "../organisation/config";
import {
  isDay,
  isExpired,
  namesStack,
  otherStackOf,
  today,
} from "../organisation/exemptions";
import { problemsWith } from "../organisation/identity-providers";
import { findingText, wrong, type KnownFinding } from "../findings/finding";
import {
  knownAccounts,
  type Exemption,
  type Organisation,
} from "../organisation/organisation";
import type { Analysis } from "./analysis";
import type { Policy } from "./pulumi-policy";

const name = "organisation";

/**
 * The engine knows no config that policies share, so this policy stands first, reads it for
 * the others, and says what is wrong with it. It reads each resource for them as well.
 */
export function organisationPolicy(
  analysis: Analysis,
  ruleNames: readonly string[],
): Policy {
  return {
    name,
    displayName: "The organisation",
    description:
      "The accounts, roles, limits and exemptions that all rules go by.",
    severity: "high",
    remediationSteps: "Fix the config of the policy pack.",
    enforcementLevel: "mandatory",
    configSchema: organisationSchema,
    validateResource: (
      args: ResourceValidationArgs,
      report: ReportViolation,
    ) => {
      const config = args.getConfig<Partial<OrganisationConfig>>();
      const organisation = (analysis.organisation ??= organisationFrom(config));
      analysis.record(args);
      analysis.once(name, () => {
        for (const problem of problemsIn(config, organisation, ruleNames)) {
          report(findingText(problem));
        }
      });
    },
  };
}

/** What the schema lets through: the engine takes keys that it does not know without a word. */
function problemsIn(
  config: Partial<OrganisationConfig>,
  organisation: Organisation,
  ruleNames: readonly string[],
  day = today(),
): readonly KnownFinding[] {
  const { exemptions } = organisation;
  const known = Object.keys(organisationSchema.properties);
  const ours = knownAccounts(organisation, undefined);
  return [
    ...Object.keys(config)
      .filter((key) => !known.includes(key))
      .map((key) =>
        wrong(
          undefined,
          `The config has the key ${key}, which is none of this policy.`,
          `take one of ${known.join(", ")}.`,
        ),
      ),
    ...identityProvidersOf(config).flatMap(problemsWith),
    ...(config.vendors ?? [])
      .filter(({ account }) => ours.includes(account))
      .map(({ account }) =>
        wrong(
          undefined,
          `vendors has ${account}, which is our own, as bastionAccountId or in accounts: it counts as no vendor.`,
          "take it out of vendors; or, when it is a vendor's, out of accounts.",
        ),
      ),
    ...exemptions.flatMap((one) => problemsWithExemption(one, ruleNames, day)),
  ];
}

function problemsWithExemption(
  one: Exemption,
  ruleNames: readonly string[],
  day: string,
): readonly KnownFinding[] {
  const { rule, resource, stack, reason, until } = one;
  const problem = (isThere: boolean, what: string, remedy: string) =>
    isThere
      ? [wrong(undefined, `The exemption of ${resource} ${what}`, remedy)]
      : [];
  const other = otherStackOf(one);
  return [
    ...problem(
      rule !== undefined && !ruleNames.includes(rule),
      `is from the rule ${rule ?? ""}, which does not exist.`,
      `take one of ${ruleNames.join(", ")}; or leave rule out, for all of them.`,
    ),
    ...problem(
      !namesStack(one),
      "names no stack's resource, and exempts from nothing.",
      "add stack, as <project>/<stack>, or give the resource by its URN, as urn:pulumi:<stack>::<project>::<type>::<name>.",
    ),
    ...problem(
      other !== undefined,
      `gives the stack ${stack ?? ""}, and a URN of ${other ?? ""}.`,
      "leave stack out, or give the URN that is meant.",
    ),
    ...problem(
      !isDay(until),
      `lasts until ${until}, which is no day, and exempts from nothing.`,
      "write the last day that it holds as YYYY-MM-DD.",
    ),
    ...problem(
      isDay(until) && isExpired(one, day),
      `from ${rule ?? "all rules"} expired on ${until} (${reason}).`,
      "remedy what it was for and take it out of the config, or give it another date and reason.",
    ),
  ];
}
