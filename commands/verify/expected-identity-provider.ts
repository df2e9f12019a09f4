import { z } from "zod";
import type { Organisation, WorkloadAccountFacts } from "../../infra/config";
import { planIdentityProviders } from "../../infra/machine-access";

export const expectedIdentityProvider = z.object({
  issuer: z.string(),
  audiences: z.array(z.string()),
  /** Whether a stack makes it; if not, others may use it too. */
  isOwn: z.boolean(),
  /** Of the tokens that roles of the config take; a pipeline's are not among them. */
  subjects: z.array(z.string()),
});

export type ExpectedIdentityProvider = z.infer<typeof expectedIdentityProvider>;

/** By which tokens get in, a pipeline's and those of the config's roles. */
export const expectedProviders = (
  organisation: Organisation,
  account: Pick<WorkloadAccountFacts, "machineRoles">,
): ExpectedIdentityProvider[] =>
  planIdentityProviders(organisation, account).map(
    ({ issuer, audiences, isOwn, subjects }) => ({
      issuer,
      audiences: [...audiences],
      isOwn,
      subjects: [...subjects],
    }),
  );
