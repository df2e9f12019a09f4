import type { NamedAccount } from "../../accounts/organisation";
import type { ExpectedIdentityProvider } from "../expected-identity-provider";
import type { Facts } from "../facts";
import { findingsAbout, type Findings } from "../findings";
import { inAccount } from "../remedies";
import { iamCall } from "../remedy-commands";

/** Whether each pipeline's tokens are taken, and no others: without them nobody deploys by it. */
export function* checkIdentityProviders({
  organisation,
  expected,
}: Pick<Facts, "organisation" | "expected">): Findings {
  const meant = new Map(
    [expected.bastion, ...expected.accounts].map((one) => [
      one.id,
      one.identityProvider,
    ]),
  );
  for (const account of organisation.accounts) {
    const provider = meant.get(account.id);
    if (provider) yield* providerFindings(account, provider);
  }
}

function providerFindings(
  account: NamedAccount,
  { issuer, audience, isOwn }: ExpectedIdentityProvider,
): Findings {
  const { name, id, live } = account;
  const arn = `arn:${live.partition}:iam::${id}:oidc-provider/${issuer}`;
  const found = live.identityProviders.find((one) => one.arn === arn);
  const audiences = found?.audiences ?? [];
  const more = audiences.filter((one) => one !== audience);
  const what = `the identity provider ${issuer} of ${name}`;
  return findingsAbout(account, arn, [
    [
      found === undefined,
      "identity-provider-differs",
      `${what} is not there: no run of the pipeline gets in`,
      isOwn
        ? undefined
        : "deploy the stack that makes it; or take existingProvider out of the config, and deploy this one.",
    ],
    [
      found !== undefined && !audiences.includes(audience),
      "identity-provider-differs",
      `${what} takes no tokens for ${audience}: no run of the pipeline gets in`,
      isOwn
        ? undefined
        : inAccount(account, [
            iamCall("add-client-id-to-open-id-connect-provider", {
              "open-id-connect-provider-arn": arn,
              "client-id": audience,
            }),
          ]),
    ],
    [
      isOwn && more.length > 0,
      "identity-provider-takes-more",
      `${what} takes tokens for ${more.join(", ")} as well, and the config says ${audience} alone`,
    ],
  ]);
}
