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
  today,
} from "../organisation/exemptions";
import { problemsWith } from "../organisation/identity-providers";
import { knownAccounts, type Organisation } from "../organisation/organisation";
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
          report(problem);
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
): readonly string[] {
  const { exemptions } = organisation;
  const known = Object.keys(organisationSchema.properties);
  const ours = knownAccounts(organisation, undefined);
  return [
    ...Object.keys(config)
      .filter((key) => !known.includes(key))
      .map(
        (key) =>
          `The config has the key ${key}, which is none of this policy.\n` +
          `  Fix: take one of ${known.join(", ")}.`,
      ),
    ...identityProvidersOf(config).flatMap(problemsWith),
    ...(config.vendors ?? [])
      .filter(({ account }) => ours.includes(account))
      .map(
        ({ account }) =>
          `vendors has ${account}, which is our own, as bastionAccountId or in accounts: it counts as no vendor.\n` +
          "  Fix: take it out of vendors; or, when it is a vendor's, out of accounts.",
      ),
    ...exemptions
      .filter(({ rule }) => rule !== undefined && !ruleNames.includes(rule))
      .map(
        ({ rule = "", resource }) =>
          `The exemption of ${resource} is from the rule ${rule}, which does not exist.\n` +
          `  Fix: take one of ${ruleNames.join(", ")}; or leave rule out, for all of them.`,
      ),
    ...exemptions
      .filter((one) => !namesStack(one))
      .map(
        ({ resource }) =>
          `The exemption of ${resource} names no stack, and exempts from nothing.\n` +
          "  Fix: add stack, as <project>/<stack>, or give the resource by its URN.",
      ),
    ...exemptions
      .filter(({ until }) => !isDay(until))
      .map(
        ({ resource, until }) =>
          `The exemption of ${resource} lasts until ${until}, which is no day, and exempts from nothing.\n` +
          "  Fix: write the last day that it holds as YYYY-MM-DD.",
      ),
    ...exemptions
      .filter((one) => isDay(one.until) && isExpired(one, day))
      .map(
        ({ rule, resource, reason, until }) =>
          `The exemption of ${resource} from ${rule ?? "all rules"} expired on ${until} (${reason}).\n` +
          "  Fix: remedy what it was for and take it out of the config, or give it another date and reason.",
      ),
  ];
}
