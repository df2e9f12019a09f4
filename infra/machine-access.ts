import type { MachineRole, Organisation, WorkloadAccountFacts } from "./config";
import type { TokenTrust } from "./documents/machine-trust";
import { tokenAudience, tokenIssuer } from "./documents/pipeline-trust";

/** An identity provider by which tokens get in; what is made of it, and what of it others made. */
export interface IdentityProviderPlan {
  /** Host and path. */
  readonly issuer: string;
  /** For whom tokens may be: of all roles that take them, and of the pipeline. */
  readonly audiences: readonly string[];
  /** Whether the stack of the account makes it. */
  readonly isOwn: boolean;
  /** Whether it comes with the pipeline's roles. */
  readonly isPipelines: boolean;
  /** Of tokens that roles of the config take; the pipeline's say by themselves whose they are. */
  readonly subjects: readonly string[];
}

/** The roles of the account that no person takes, in the order of the config. */
export const machineRolesOf = (
  { machineRoles }: Pick<Organisation, "machineRoles">,
  account: Pick<WorkloadAccountFacts, "machineRoles">,
): readonly MachineRole[] =>
  [...machineRoles.values()].filter(({ name }) =>
    account.machineRoles.includes(name),
  );

/**
 * One identity provider an issuer, which is all that an account can have; the pipeline's first. GitHub's is the pipeline's,
 * where there is one that makes it.
 */
export function planIdentityProviders(
  organisation: Pick<Organisation, "machineRoles" | "pipeline" | "partition">,
  account: Pick<WorkloadAccountFacts, "machineRoles">,
): readonly IdentityProviderPlan[] {
  const { pipeline, partition } = organisation;
  const trusts = machineRolesOf(organisation, account)
    .map(({ trust }) => trust)
    .filter((trust): trust is TokenTrust => trust.kind === "oidc");
  const issuers = new Set([
    ...(pipeline === undefined ? [] : [tokenIssuer]),
    ...trusts.map(({ issuer }) => issuer),
  ]);
  return [...issuers].map((issuer) => {
    const own = trusts.filter((one) => one.issuer === issuer);
    const ofPipeline = issuer === tokenIssuer ? pipeline : undefined;
    const isPipelines =
      ofPipeline !== undefined && !ofPipeline.existingProvider;
    return {
      issuer,
      audiences: [
        ...new Set([
          ...(ofPipeline === undefined ? [] : [tokenAudience(partition)]),
          ...own.map(({ audience }) => audience),
        ]),
      ],
      isOwn: isPipelines || own.some((one) => !one.existingProvider),
      isPipelines,
      subjects: [...new Set(own.flatMap(({ subjects }) => subjects))],
    };
  });
}
