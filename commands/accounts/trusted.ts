import { awsCallers, type CallerCase } from "../../policy-pack/decide/callers";
import type { Document } from "../../policy-pack/decide/document";
import { Effort } from "../../policy-pack/decide/effort";
import {
  federatedProviders,
  foreignToken,
  unpinnedToken,
  type IdentityProvider,
  type TokenVerdict,
} from "../../policy-pack/decide/federation";
import { anyMfa } from "../../policy-pack/decide/mfa";
import { hiddenPrincipals } from "../../policy-pack/decide/resource-policy";
import type { Verdict } from "../../policy-pack/decide/search";
import {
  serviceMayAssume,
  servicesIn,
} from "../../policy-pack/decide/service-callers";
import { templateText } from "../../policy-pack/decide/text/template";
import { whoMayAssume } from "../../policy-pack/decide/trust";

/** Somebody whom a role's trust policy lets in, as long as their own account lets them ask. */
export type Trusted = (
  | {
      /** Users, or sessions of roles. */
      readonly kind: "user" | "role session";
      /** undefined: any account that was not asked about. */
      readonly account: string | undefined;
      /** Of the user, or of the role; undefined: any that the trust policy does not name. */
      readonly arn: string | undefined;
      /** Where the trust policy names a session alone. */
      readonly sessionArn?: string;
      /** Of any account: the organisation that the trust policy asks it to be of. */
      readonly organisation?: string;
    }
  | {
      readonly kind: "service";
      readonly name: string;
      /** Whose function or instance it comes for; left out: the trust policy names no account. */
      readonly account?: string;
    }
  | {
      readonly kind: "tokens";
      readonly provider: string;
      readonly whose: "ours" | "a stranger's" | "anybody's";
      /** A claim, with a value that gets in where that is none of ours. */
      readonly key: string | undefined;
      readonly value: string | undefined;
    }
  | { readonly kind: "hidden"; readonly id: string }
) & {
  /** Why it is not certain; undefined: it is. */
  readonly doubt: string | undefined;
};

/** Whom it is asked about. */
export interface TrustQuestion {
  /** Accounts to tell from any other. */
  readonly accounts: readonly string[];
  /** Whose tokens are ours. */
  readonly identityProviders: readonly IdentityProvider[];
}

/** All that the trust policy lets in: users and sessions, services, tokens, and whoever is behind an id. */
export const trustedBy = (
  trust: Document,
  { accounts, identityProviders }: TrustQuestion,
): readonly Trusted[] => [
  ...callersIn(trust, accounts),
  ...servicesLetIn(trust),
  ...federatedProviders(trust).flatMap((provider) =>
    tokensOf(trust, provider, identityProviders),
  ),
  ...hiddenPrincipals(trust, { counts: () => true, accounts, given: [] }).map(
    ({ kind, id }): Trusted => ({
      kind: "hidden",
      id,
      doubt: `who is behind the ${kind} ${id} does not show`,
    }),
  ),
];

function callersIn(
  trust: Document,
  accounts: readonly string[],
): readonly Trusted[] {
  const keyOf = ({ caller }: CallerCase): string => JSON.stringify(caller);
  const cases = new Map(
    awsCallers(trust, accounts).map((one) => [keyOf(one), one]),
  );
  return [...cases].flatMap(([key, { caller }]): readonly Trusted[] => {
    if (caller.kind !== "user" && caller.kind !== "role session") return [];
    const { kind, account, arn, sessionArn } = caller;
    const verdict = whoMayAssume(trust, {
      counts: (one) => keyOf(one) === key,
      mfa: [anyMfa],
      accounts,
    });
    const organisation =
      account === undefined ? organisationIn(verdict) : undefined;
    return trusted(verdict, {
      kind,
      account,
      arn,
      ...(sessionArn === undefined ? {} : { sessionArn }),
      ...(organisation === undefined ? {} : { organisation }),
    });
  });
}

function organisationIn(verdict: Verdict): string | undefined {
  if (verdict.answer !== "open") return undefined;
  const { values } = verdict.witness;
  const [path] = values.get("aws:principalorgpaths") ?? [];
  return values.get("aws:principalorgid")?.[0] ?? path?.split("/")[0];
}

const servicesLetIn = (trust: Document): readonly Trusted[] => {
  const found = servicesIn(trust).flatMap(([document, name]) => {
    const verdict = serviceMayAssume(document, name);
    const sources = verdict.answer === "open" ? sourcesIn(document) : [];
    const service = { kind: "service", name } as const;
    return sources.length === 0
      ? trusted(verdict, service)
      : sources.flatMap((account) => trusted(verdict, { ...service, account }));
  });
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
};

/** The accounts that an Allow asks the source to be of. */
const sourcesIn = ({ statements }: Document): readonly string[] => {
  const asked = statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ conditions }) => conditions)
    .filter(
      ({ key, operator }) =>
        sourceKeys.includes(key) && operator?.negated === false,
    )
    .flatMap(({ values }) => values.map(templateText));
  return [
    ...new Set(asked.flatMap((text) => /(?<!\d)\d{12}(?!\d)/.exec(text) ?? [])),
  ];
};

const sourceKeys = ["aws:sourceaccount", "aws:sourcearn"];

/** The widest that gets in: a stranger's tell more than ours. */
function tokensOf(
  trust: Document,
  provider: string,
  ours: readonly IdentityProvider[],
): readonly Trusted[] {
  const effort = new Effort();
  const unpinned = unpinnedToken(trust, provider, ours, effort);
  if (unpinned.answer === "open") {
    return trusted(unpinned, tokens(provider, "anybody's", unpinned));
  }
  const foreign = foreignToken(trust, provider, ours, effort);
  if (foreign.answer !== "closed") {
    return trusted(foreign, tokens(provider, "a stranger's", foreign));
  }
  if (unpinned.answer === "undecided") {
    return trusted(unpinned, tokens(provider, "ours", unpinned));
  }
  // Where nobody's are ours, any that gets in is found.
  const any = foreignToken(trust, provider, [], effort);
  return trusted(any, tokens(provider, "ours", any));
}

function tokens(
  provider: string,
  whose: "ours" | "a stranger's" | "anybody's",
  verdict: TokenVerdict,
) {
  const key = verdict.answer === "closed" ? undefined : verdict.key;
  const [value] =
    verdict.answer === "open"
      ? (verdict.witness.values.get(verdict.key.toLowerCase()) ?? [])
      : [];
  return { kind: "tokens", provider, whose, key, value } as const;
}

type WithoutDoubt<One> = One extends Trusted ? Omit<One, "doubt"> : never;

const trusted = (
  verdict:
    | { readonly answer: "open" | "closed" }
    | { readonly answer: "undecided"; readonly why: string },
  who: WithoutDoubt<Trusted>,
): readonly Trusted[] =>
  verdict.answer === "closed"
    ? []
    : [
        {
          ...who,
          doubt: verdict.answer === "undecided" ? verdict.why : undefined,
        },
      ];
