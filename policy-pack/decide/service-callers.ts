import { conditionTexts, type CallerCase } from "./callers";
import { speaksOfAction } from "./could-allow";
import { derivedKeys, matching, type DerivedKeys } from "./derived-keys";
import type { Document, Statement } from "./document";
import { Effort, mostSteps } from "./effort";
import { firstOpen } from "./first-open";
import { accountId, printable } from "./formats";
import { actionKey, isMissing, literal, not, type Literal } from "./literal";
import { oncePer } from "./once-per";
import type { Owned } from "./own-network";
import { search, type Verdict, type Witness } from "./search";
import { anyService, requestOf, serviceNameKey } from "./service-request";
import { knownServices, pointedOthers, pointedTo } from "./service-targets";
import { meansServices, servicesByCondition } from "./services-by-condition";
import { exactly } from "./text/pattern";
import type { View, ViewedTest } from "./text/text-test";

const sourceAccount = "aws:sourceaccount";
/** Source: Amazon SNS developer guide, "aws:SourceAccount versus aws:SourceOwner". */
const sourceOwner = "aws:sourceowner";
const accountKeys = [sourceAccount, sourceOwner];
const sourceArn = "aws:sourcearn";
const sourceOrganisation = "aws:sourceorgid";
const sourcePaths = "aws:sourceorgpaths";
const sourceKeys = [...accountKeys, sourceArn, sourceOrganisation, sourcePaths];

/**
 * Whether some service may use the resource for an account, or for one of an organisation, that the
 * document itself names as the source, and that is not known. A service that comes for whomever it
 * likes is another question: so an Allow does not count that lets it in for a stranger as well.
 * Source: AWS documentation, "The confused deputy problem", cross-service.
 */
export function forWhomServicesCome(
  policy: Document,
  owned: Owned,
  given: readonly Literal[],
): Verdict {
  const services = servicesIn(policy);
  if (services.length === 0) return { answer: "closed" };
  const { isAnyNamed, foreign, stranger } = sourcesFor(policy, owned, given);
  if (!isAnyNamed) return { answer: "closed" };
  return firstOpen(
    services.map(
      ([document, service]) =>
        () =>
          comesFor(document, service, stranger).answer === "open"
            ? { answer: "closed" }
            : comesFor(document, service, foreign),
    ),
  );
}

/**
 * Whether some service may use the resource for whomever it likes: one that whoever has an account
 * can point to it, or one whose source the document asks for, though not for whose that is. Of one
 * that nothing published speaks of it is not known.
 * Source: AWS documentation, "The confused deputy problem", cross-service.
 */
export function whetherServicesComeForAll(
  policy: Document,
  owned: Owned,
  given: readonly Literal[],
): Verdict | Untold {
  const { stranger } = sourcesFor(policy, owned, given);
  return firstOpen(
    servicesIn(policy).flatMap(([document, service]) =>
      pointedBy(document, service).map(
        ({ given: pointed, isKnown }) =>
          (): Verdict | Untold => {
            const verdict = comesFor(document, service, {
              ...stranger,
              given: [...stranger.given, ...pointed],
            });
            return verdict.answer === "open" && !isKnown
              ? { answer: "undecided", why: untold, witness: verdict.witness }
              : verdict;
          },
      ),
    ),
  );
}

/** The service of the witness comes, and nobody knows here for whom. */
interface Untold {
  readonly answer: "undecided";
  readonly why: string;
  readonly witness: Witness;
}

const untold =
  "nothing tells here whether strangers can point that service to it, and whether it says for whom it comes";

/** What a stranger may have the service do, each as what is given then, and whether it is certain. */
function pointedBy(
  document: Document,
  service: string,
): readonly {
  readonly given: readonly Literal[];
  readonly isKnown: boolean;
}[] {
  const [allow] = document.statements;
  if (allow === undefined) return [];
  const texts = conditionTexts({ statements: [allow] }, sourceKeys);
  if (texts.length > 0) return [{ given: [], isKnown: true }];
  const pointed =
    service !== anyService
      ? pointedTo(service)
      : meansServices(allow)
        ? pointedOthers()
        : [];
  return pointed
    .filter(({ action }) => speaksOfAction(allow, action))
    .map(({ action, key, isKnown }) => ({
      given: [
        isAction(action),
        ...ofStrangers(document, key),
        ...(service === anyService ? isOther : []),
      ],
      isKnown,
    }));
}

/** A service that the data does not name. */
const isOther: readonly Literal[] = [
  literal("StringLike", serviceNameKey, "*.amazonaws.com"),
  not(
    literal(
      "StringLike",
      serviceNameKey,
      ...knownServices.flatMap((name) => [
        name,
        name.replace(/\.amazonaws\.com$/, ".*"),
      ]),
    ),
  ),
];

const isAction = (action: string): Literal =>
  literal("StringEquals", actionKey, action);

/** Nobody else has what the document asks for in full. */
function ofStrangers(
  document: Document,
  key: string | undefined,
): readonly Literal[] {
  if (key === undefined) return [];
  const ours = conditionTexts(document, [key.toLowerCase()]).filter(
    (text) => !/[*?]/.test(text),
  );
  return ours.length === 0 ? [] : [not(literal("StringEquals", key, ...ours))];
}

