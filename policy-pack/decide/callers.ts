import {
  federatedUserCase,
  anySessionCase,
  roleSessionCase,
  rootUserCase,
  userCase,
  type CallerCase,
  type UserFacts,
} from "./caller-cases";
import type { Document, PrincipalEntry } from "./document";
import { partitionsMeant } from "./partitions";
import { templateText } from "./text/template";

export { roleSessionCase, userCase, type CallerCase } from "./caller-cases";

/** Which sessions of roles are asked about. */
export interface SessionClass {
  /** Those as well that carry MFA, though none does: who names a role means to let it in. */
  readonly whateverMfa?: boolean;
}

const sessionCaseOf = ({ whateverMfa = false }: SessionClass) =>
  whateverMfa ? anySessionCase : roleSessionCase;

/**
 * Every caller of AWS's own kind that may take a role and that the document might tell from others:
 * federated users and root users can't.
 *
 * @param known accounts that the config names; all others are one case, whose account is solved
 */
export function awsCallers(
  document: Document,
  known: readonly string[],
  sessions: SessionClass = {},
): readonly CallerCase[] {
  const sessionCase = sessionCaseOf(sessions);
  return [
    ...unnamed(document, known).flatMap((facts) => [
      userCase(facts),
      sessionCase(facts),
    ]),
    ...entriesOf(document).flatMap((entry) => namedCase(entry, sessionCase)),
  ];
}

/**
 * The federated users and root users that the document might tell from others. Source: AWS STS API
 * reference, "GetFederationToken": of STS, they may call GetCallerIdentity and nothing else.
 */
export const otherAwsCallers = (
  document: Document,
  known: readonly string[],
): readonly CallerCase[] => [
  ...unnamed(document, known).flatMap((facts) => [
    federatedUserCase(facts),
    rootUserCase(facts),
  ]),
  ...entriesOf(document).flatMap((entry) =>
    entry.kind === "federated user"
      ? [federatedUserCase(factsOf(entry.arn))]
      : [],
  ),
];

/** Whom the document neither names nor tells by the account: anybody may be meant. */
export const isStranger = ({ caller }: CallerCase): boolean =>
  caller.kind === "anonymous" ||
  ("account" in caller && caller.account === undefined);

/** A principal that does not show its account. */
export type HiddenPrincipal = Extract<PrincipalEntry, { readonly id: string }>;

/** Whoever may be behind the id: of any account. */
export const hiddenCases = (
  document: Document,
  { id }: HiddenPrincipal,
  known: readonly string[],
  sessions: SessionClass,
): readonly CallerCase[] =>
  [...new Set([...known, undefined])]
    .flatMap((account) =>
      partitionsIn(document).map((partition) => ({
        account,
        otherAccounts: known,
        partition,
        arn: undefined,
      })),
    )
    .flatMap((facts) => [userCase(facts), sessionCaseOf(sessions)(facts)])
    .map((one) => ({ ...one, caller: { ...one.caller, id } }));

/** Callers that the document does not name, of all accounts that it might let in. */
function unnamed(
  document: Document,
  known: readonly string[],
): readonly UserFacts[] {
  const entries = entriesOf(document);
  const others = entries.flatMap((entry) =>
    "arn" in entry ? [entry.arn] : [],
  );
  const named = new Set(
    entries.flatMap((entry) =>
      entry.kind === "account" ? [entry.account] : [],
    ),
  );
  const isOpen = isOpenToAll(document);
  const spokenOf = conditionTexts(document).flatMap(accountsIn);
  const otherAccounts = [...new Set([...named, ...known, ...spokenOf])];
  const accounts = isOpen ? [undefined, ...otherAccounts] : [...named];
  return accounts.flatMap((account) =>
    partitionsIn(document).map((partition) => ({
      account,
      otherAccounts,
      partition,
      arn: undefined,
      others,
    })),
  );
}

/** Ids of accounts that stand in a text. */
const accountsIn = (text: string): readonly string[] =>
  text.match(/(?<!\d)\d{12}(?!\d)/g) ?? [];

const entriesOf = ({ statements }: Document): readonly PrincipalEntry[] =>
  statements.flatMap(({ principals }) => principals?.principals ?? []);

const isOpenToAll = ({ statements }: Document): boolean =>
  statements.some(
    ({ principals }) =>
      principals !== undefined &&
      (principals.mode === "all but these" ||
        principals.principals.some(({ kind }) => kind === "everyone")),
  );

/** Those that principals and conditions are of, where an account's id alone says nothing of it. */
function partitionsIn(document: Document): readonly string[] {
  const ofPrincipals = entriesOf(document).flatMap((entry) =>
    "arn" in entry ? (/^arn:(aws[a-z-]*):/.exec(entry.arn)?.[1] ?? []) : [],
  );
  return [
    ...new Set([
      ...(ofPrincipals.length === 0 ? ["aws"] : ofPrincipals),
      ...conditionTexts(document).flatMap(partitionsMeant),
    ]),
  ];
}

function namedCase(
  entry: PrincipalEntry,
  sessionCase: typeof anySessionCase,
): readonly CallerCase[] {
  if (!("arn" in entry)) return [];
  const { arn } = entry;
  const facts = factsOf(arn);
  switch (entry.kind) {
    case "user":
      return [userCase(facts)];
    case "role":
      return [sessionCase(facts)];
    case "role session":
      return [
        sessionCase({ ...facts, arn: roleOf(arn), sessionArn: arn }),
        // Or of a role of that name below any path.
        sessionCase({ ...facts, arn: undefined, sessionArn: arn }),
      ];
    case "federated user":
      return [];
  }
}

function factsOf(arn: string) {
  const [, partition = "aws", , , account = ""] = arn.split(":");
  return { account, partition, arn };
}

/** The role behind `arn:aws:sts::…:assumed-role/<role>/<session>`. */
export const roleOf = (sessionArn: string): string =>
  sessionArn
    .replace(":sts:", ":iam:")
    .replace(/:assumed-role\/([^/]+)\/.*$/, ":role/$1");

/** What the conditions of the document speak of; `keys`: of these alone, in lower case. */
export const conditionTexts = (
  { statements }: Document,
  keys?: readonly string[],
): readonly string[] =>
  statements
    .flatMap(({ conditions }) => conditions)
    .filter(({ key }) => keys?.includes(key) ?? true)
    .flatMap(({ values }) => values.map(templateText));
