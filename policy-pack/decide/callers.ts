import type { Document, PrincipalEntry } from "./document";
import { isMissing, isPresent, literal, not, type Literal } from "./literal";
import type { Caller } from "./principal";
import type { Derived } from "./assign-values";
import { compile, matches } from "./text/pattern";
import { templateText } from "./text/template";

/** A caller, and what all its requests have in common. */
export interface CallerCase {
  readonly caller: Caller;
  readonly given: readonly Literal[];
  readonly derived: readonly Derived[];
  readonly preferred: ReadonlyMap<string, readonly string[]>;
}

const principalArn = "aws:principalarn";
const userName = "aws:username";

/**
 * What no request that a person makes, or a service in the person's name, can do without, or have.
 */
const ofPeople: readonly Literal[] = [
  literal("StringEquals", "aws:PrincipalIsAWSService", "false"),
  isMissing("aws:PrincipalServiceName"),
  isMissing("aws:PrincipalServiceNamesList"),
  isMissing("aws:SourceArn"),
  isMissing("aws:SourceAccount"),
  isMissing("aws:SourceOrgID"),
  isMissing("aws:SourceOrgPaths"),
  literal("Bool", "aws:ViaAWSService", "true", "false"),
  ...["aws:SecureTransport", "aws:CurrentTime", "aws:EpochTime"].map(isPresent),
  ...["aws:userid", "aws:RequestedRegion"].map(isPresent),
  literal("Bool", "aws:SecureTransport", "true", "false"),
];

const plausible: readonly (readonly [string, readonly string[]])[] = [
  ["aws:currenttime", ["2030-01-01T00:00:00Z"]],
  ["aws:epochtime", ["1893456000"]],
  ["aws:userid", ["AIDAEXAMPLEEXAMPLE234"]],
  ["aws:requestedregion", ["us-east-1"]],
  ["aws:sourceip", ["203.0.113.7"]],
  ["aws:securetransport", ["true"]],
  ["aws:viaawsservice", ["false"]],
];

export interface UserFacts {
  readonly account: string;
  readonly partition: string;
  /** undefined: a user that no document names. */
  readonly arn: string | undefined;
  /** ARNs that a user without a name of its own does not have. */
  readonly others?: readonly string[];
}

export function userCase(facts: UserFacts): CallerCase {
  const { account, partition, arn, others = [] } = facts;
  const own = `arn:${partition}:iam::${account}:user/`;
  const name = arn?.split("/").at(-1);
  return {
    caller: { kind: "user", account, arn },
    given: [
      ...ofPeople,
      isMissing("aws:FederatedProvider"),
      ...identityOf(account, "User"),
      ...arnOf(own, arn, others),
      name === undefined
        ? isPresent(userName)
        : literal("StringEquals", userName, name),
    ],
    derived: arn === undefined ? [nameInArn] : [],
    preferred: new Map([
      ...plausible,
      [principalArn, [`${own}anyone`]],
      [userName, ["anyone"]],
      ["sts:rolesessionname", ["anyone", "anything"]],
    ]),
  };
}

/** Source: AWS documentation, "IAM identifiers": a user's name is the end of the user's ARN. */
const nameInArn: Derived = {
  key: userName,
  from: principalArn,
  derive: (arn) => arn.split("/").at(-1) ?? arn,
  require: (name) => literal("StringLike", principalArn, `*/${name}`),
};

export function roleSessionCase(
  facts: UserFacts & { readonly sessionArn?: string },
): CallerCase {
  const { account, partition, arn, others = [], sessionArn } = facts;
  const own = `arn:${partition}:iam::${account}:role/`;
  return {
    caller: {
      kind: "role session",
      account,
      arn,
      ...(sessionArn === undefined ? {} : { sessionArn }),
    },
    given: [
      ...ofPeople,
      ...identityOf(account, "AssumedRole"),
      ...arnOf(own, arn, others),
      isMissing(userName),
    ],
    derived: [],
    preferred: new Map([
      ...plausible,
      [principalArn, [`${own}any-role`]],
      ["sts:rolesessionname", ["anything"]],
    ]),
  };
}

/**
 * A session of GetFederationToken. Source: AWS documentation, "AWS global condition context keys",
 * aws:PrincipalArn and aws:PrincipalType.
 */
function federatedUserCase(facts: UserFacts): CallerCase {
  const { account, partition, arn, others = [] } = facts;
  const own = `arn:${partition}:sts::${account}:federated-user/`;
  return {
    caller: { kind: "user", account, arn },
    given: [
      ...ofPeople,
      isMissing("aws:FederatedProvider"),
      ...identityOf(account, "FederatedUser"),
      ...arnOf(own, arn, others),
      isMissing(userName),
    ],
    derived: [],
    preferred: new Map([...plausible, [principalArn, [`${own}anyone`]]]),
  };
}

const identityOf = (account: string, type: string): readonly Literal[] => [
  literal("StringEquals", "aws:PrincipalAccount", account),
  literal("StringEquals", "aws:PrincipalType", type),
];

/** Source: AWS documentation, "IAM and AWS STS quotas": names hold neither * nor ?. */
const endsLikeName: Literal = {
  met: false,
  condition: {
    ...literal("StringLike", principalArn).condition,
    values: ["*", "?"].map((wildcard) => [
      { kind: "text", text: "*" },
      { kind: "literal", text: wildcard },
    ]),
  },
};

