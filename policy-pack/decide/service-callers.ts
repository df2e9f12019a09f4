import { conditionTexts } from "./callers";
import { derivedKeys, matching, type DerivedKeys } from "./derived-keys";
import type { Document, Statement } from "./document";
import type { Effort } from "./effort";
import { firstOpen } from "./first-open";
import { accountId, printable } from "./formats";
import { isMissing, isPresent, literal, type Literal } from "./literal";
import { keysOfPrincipals } from "./resource-policy";
import { search, type Verdict } from "./search";
import { exactly } from "./text/pattern";
import type { View, ViewedTest } from "./text/text-test";

/** Stands for each service, where the document is open to all of them. */
export const anyService = "*";
const sourceAccount = "aws:sourceaccount";
const sourceArn = "aws:sourcearn";

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
  const named = accountPatterns(
    conditionTexts(policy, [sourceAccount, sourceArn]),
  ).filter((one) => !known.includes(one));
  if (named.length === 0) return { answer: "closed" };
  const isForeign: readonly ViewedTest[] = [
    { view: [1], matched: false, patterns: known.map(exactly) },
  ];
  const isStranger = [...isForeign, matching([1], false, ...named)];
  let undecided: Verdict | undefined;
  for (const [document, service] of servicesIn(policy)) {
    const ask = (tests: readonly ViewedTest[]) =>
      comesFor(document, service, tests, given);
    if (ask(isStranger).answer === "open") continue;
    const verdict = ask(isForeign);
    if (verdict.answer === "open") return verdict;
    if (verdict.answer === "undecided") undecided ??= verdict;
  }
  return undecided ?? { answer: "closed" };
}

/** What the texts say of accounts: ids, and patterns for them that have a digit at least. */
const accountPatterns = (texts: readonly string[]): readonly string[] =>
  texts
    .flatMap((text) => text.split(":"))
    .filter((part) => /^[\d*?]*\d[\d*?]*$/.test(part))
    .filter((part) => /[*?]/.test(part) || part.length === accountId.least);

/** Each service that an Allow names, with that Allow and every Deny. */
export function servicesIn({
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
  tests: readonly ViewedTest[],
  given: readonly Literal[],
): Verdict {
  const account = { [sourceAccount]: [1] };
  const arn = { [sourceArn]: [0, ":", 1, ":", 2] };
  const sources = [
    { views: { ...account, ...arn }, others: [] },
    { views: account, others: [isMissing(sourceArn)] },
    // ARNs of buckets have no account.
    {
      views: account,
      others: [literal("ArnLike", sourceArn, "arn:*:*:*::*")],
    },
    { views: arn, others: [isMissing(sourceAccount)] },
  ];
  return firstOpen(
    sources.map(
      ({ views, others }) =>
        (effort: Effort) =>
          search({
            layers: [[document]],
            caller: { kind: "service", name: service },
            given: [...requestOf(service), ...others, ...given],
            derived: [sourceOf(views, tests)],
            preferred: new Map([["aws:securetransport", ["true"]]]),
            effort,
          }),
    ),
  );
}

/** The ARN and account of what the service comes for. */
const sourceOf = (
  views: Readonly<Record<string, View>>,
  tests: readonly ViewedTest[],
): DerivedKeys =>
  derivedKeys({
    segments: [anyPart, accountId, anyPart],
    views,
    tests: [
      ...tests,
      matching([0], true, "arn:aws*:*:*"),
      matching([0], false, "*:*:*:*:*"),
    ],
    examples: [],
  });

const anyPart = { chars: printable, least: 1, most: 1024 };

/** Source: AWS documentation, "AWS global condition context keys". */
export const requestOf = (service: string): readonly Literal[] => [
  ...[...keysOfPrincipals, "aws:PrincipalAccount"].map(isMissing),
  literal("StringEquals", "aws:PrincipalIsAWSService", "true"),
  service === anyService
    ? isPresent("aws:PrincipalServiceName")
    : literal("StringEquals", "aws:PrincipalServiceName", service),
  literal("Bool", "aws:SecureTransport", "true", "false"),
];
