import type { BastionConfig } from "../../infra/config";
import { documentText } from "../../infra/documents/policy-document";
import { roleBoundary } from "../../infra/pipeline-boundaries";
import { planRoles } from "../../infra/roles";
import type { Rights } from "../../policy-pack/decide/beyond";
import { readTexts } from "../accounts/documents";
import type { LiveAccount } from "../accounts/live-account";

/** Managed policies of the config's roles: those that somebody has are read in any case. */
export const policiesOfRoles = (config: BastionConfig): readonly string[] =>
  [...config.organisation.roles.keys()].flatMap((name) => {
    const found = planOf(config, name);
    return Object.values(found?.plan.managedPolicyArns ?? {});
  });

/** What a role of the config is to allow; undefined: one of its policies is not known here. */
export function rightsOfRole(
  { managedPolicies }: LiveAccount,
  config: BastionConfig,
  name: string,
): Rights | undefined {
  const { plan, boundary } = planOf(config, name) ?? {};
  if (plan === undefined) return undefined;
  const { inlinePolicies, managedPolicyArns, permissionsBoundaryArn } = plan;
  const attached = Object.values(managedPolicyArns).map((arn) => ({
    name: arn,
    text: managedPolicies.get(arn) ?? "",
  }));
  const limits =
    permissionsBoundaryArn === undefined
      ? undefined
      : [
          {
            name: permissionsBoundaryArn,
            text:
              permissionsBoundaryArn === boundary?.arn
                ? documentText(boundary.document)
                : (managedPolicies.get(permissionsBoundaryArn) ?? ""),
          },
        ];
  if ([...attached, ...(limits ?? [])].some(({ text }) => text === "")) {
    return undefined;
  }
  const inline = Object.entries(inlinePolicies).map(([policy, text]) => ({
    name: `policy ${policy} of the role ${name}`,
    text,
  }));
  return {
    documents: readTexts([...inline, ...attached], "identity"),
    boundary: limits && readTexts(limits, "identity"),
  };
}

/** It says the same in each account that has it, but for the account's id. */
const planOf = ({ organisation, accountId }: BastionConfig, name: string) => {
  const account = organisation.accounts.find(({ roles }) =>
    roles.includes(name),
  );
  const plan =
    account &&
    planRoles(organisation, account, accountId).find(
      (one) => one.name === name,
    );
  return plan && { plan, boundary: roleBoundary(organisation, account.id) };
};
