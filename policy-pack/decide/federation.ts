import type { Condition, Document, Statement } from "./document";
import { actionKey, isMissing, literal, not, type Literal } from "./literal";
import { speaksOfAction } from "./could-allow";
import { withoutMfaKeys } from "./mfa";
import { speaksOf } from "./principal";
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

const byToken = "sts:AssumeRoleWithWebIdentity";
const bySaml = "sts:AssumeRoleWithSAML";

/** Stands for each provider that the account has, or will have. */
const anyProvider = "*";

/**
 * Every provider that an Allow statement of the document trusts. One that is open to everybody is
 * open to every provider of the account, and conditions may still pin some of them.
 */
export function federatedProviders({
  statements,
}: Document): readonly string[] {
  const allows = statements.filter(({ effect }) => effect === "Allow");
  const named = allows
    .flatMap(({ principals }) => principals?.principals ?? [])
    .flatMap((entry) => (entry.kind === "federated" ? [entry.provider] : []));
  const isOpen = allows.some(isOpenToProviders);
  return [
    ...new Set([
      ...named,
      ...(isOpen ? [anyProvider, ...hostsInKeys(statements)] : []),
    ]),
  ];
}

const isOpenToProviders = (statement: Statement): boolean =>
  [byToken, bySaml].some((action) => speaksOfAction(statement, action)) &&
  speaksOf(statement, { kind: "federated", provider: anyProvider });

/** Keys of a provider's tokens start with its host. */
const hostsInKeys = (statements: readonly Statement[]): readonly string[] =>
  statements
    .flatMap(({ conditions }) => conditions)
    .map(({ key }) => key.split(/:(?=[^:]*$)/)[0] ?? "")
    .filter((owner) => owner.includes("."));

export const isSaml = (provider: string): boolean =>
  provider.includes(":saml-provider/");

