import {
  anyProvider,
  federatedProviders,
  isKnownIssuer,
  isSaml,
  issuerOf,
} from "../../../policy-pack/decide/federation";
import { trustOf, unlessUnreadable } from "../../accounts/documents";
import { isSignInOfAws } from "../../accounts/made-by-aws";
import type { NamedAccount } from "../../accounts/organisation";
import { fewOf } from "../../formats/few-of";
import { identityProvidersIn } from "../expected";
import type { ExpectedIdentityProvider } from "../expected-identity-provider";
import type { GivenFacts } from "../facts";
import { finding, findingsAbout, type Findings } from "../findings";
import { namedProviders } from "../identity-providers";
import { inAccount } from "../remedies";
import { iamCall } from "../../formats/aws-command";

/**
 * Whether the tokens of each pipeline, and of the roles of the config, are taken, and no others. And
 * whether there are providers that nobody names: a role that takes their tokens is made in a moment.
 */
export function* checkIdentityProviders(facts: GivenFacts): Findings {
  const { organisation, expected } = facts;
  for (const account of organisation.accounts) {
    if (account.live.unreadParts?.has("the identity providers")) continue;
    const providers = identityProvidersIn(expected, account);
    for (const one of providers) yield* providerFindings(account, one);
    const issuers = providers.map(({ issuer }) => issuer);
    yield* unknownProviders(facts, account, issuers);
  }
}

/** @param issuers those that the config has for the account */
function* unknownProviders(
  facts: GivenFacts,
  account: NamedAccount,
  issuers: readonly string[],
): Findings {
  const ours = namedProviders(facts);
  for (const { arn } of account.live.identityProviders) {
    const isKnown = issuers.includes(issuerOf(arn)) || isKnownIssuer(arn, ours);
    if (isKnown || isSignInOfAws(arn)) continue;
    const message = `the identity provider ${issuerOf(arn)} of ${account.name} is not in the config. ${whoTrusts(arn, account)}`;
    const call = isSaml(arn)
      ? iamCall("delete-saml-provider", { "saml-provider-arn": arn })
      : iamCall("delete-open-id-connect-provider", {
          "open-id-connect-provider-arn": arn,
        });
    yield finding(
      "identity-provider-not-in-config",
      account,
      arn,
      message,
      `${inAccount(account, [call])} Or, when its tokens are yours: name its issuer under identityProviders in the file of --known.`,
    );
  }
}

/** What may be taken by its tokens; which of them, each role's own findings say. */
function whoTrusts(arn: string, { live }: NamedAccount): string {
  const named = live.roles.flatMap((role) => {
    const providers = unlessUnreadable(() => federatedProviders(trustOf(role)));
    if (typeof providers === "string") return [`perhaps ${role.name}`];
    const takes = providers.some((one) => [arn, anyProvider].includes(one));
    return takes ? [role.name] : [];
  });
  return named.length === 0
    ? "No role takes its tokens"
    : `Roles that take its tokens: ${fewOf(named)}`;
}

function providerFindings(
  account: NamedAccount,
  { issuer, audiences, isOwn, subjects }: ExpectedIdentityProvider,
): Findings {
  const { name, id, live } = account;
  const arn = `arn:${live.partition}:iam::${id}:oidc-provider/${issuer}`;
  const found = live.identityProviders.find((one) => one.arn === arn);
  const there = found?.audiences ?? [];
  const more = there.filter((one) => !audiences.includes(one));
  const missing = audiences.filter((one) => !there.includes(one));
  const what = `the identity provider ${issuer} of ${name}`;
  const nobody =
    subjects.length === 0
      ? "no run of the pipeline gets in"
      : `nobody gets in by its tokens, as ${fewOf(subjects)}`;
  return findingsAbout(account, arn, [
    [
      found === undefined,
      "identity-provider-differs",
      `${what} is not there: ${nobody}`,
      isOwn
        ? undefined
        : "deploy the stack that makes it; or take existingProvider out of the config, and deploy this one.",
    ],
    [
      found !== undefined && missing.length > 0,
      "identity-provider-differs",
      `${what} takes no tokens for ${missing.join(", ")}: ${nobody}`,
      isOwn
        ? undefined
        : inAccount(
            account,
            missing.map((audience) =>
              iamCall("add-client-id-to-open-id-connect-provider", {
                "open-id-connect-provider-arn": arn,
                "client-id": audience,
              }),
            ),
          ),
    ],
    [
      isOwn && more.length > 0,
      "identity-provider-takes-more",
      `${what} takes tokens for ${more.join(", ")} as well, and the config says ${audiences.join(", ")} alone`,
    ],
  ]);
}
