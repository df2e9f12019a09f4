import { z } from "zod";
import { quotas } from "../documents/quotas";
import { policyName, session } from "./schema";
import { flag, names, strict, text } from "./shapes";
import { writtenDocument } from "./written-document";

/** What a role of the config's own says of itself, whoever takes it. */
const permissions = {
  // Source: AWS documentation, "CreateRole", the parameter Description.
  description: text(
    "a description of at most 1,000 characters of Latin-1: no dashes or quotation marks but the plain ones",
    /^[\t\n\r\x20-\x7e\xa1-\xff]{0,1000}$/,
  ).optional(),
  managedPolicies: names("managed policies: names of AWS's, or ARNs")
    .max(quotas.managedPoliciesPerRole, {
      error: `at most ${quotas.managedPoliciesPerRole} managed policies, which is IAM's quota`,
    })
    .default([]),
  inlinePolicies: z
    .record(text(policyName.expected, policyName.pattern), writtenDocument, {
      error: "inline documents by name",
    })
    .default({}),
};

export const furtherRole = strict(
  {
    ...session,
    ...permissions,
    requireTls: flag("whether the role is taken over TLS alone").default(false),
  },
  "a role: its managedPolicies, inlinePolicies or both",
);

export const policiesExpected =
  "managedPolicies, inlinePolicies or both: a role without any can do nothing";

export const hasPolicies = ({
  managedPolicies,
  inlinePolicies,
}: {
  readonly managedPolicies: readonly string[];
  readonly inlinePolicies: Readonly<Record<string, unknown>>;
}): boolean => managedPolicies.length + Object.keys(inlinePolicies).length > 0;

/** MFA is people's, and so is what a role asks of it. */
export const machineSettings = {
  maxSessionSeconds: session.maxSessionSeconds,
  permissionsBoundary: session.permissionsBoundary,
  ...permissions,
};
