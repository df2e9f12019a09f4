import {
  undecided,
  unknownFinding,
  wrong,
  type Finding,
} from "../findings/finding";
import { knownAccounts, type Organisation } from "../organisation/organisation";
import { accountOf } from "../resources/account";
import { isPlainObject } from "../resources/plain-object";
import type { Resource } from "../resources/resource";
import { pathToUnknown } from "../resources/unknown";
import type { Rule } from "./rule";

/** Source: AWS documentation, "IAM Roles Anywhere: trust model". */
export const trustAnchorsAreKnown: Rule = {
  name: "trust-anchors-are-known",
  title: "Trust anchors are known",
  description:
    "IAM Roles Anywhere takes certificates only of an authority in a known account.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remedy: "Take an authority of AWS Private CA in a known account.",
  judgeResource: (resource, organisation) =>
    /^aws(:rolesanywhere\/trustAnchor|-native:rolesanywhere):TrustAnchor$/.test(
      resource.type,
    )
      ? findings(resource, organisation)
      : [],
};

function findings(
  resource: Resource,
  organisation: Organisation,
): readonly Finding[] {
  const { source } = resource.inputs;
  const path = pathToUnknown(source);
  if (path !== undefined) {
    return [unknownFinding({ resource, path: ["source", ...path] })];
  }
  const data = isPlainObject(source) ? source["sourceData"] : undefined;
  const arn = isPlainObject(data) ? data["acmPcaArn"] : undefined;
  const [, account] =
    /^arn:[^:]+:acm-pca:[^:]*:(\d{12}):/.exec(String(arn)) ?? [];
  if (account === undefined) {
    return [
      undecided(
        resource,
        "whose certificates source takes: whoever has the authority's key signs in to the roles that trust IAM Roles Anywhere.",
        "take an authority of AWS Private CA in a known account; or, when it is yours, exempt this trust anchor in the config, with a reason.",
        { field: "source" },
      ),
    ];
  }
  return knownAccounts(organisation, accountOf(resource)).includes(account)
    ? []
    : [
        wrong(
          resource,
          `source takes certificates of an authority in account ${account}, which is foreign.`,
          "take an authority in a known account; or, when that one is, name it in the config under accounts.",
          { field: "source" },
        ),
      ];
}
