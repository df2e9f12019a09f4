import {
  awsCallers,
  hiddenCases,
  otherAwsCallers,
  isStranger,
  type CallerCase,
  type HiddenPrincipal,
  type SessionClass,
} from "./callers";
import type { Document } from "./document";
import type { Effort } from "./effort";
import { firstOpen } from "./first-open";
import type { DerivedKeys } from "./derived-keys";
import { keysIn } from "./keys";
import {
  actionKey,
  isMissing,
  isPresent,
  literal,
  resourceKey,
  type Literal,
} from "./literal";
import { isAws, speaksOf } from "./principal";
import { search, type Verdict } from "./search";
import { templateText } from "./text/template";

/** Keys of a principal that is a user or a session. */
export const keysOfPrincipals = [
  "aws:PrincipalArn",
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
  "aws:FederatedProvider",
  "aws:MultiFactorAuthPresent",
  "aws:MultiFactorAuthAge",
  "aws:TokenIssueTime",
  "aws:SourceIdentity",
  "aws:username",
];

/** Keys of a service that comes in its own name. */
const ofServices = [
  "aws:PrincipalServiceName",
  "aws:PrincipalServiceNamesList",
  "aws:SourceArn",
  "aws:SourceAccount",
  "aws:SourceOrgID",
  "aws:SourceOrgPaths",
];

/** Services' older names for the account of whoever asks. */
const accountKeys = ["kms:CallerAccount", "aws:SourceOwner"];

/**
 * A request that nobody signed. Source: AWS documentation, "AWS global condition context keys", the
 * availability of each: an account of the name `anonymous` it does have.
 */
const anonymous: CallerCase = {
  caller: { kind: "anonymous" },
  given: [
    ...[...keysOfPrincipals, ...ofServices, ...accountKeys].map(isMissing),
    ...["aws:PrincipalIsAWSService", "aws:CalledVia"].map(isMissing),
    literal("StringEquals", "aws:PrincipalAccount", "anonymous"),
    literal("StringEquals", "aws:PrincipalType", "Anonymous"),
    literal("StringEquals", "aws:userid", "anonymous"),
  ],
  derived: [],
  preferred: new Map(),
};

/** Which requests to the policy of a resource, or to that of a role, are asked about. */
export interface ResourceClass extends SessionClass {
  readonly counts: (one: CallerCase) => boolean;
  /**
   * All accounts that `counts` tells from others. Where the document is open to everyone, each of
   * them is asked about; and so is any other, as one.
   */
  readonly accounts: readonly string[];
  readonly given: readonly Literal[];
  /** What holds of those alone whom the document does not name. */
  readonly ofStrangers?: readonly Literal[];
}

/** Whether any caller of the class may do anything that the policy of a resource speaks of. */
export function whoMayUse(policy: Document, asked: ResourceClass): Verdict {
  const signed = [
    ...awsCallers(policy, asked.accounts, asked),
    ...otherAwsCallers(policy, asked.accounts),
    ...providers(policy),
  ];
  // Who it is that gets in tells most where it takes the least.
  const cases = mayBeUnsigned(policy)
    ? [anonymous, ...signed]
    : [...signed, anonymous];
  return whoeverOf(policy, asked, cases);
}

/** Whether it is about services whose own guides speak of requests that nobody signed. */
const mayBeUnsigned = ({ statements }: Document): boolean =>
  statements
    .flatMap(({ actions }) => actions?.values ?? [])
    .some((action) =>
      /^(s3|sqs|sns|es|execute-api|elasticfilesystem|vpc-lattice-svcs):|^lambda:InvokeFunctionUrl$/i.test(
        templateText(action),
      ),
    );

/**
 * The same, of those whom `whoMayAssume` does not ask about: federated users that a role's trust
 * policy names though they can't take it, and whoever comes with a token of a provider.
 */
export const whoElseIsTrusted = (
  trust: Document,
  asked: ResourceClass,
): Verdict =>
  whoeverOf(trust, asked, [
    ...otherAwsCallers(trust, []).filter(
      ({ caller }) => "arn" in caller && caller.arn !== undefined,
    ),
    ...providers(trust),
  ]);

/** Principals that the document names by an id, and lets in unless their account is a known one. */
export const hiddenPrincipals = (
  policy: Document,
  asked: ResourceClass,
): readonly HiddenPrincipal[] =>
  hiddenIn(policy).filter(
    (entry) =>
      whoeverOf(
        policy,
        asked,
        hiddenCases(policy, entry, asked.accounts, asked),
      ).answer !== "closed",
  );

/** Those whom an Allow names, whatever else it asks for. */
export function hiddenIn({ statements }: Document): readonly HiddenPrincipal[] {
  const entries = statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ principals }) => principals?.principals ?? []);
  const byId = new Map(
    entries.flatMap((entry) => ("id" in entry ? [[entry.id, entry]] : [])),
  );
  return [...byId.values()];
}

/** The account that an identity provider stands in; undefined of AWS's own providers. */
export const accountOfProvider = (provider: string): string | undefined =>
  /^arn:[^:]*:iam::(\d{12}):(?:saml|oidc)-provider\//.exec(provider)?.[1];

const providers = ({ statements }: Document): readonly CallerCase[] =>
  statements
    .flatMap(({ principals }) => principals?.principals ?? [])
    .flatMap((entry) =>
      entry.kind === "federated"
        ? [
            {
              caller: { kind: "federated", provider: entry.provider },
              given: [],
              derived: [],
              preferred: new Map(),
            },
          ]
        : [],
    );

const whoeverOf = (
  policy: Document,
  asked: ResourceClass,
  cases: readonly CallerCase[],
): Verdict =>
  firstOpen(
    cases
      .filter((one) => asked.counts(one) && isSpokenOf(policy, one))
      .map((one) => (effort: Effort) => {
        const { caller, given, derived, preferred } = one;
        return search({
          layers: [[policy]],
          caller,
          given: [
            ...[actionKey, resourceKey].map(isPresent),
            ...given,
            ...accountLiterals(one),
            ...(caller.kind === "anonymous" ? withoutTags(policy) : []),
            ...asked.given,
            ...(isStranger(one) ? (asked.ofStrangers ?? []) : []),
          ],
          derived: derived.map(withAccountKeys),
          preferred,
          effort,
        });
      }),
  );

const accountLiterals = ({ caller }: CallerCase): readonly Literal[] =>
  isAws(caller) && caller.account !== undefined
    ? accountKeys.map((key) =>
        literal("StringEquals", key, caller.account ?? ""),
      )
    : [];

/** Where the account is solved, its older names are solved with it. */
function withAccountKeys(derived: DerivedKeys): DerivedKeys {
  const account = derived.views.get("aws:principalaccount");
  if (account === undefined) return derived;
  const older = accountKeys.map((key) => [key.toLowerCase(), account] as const);
  return { ...derived, views: new Map([...derived.views, ...older]) };
}

const isSpokenOf = (policy: Document, { caller }: CallerCase): boolean =>
  policy.statements.some(
    (one) => one.effect === "Allow" && speaksOf(one, caller),
  );

/** Whoever has not signed in has no tags, whatever they are called. */
const withoutTags = (policy: Document): readonly Literal[] =>
  keysIn(policy)
    .filter((key) => key.startsWith("aws:principaltag/"))
    .map(isMissing);