const arnOf = (
  own: string,
  arn: string | undefined,
  others: readonly string[],
): readonly Literal[] =>
  arn === undefined
    ? [
        literal("StringLike", principalArn, `${own}?*`),
        endsLikeName,
        ...(others.length === 0
          ? []
          : [not(literal("StringEquals", principalArn, ...others))]),
      ]
    : [literal("StringEquals", principalArn, arn)];

/**
 * Every caller of AWS's own kind that the document might tell from others, but for federated users:
 * they can't take roles.
 */
export function awsCallers(
  document: Document,
  fresh: readonly string[],
): readonly CallerCase[] {
  return [
    ...unnamed(document, fresh).flatMap((facts) => [
      userCase(facts),
      roleSessionCase(facts),
    ]),
    ...entriesOf(document).flatMap(namedCase),
  ];
}

/**
 * The federated users that the document might tell from others. Source: AWS STS API reference,
 * "GetFederationToken": of STS, they may call GetCallerIdentity and nothing else.
 */
export const federatedUsers = (
  document: Document,
  fresh: readonly string[],
): readonly CallerCase[] => [
  ...unnamed(document, fresh).map(federatedUserCase),
  ...entriesOf(document).flatMap((entry) =>
    entry.kind === "federated user"
      ? [federatedUserCase(factsOf(entry.arn))]
      : [],
  ),
];

/** A principal that does not show its account. */
export type HiddenPrincipal = Extract<PrincipalEntry, { readonly id: string }>;

/** Whoever may be behind the id: its account may be one that the document speaks of, or any other. */
export const hiddenCases = (
  document: Document,
  { id }: HiddenPrincipal,
  fresh: readonly string[],
): readonly CallerCase[] =>
  [...new Set([...accountsIn(document), ...fresh])]
    .flatMap((account) =>
      partitionsIn(document).map((partition) => ({
        account,
        partition,
        arn: undefined,
      })),
    )
    .flatMap((facts) => [userCase(facts), roleSessionCase(facts)])
    .map((one) => ({ ...one, caller: { ...one.caller, id } }));

/** Callers that the document does not name, of all accounts that it might let in. */
function unnamed(
  document: Document,
  fresh: readonly string[],
): readonly UserFacts[] {
  const entries = entriesOf(document);
  const others = entries.flatMap((entry) =>
    "arn" in entry ? [entry.arn] : [],
  );
  const accounts = new Set([
    ...entries.flatMap((entry) =>
      entry.kind === "account" ? [entry.account] : [],
    ),
    ...(isOpenToAll(document) ? [...accountsIn(document), ...fresh] : []),
  ]);
  return [...accounts].flatMap((account) =>
    partitionsIn(document).map((partition) => ({
      account,
      partition,
      arn: undefined,
      others,
    })),
  );
}

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
  const partitionOf = (arn: string) =>
    /^arn:(aws[a-z-]*):/.exec(arn)?.[1] ?? [];
  const ofPrincipals = entriesOf(document).flatMap((entry) =>
    "arn" in entry ? partitionOf(entry.arn) : [],
  );
  return [
    ...new Set([
      ...(ofPrincipals.length === 0 ? ["aws"] : ofPrincipals),
      ...conditionTexts(document).flatMap(partitionOf),
    ]),
  ];
}

function namedCase(entry: PrincipalEntry): readonly CallerCase[] {
  if (!("arn" in entry)) return [];
  const { arn } = entry;
  const facts = factsOf(arn);
  switch (entry.kind) {
    case "user":
      return [userCase(facts)];
    case "role":
      return [roleSessionCase(facts)];
    case "role session":
      return [roleSessionCase({ ...facts, arn: roleOf(arn), sessionArn: arn })];
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

/** Accounts that the conditions speak of, and one that they don't. */
function accountsIn(document: Document): readonly string[] {
  const texts = conditionTexts(document);
  return [...spokenAccounts(texts), ...unspokenAccount(texts)];
}

/** Accounts that are written out in the texts, or that fit a pattern in them. */
export const spokenAccounts = (texts: readonly string[]): readonly string[] => [
  ...texts.flatMap((text) => text.match(/\d{12}/g) ?? []),
  ...patternsIn(texts).map(filledUp),
];

/** An account that the texts neither write out nor have a pattern for; in a list, as if at all. */
export function unspokenAccount(texts: readonly string[]): readonly string[] {
  const compiled = patternsIn(texts).map((text) =>
    compile([{ kind: "text", text }], "wildcards"),
  );
  const found = Array.from("9876543210", (digit) => digit.repeat(12)).find(
    (account) =>
      !texts.some((text) => text.includes(account)) &&
      !compiled.some((pattern) => matches(pattern, account)),
  );
  return found === undefined ? [] : [found];
}

const patternsIn = (texts: readonly string[]): readonly string[] =>
  texts
    .flatMap((text) => text.split(":"))
    .filter((part) => /^[\d*?]*\d[\d*?]*$/.test(part) && /[*?]/.test(part));

function filledUp(pattern: string): string {
  const digits = pattern.replaceAll("?", "0");
  const missing = 12 - digits.replaceAll("*", "").length;
  return digits
    .replace("*", "0".repeat(Math.max(0, missing)))
    .replaceAll("*", "");
}