/** Accounts and organisations that the document names as a source, and that are not known. */
function sourcesFor(
  policy: Document,
  { accounts, organisations }: Owned,
  given: readonly Literal[],
) {
  const namedAccounts = accountPatterns(
    conditionTexts(policy, [...accountKeys, sourceArn]),
  ).filter((one) => !accounts.includes(one));
  const namedOrganisations = conditionTexts(policy, [
    sourceOrganisation,
    sourcePaths,
  ])
    .flatMap((text) => text.split("/", 1))
    .filter((one) => !organisations.includes(one));
  const foreign: Source = {
    tests: [{ view: [1], matched: false, patterns: accounts.map(exactly) }],
    given: [...given, ...ofOther(organisations)],
  };
  const stranger: Source = {
    tests: [...foreign.tests, matching([1], false, ...namedAccounts)],
    given: [...foreign.given, ...ofOther(namedOrganisations)],
  };
  const isAnyNamed = namedAccounts.length + namedOrganisations.length > 0;
  return { isAnyNamed, foreign, stranger };
}

/** For whom a service comes. */
interface Source {
  /** Of the account, which is segment 1. */
  readonly tests: readonly ViewedTest[];
  readonly given: readonly Literal[];
}

/** @param organisations ids, or patterns for them */
const ofOther = (organisations: readonly string[]): readonly Literal[] =>
  organisations.length === 0
    ? []
    : [
        not(literal("StringLike", sourceOrganisation, ...organisations)),
        not(
          literal(
            "ForAnyValue:StringLike",
            sourcePaths,
            ...organisations.map((one) => `${one}/*`),
          ),
        ),
      ];

/** What the texts say of accounts: ids, and patterns for them that have a digit at least. */
const accountPatterns = (texts: readonly string[]): readonly string[] =>
  texts
    .flatMap((text) => text.split(":"))
    .filter((part) => /^[\d*?]*\d[\d*?]*$/.test(part))
    .filter((part) => /[*?]/.test(part) || part.length === accountId.least);

/** Each service that an Allow names, with that Allow and every Deny. */
export const servicesIn = oncePer(
  ({ statements }: Document): readonly (readonly [Document, string])[] => {
    const denies = statements.filter(({ effect }) => effect === "Deny");
    return statements
      .filter(({ effect }) => effect === "Allow")
      .flatMap((allow) =>
        servicesOf(allow, denies).map(
          (service) => [{ statements: [allow, ...denies] }, service] as const,
        ),
      );
  },
);

/**
 * @param document what is to allow it; of more, what names the service
 * @param given what is asked of the request beside
 */
export const serviceMayAssume = (
  document: Document,
  service: string,
  given: readonly Literal[] = [],
  effort = new Effort(),
): Verdict =>
  search({
    layers: [[document]],
    caller: { kind: "service", name: service },
    given: [isAction("sts:AssumeRole"), ...requestOf(service), ...given],
    effort,
  });

function servicesOf(
  allow: Statement,
  denies: readonly Statement[],
): readonly string[] {
  const { principals } = allow;
  if (principals === undefined) return [];
  const any = [anyService, ...servicesByCondition(allow, denies)];
  if (principals.mode === "all but these") return any;
  return principals.principals.flatMap((entry) => {
    if (entry.kind === "everyone") return any;
    return entry.kind === "service" ? [entry.name] : [];
  });
}

/** Some services tell the account, some the ARN, and most of them both: then they agree. */
function comesFor(
  document: Document,
  service: string,
  { tests, given }: Source,
): Verdict {
  const account = { [sourceAccount]: [1], [sourceOwner]: [1] };
  const arn = { [sourceArn]: [0, ":", 1, ":", 2] };
  const sources = [
    { views: { ...account, ...arn }, others: [] },
    { views: account, others: [isMissing(sourceArn)] },
    // ARNs of buckets have no account.
    {
      views: account,
      others: [literal("ArnLike", sourceArn, "arn:*:*:*::*")],
    },
    { views: arn, others: accountKeys.map(isMissing) },
  ];
  const ask =
    ({ views, others }: (typeof sources)[number]) =>
    (effort: Effort) =>
      search({
        layers: [[document]],
        caller: { kind: "service", name: service },
        given: [...requestOf(service), ...others, ...given],
        derived: [sourceOf(views, tests)],
        preferred: new Map([["aws:securetransport", ["true"]]]),
        effort,
      });
  // Most documents ask for the account alone: a short look shows that this closes all that tell one.
  const withAccount = ask({ views: account, others: [] })(
    new Effort(mostSteps / 8),
  );
  return firstOpen(
    (withAccount.answer === "closed"
      ? sources.filter(({ views }) => views === arn)
      : sources
    ).map(ask),
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

/** The service, whatever it comes for. */
export const serviceCase = (service: string): CallerCase => ({
  caller: { kind: "service", name: service },
  given: requestOf(service),
  derived: [],
  preferred: new Map(),
});
