import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "./engine/paths";
import type { StackFile } from "./project";

/** What has Pulumi judge a stack by the policy pack; npm's scripts compile it first. */
export const underPolicyPack: readonly string[] = [
  "--policy-pack",
  join(checkout, "policy-pack"),
];

/** The same, with the accounts of a stack file in place of the pack's own; writes a file for it. */
export function underPolicyPackFor(
  {
    bastionAccountId,
    accounts,
    roles = {},
  }: Pick<StackFile, "bastionAccountId" | "accounts"> &
    Partial<Pick<StackFile, "roles">>,
  folder: string,
): readonly string[] {
  const ids = Object.values(accounts).map(({ id }) => id);
  const trusts = Object.values(roles).map(({ trust }) => trust);
  const rules = {
    organisation: {
      bastionAccountId,
      accounts: ids,
      vendors: trusts.flatMap((trust) =>
        trust?.vendor === undefined
          ? []
          : [
              {
                account: trust.vendor.accountId,
                externalIds: [trust.vendor.externalId],
              },
            ],
      ),
      identityProviders: trusts.flatMap((trust) =>
        trust?.oidc === undefined
          ? []
          : [
              {
                issuer: trust.oidc.issuer,
                claims: { sub: trust.oidc.subjects },
              },
            ],
      ),
    },
  };
  const file = join(folder, "rules.json");
  writeFileSync(file, JSON.stringify(rules));
  return [...underPolicyPack, "--policy-pack-config", file];
}
