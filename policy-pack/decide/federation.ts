import type { Document, Statement } from "./document";
import { actionKey, isMissing, literal, not, type Literal } from "./literal";
import { search, type Verdict, type Witness } from "./search";
import { isPlainText, templateText } from "./text/template";

/** What is not pinned about a provider, with a token that gets in. */
export type FederationVerdict =
  | { readonly answer: "pinned" }
  | {
      readonly answer: "open";
      readonly key: string;
      readonly witness: Witness;
    }
  | { readonly answer: "undecided"; readonly why: string };

/** Every provider that an Allow statement of the document trusts. */
export const federatedProviders = ({
  statements,
}: Document): readonly string[] => [
  ...new Set(
    statements
      .filter(({ effect }) => effect === "Allow")
      .flatMap(({ principals }) => principals?.principals ?? [])
      .flatMap((entry) => (entry.kind === "federated" ? [entry.provider] : [])),
  ),
];

const isSaml = (provider: string): boolean =>
  provider.includes(":saml-provider/");

/** `oidc-provider/<host and path>` of the ARN, or the name of one of AWS's own providers. */
const hostOf = (provider: string): string =>
  provider.replace(/^.*:oidc-provider\//, "").toLowerCase();

const github = "token.actions.githubusercontent.com";
const cognito = "cognito-identity.amazonaws.com";

/**
 * Whether a token must have a certain audience, and a subject that is not open-ended. Source: AWS
 * documentation, "Create a role for OpenID Connect federation", and "Available keys for SAML-based
 * AWS STS federation".
 */
export function isPinned(trust: Document, provider: string): FederationVerdict {
  if (isSaml(provider)) {
    return ask(trust, provider, "sts:AssumeRoleWithSAML", "saml:aud", whole);
  }
  const action = "sts:AssumeRoleWithWebIdentity";
  const host = hostOf(provider);
  const audience = ask(trust, provider, action, `${host}:aud`, whole);
  if (audience.answer !== "pinned") return audience;
  // A Cognito pool hands out identities of its own making; what tells them apart is the sign-in.
  return host === cognito
    ? ask(trust, provider, action, `${host}:amr`, whole)
    : ask(
        trust,
        provider,
        action,
        `${host}:sub`,
        host === github ? repository : lastPart,
      );
}

/** How much of a value may be open; undefined: the value pins nothing. */
type Pin = (value: string) => string | undefined;

const whole: Pin = (value) => (/[*?]/.test(value) ? undefined : value);

/** Owner and repository are certain; the rest, branch or environment, may be open. */
const repository: Pin = (value) => {
  const owned = /^repo:[^*?:/]+\/[^*?:/]+:/.exec(value);
  return owned === null ? whole(value) : `${owned[0]}*`;
};

/** Only the last part may be open. */
const lastPart: Pin = (value) => {
  const certain = /^([^*?]+[:/])[^:/]*$/.exec(value);
  return certain === null ? whole(value) : `${certain[1] ?? ""}*`;
};

/** Looks for a token whose key is missing, or outside of all that the document pins. */
function ask(
  trust: Document,
  provider: string,
  action: string,
  key: string,
  pin: Pin,
): FederationVerdict {
  const pins = valuesOf(trust.statements, key).flatMap(
    (value) => pin(value) ?? [],
  );
  const outside: readonly Literal[] =
    pins.length === 0 ? [] : [not(literal("StringLike", key, ...pins))];
  const classes: readonly (readonly Literal[])[] = [
    [isMissing(key)],
    [
      ...outside,
      literal(
        "StringLike",
        key,
        key.endsWith(`${github}:sub`) ? "repo:?*/?*:?*" : "?*",
      ),
    ],
    [...outside, literal("StringLike", key, "*")],
  ];
  let undecided: FederationVerdict | undefined;
  for (const given of classes) {
    const verdict: Verdict = search({
      layers: [[trust]],
      caller: { kind: "federated", provider },
      given: [literal("StringEquals", actionKey, action), ...given],
      preferred: new Map([[key, ["someone-elses"]]]),
    });
    if (verdict.answer === "open") {
      return { answer: "open", key, witness: verdict.witness };
    }
    if (verdict.answer === "undecided") undecided ??= verdict;
  }
  return undecided ?? { answer: "pinned" };
}

const valuesOf = (
  statements: readonly Statement[],
  key: string,
): readonly string[] =>
  statements
    .flatMap(({ conditions }) => conditions)
    .filter((condition) => condition.key === key.toLowerCase())
    .flatMap(({ values }) => values.filter(isPlainText).map(templateText));