/** `oidc-provider/<host and path>` of the ARN, or the name of one of AWS's own providers. */
const hostOf = (provider: string): string =>
  provider.replace(/^.*:oidc-provider\//, "").toLowerCase();

/** What a token must be certain of. */
interface Claim {
  readonly key: string;
  readonly pin: Pin;
}

/** How much of a value may be open; undefined: the value pins nothing. */
type Pin = (value: string) => string | undefined;

const whole: Pin = (value) => (/[*?]/.test(value) ? undefined : value);

/** Owner and repository are certain; the rest, branch or environment, may be open. */
const repository: Pin = (value) => {
  const [owned] =
    /^(repo:[^*?:/]+\/[^*?:/]+|repository_id:\d+):/.exec(value) ?? [];
  return owned === undefined ? whole(value) : `${owned}*`;
};

/**
 * How the subjects of services for many customers begin, up to where they name one project. Sources:
 * the services' documentation: GitLab, "ID token authentication"; HCP Terraform, "Workload identity
 * tokens"; Buildkite, "OIDC"; Pulumi Cloud, "OIDC token format"; Azure DevOps, "Workload identity
 * federation".
 */
const upToProject: readonly RegExp[] = [
  /^project_path:[^*?:]+\/[^*?:]+:/,
  /^organization:[^*?:]+:(project|pipeline):[^*?:]+:/,
  /^pulumi:deploy:org:[^*?:]+:project:[^*?:]+:/,
  /^pulumi:environments:org:[^*?:]+:env:[^*?:/]+\//,
  /^sc:\/\/[^*?/]+\/[^*?/]+\//,
];
const ofManyCustomers = /^(project_path:|organization:|pulumi:|sc:\/\/)/;

/** Only what follows the project may be open; of other subjects the last part, after somebody's name. */
const lastPart: Pin = (value) => {
  if (whole(value) !== undefined) return value;
  if (ofManyCustomers.test(value)) {
    const [project] = upToProject.flatMap((one) => one.exec(value)?.[0] ?? []);
    return project === undefined ? undefined : `${project}*`;
  }
  const [certain = ""] = /^[^*?]*[:/]/.exec(value) ?? [];
  const isLast = !/[:/]/.test(value.slice(certain.length));
  return isLast && namesSomebody(certain) ? `${certain}*` : undefined;
};

/**
 * `user:` and `system:serviceaccount:` say what follows, and nothing of whom: a name stands behind
 * them. An id at the start is one by itself.
 */
function namesSomebody(certain: string): boolean {
  const [first = "", ...others] = certain.split(/[:/]/).filter(Boolean);
  return (
    /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i.test(first) ||
    others.some((part) => part !== "serviceaccount")
  );
}

/** Anyone is a guest. */
const signedIn: Pin = (value) =>
  value === "unauthenticated" ? undefined : whole(value);

const github = "token.actions.githubusercontent.com";

/** Providers whose keys are other ones than audience and subject. */
const ownClaims: ReadonlyMap<string, readonly [string, Pin][]> = new Map([
  // A pool hands out identities of its own making; what tells them apart is the sign-in.
  [
    "cognito-identity.amazonaws.com",
    [
      ["aud", whole],
      ["amr", signedIn],
    ],
  ],
  [
    "cognito-identity-us-gov.amazonaws.com",
    [
      ["aud", whole],
      ["amr", signedIn],
    ],
  ],
  [
    "www.amazon.com",
    [
      ["app_id", whole],
      ["user_id", whole],
    ],
  ],
  [
    "graph.facebook.com",
    [
      ["app_id", whole],
      ["id", whole],
    ],
  ],
]);

function claimsOf(provider: string): readonly Claim[] {
  if (isSaml(provider)) return [{ key: "saml:aud", pin: whole }];
  if (provider === anyProvider) {
    return [{ key: "aws:FederatedProvider", pin: whole }];
  }
  const host = hostOf(provider);
  const claims = ownClaims.get(host) ?? [
    ["aud", whole],
    ["sub", host === github ? repository : lastPart],
  ];
  return claims.map(([name, pin]) => ({ key: `${host}:${name}`, pin }));
}

/**
 * Whether a token must have a certain audience, and a subject that is not open-ended. Source: AWS
 * documentation, "Create a role for OpenID Connect federation", and "IAM and AWS STS condition
 * context keys", the keys for OIDC and for SAML federation.
 */
export function isPinned(trust: Document, provider: string): FederationVerdict {
  const verdicts = claimsOf(provider).map((claim) =>
    ask(trust, provider, claim),
  );
  return (
    verdicts.find(({ answer }) => answer === "open") ??
    verdicts.find(({ answer }) => answer === "undecided") ?? {
      answer: "pinned",
    }
  );
}

/** Looks for a token whose key is missing, or outside of all that the document pins. */
function ask(
  trust: Document,
  provider: string,
  { key, pin }: Claim,
): FederationVerdict {
  const conditions = conditionsOn(trust.statements, key);
  // Without wildcards a star is a star, and the value as certain as any.
  const exact = valuesOf(conditions.filter(isExact));
  const pins = valuesOf(conditions.filter((one) => !isExact(one))).flatMap(
    (value) => pin(value) ?? [],
  );
  // GitHub has no two owners or repositories whose names differ in case alone.
  const inAnyCase =
    key === `${github}:sub` ? valuesOf(conditions.filter(ignoresCase)) : [];
  const outside: readonly Literal[] = [
    ...(pins.length === 0 ? [] : [not(literal("StringLike", key, ...pins))]),
    ...(exact.length === 0
      ? []
      : [not(literal("StringEquals", key, ...exact))]),
    ...(inAnyCase.length === 0
      ? []
      : [not(literal("StringEqualsIgnoreCase", key, ...inAnyCase))]),
  ];
  const likely = key === `${github}:sub` ? "repo:?*/?*:?*" : "?*";
  const tokens = (given: readonly Literal[]): Verdict =>
    search({
      layers: [[trust]],
      caller: { kind: "federated", provider },
      given: [
        literal("StringEquals", actionKey, ...actionsOf(provider)),
        // No MFA of AWS's was given for a token.
        ...withoutMfaKeys.given,
        ...foreignKeys(trust.statements, provider).map(isMissing),
        ...given,
      ],
      preferred: new Map([[key, ["someone-elses"]]]),
    });
  const without = tokens([isMissing(key)]);
  if (without.answer === "open") return { ...without, key };
  const other = tokens([...outside, literal("StringLike", key, "*")]);
  if (other.answer === "open") {
    // One that reads like the provider's own tells more.
    const usual = tokens([...outside, literal("StringLike", key, likely)]);
    return { ...(usual.answer === "open" ? usual : other), key };
  }
  if (without.answer === "undecided") return without;
  return other.answer === "undecided" ? other : { answer: "pinned" };
}

function actionsOf(provider: string): readonly string[] {
  if (provider === anyProvider) return [byToken, bySaml];
  return [isSaml(provider) ? bySaml : byToken];
}

/** Keys of other providers, which start with their hosts: a token of this one has none of them. */
function foreignKeys(
  statements: readonly Statement[],
  provider: string,
): readonly string[] {
  const host = hostOf(provider);
  return statements
    .flatMap(({ conditions }) => conditions.map(({ key }) => key))
    .filter((key) => {
      const [owner = ""] = key.split(/:(?=[^:]*$)/);
      const isHost = owner.includes(".");
      return isHost && !owner.startsWith(host) && !host.startsWith(owner);
    });
}

const conditionsOn = (
  statements: readonly Statement[],
  key: string,
): readonly Condition[] =>
  statements
    .flatMap(({ conditions }) => conditions)
    .filter((condition) => condition.key === key.toLowerCase());

const valuesOf = (conditions: readonly Condition[]): readonly string[] =>
  conditions.flatMap(({ values }) =>
    values.filter(isPlainText).map(templateText),
  );

const ignoresCase = ({ operator }: Condition): boolean =>
  operator?.kind.family === "text" && operator.kind.ignoreCase;

const isExact = ({ operator }: Condition): boolean =>
  operator?.kind.family === "text" &&
  operator.kind.style === "exact" &&
  !operator.negated;
