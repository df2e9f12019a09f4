import { conditionTexts, spokenAccounts, unspokenAccount } from "./callers";
import type { Document, Statement } from "./document";
import { isMissing, isPresent, literal, type Literal } from "./literal";
import { keysOfPrincipals } from "./resource-policy";
import { search, type Verdict } from "./search";

/** Stands for each service, where the document is open to all of them. */
export const anyService = "*";
const sourceKeys = ["aws:sourceaccount", "aws:sourcearn"];

/**
 * Whether some service may use the resource for an account that the document itself names as the
 * source, and that is not known. A service that comes for whomever it likes is another question:
 * so an Allow does not count that lets it in for a stranger as well. Source: AWS documentation, "The
 * confused deputy problem", cross-service.
 */
export function forWhomServicesCome(
  policy: Document,
  known: readonly string[],
  given: readonly Literal[],
): Verdict {
  const texts = conditionTexts(policy, sourceKeys);
  const foreign = new Set(
    spokenAccounts(texts).filter((account) => !known.includes(account)),
  );
  if (foreign.size === 0) return { answer: "closed" };
  const strangers = unspokenAccount(texts);
  let undecided: Verdict | undefined;
  for (const [document, service] of servicesIn(policy)) {
    const ask = (account: string) =>
      comesFor(document, service, account, given);
    if (strangers.some((account) => ask(account).answer === "open")) continue;
    for (const account of foreign) {
      const verdict = ask(account);
      if (verdict.answer === "open") return verdict;
      if (verdict.answer === "undecided") undecided ??= verdict;
    }
  }
  return undecided ?? { answer: "closed" };
}

/** Each service that an Allow names, with that Allow and every Deny. */
function servicesIn({
  statements,
}: Document): readonly (readonly [Document, string])[] {
  const denies = statements.filter(({ effect }) => effect === "Deny");
  return statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap((allow) =>
      servicesOf(allow).map(
        (service) => [{ statements: [allow, ...denies] }, service] as const,
      ),
    );
}

function servicesOf({ principals }: Statement): readonly string[] {
  if (principals === undefined) return [];
  if (principals.mode === "all but these") return [anyService];
  return principals.principals.flatMap((entry) => {
    if (entry.kind === "everyone") return [anyService];
    return entry.kind === "service" ? [entry.name] : [];
  });
}

/** Some services tell the account, some the ARN, and most of them both: then they agree. */
function comesFor(
  document: Document,
  service: string,
  account: string,
  given: readonly Literal[],
): Verdict {
  const arn = `arn:*:*:*:${account}:*`;
  const sources = [
    [
      literal("StringEquals", "aws:SourceAccount", account),
      // ARNs of buckets have no account.
      literal("ArnLikeIfExists", "aws:SourceArn", arn, "arn:*:*:*::*"),
    ],
    [
      literal("StringEqualsIfExists", "aws:SourceAccount", account),
      literal("ArnLike", "aws:SourceArn", arn),
    ],
  ];
  const verdicts = sources.map((source) =>
    search({
      layers: [[document]],
      caller: { kind: "service", name: service },
      given: [...requestOf(service), ...source, ...given],
      preferred: new Map([["aws:securetransport", ["true"]]]),
    }),
  );
  return (
    verdicts.find(({ answer }) => answer === "open") ??
    verdicts.find(({ answer }) => answer === "undecided") ?? {
      answer: "closed",
    }
  );
}

/** Source: AWS documentation, "AWS global condition context keys". */
const requestOf = (service: string): readonly Literal[] => [
  ...[...keysOfPrincipals, "aws:PrincipalAccount"].map(isMissing),
  literal("StringEquals", "aws:PrincipalIsAWSService", "true"),
  service === anyService
    ? isPresent("aws:PrincipalServiceName")
    : literal("StringEquals", "aws:PrincipalServiceName", service),
  literal("Bool", "aws:SecureTransport", "true", "false"),
];
