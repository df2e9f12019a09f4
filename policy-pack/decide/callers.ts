import type { Document, PrincipalEntry } from "./document";
import { isMissing, isPresent, literal, not, type Literal } from "./literal";
import type { Caller } from "./principal";
import type { Derived } from "./settle";
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

/** Every caller of AWS's own kind that the document might tell from others. */
export function awsCallers(
  document: Document,
  fresh: readonly string[],
): readonly CallerCase[] {
  const entries = document.statements.flatMap(
    ({ principals }) => principals?.principals ?? [],
  );
  const partitions = partitionsIn(document, entries);
  const named = entries.flatMap(namedCase);
  const others = entries.flatMap((entry) =>
    "arn" in entry ? [entry.arn] : [],
  );
  const accounts = new Set([
    ...entries.flatMap((entry) =>
      entry.kind === "account" ? [entry.account] : [],
    ),
    ...(isOpenToAll(document) ? [...accountsIn(document), ...fresh] : []),
  ]);
  return [
    ...[...accounts].flatMap((account) =>
      partitions.flatMap((partition) => [
        userCase({ account, partition, arn: undefined, others }),
        roleSessionCase({ account, partition, arn: undefined, others }),
      ]),
    ),
    ...named,
  ];
}

const isOpenToAll = ({ statements }: Document): boolean =>
  statements.some(
    ({ principals }) =>
      principals !== undefined &&
      (principals.mode === "all but these" ||
        principals.principals.some(({ kind }) => kind === "everyone")),
  );

/** Those that principals and conditions are of, where an account's id alone says nothing of it. */
function partitionsIn(
  document: Document,
  entries: readonly PrincipalEntry[],
): readonly string[] {
  const partitionOf = (arn: string) =>
    /^arn:(aws[a-z-]*):/.exec(arn)?.[1] ?? [];
  const ofPrincipals = entries.flatMap((entry) =>
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
  const [, partition = "aws", , , account = ""] = arn.split(":");
  const facts = { account, partition, arn };
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

/** The role behind `arn:aws:sts::…:assumed-role/<role>/<session>`. */
export const roleOf = (sessionArn: string): string =>
  sessionArn
    .replace(":sts:", ":iam:")
    .replace(/:assumed-role\/([^/]+)\/.*$/, ":role/$1");

const conditionTexts = ({ statements }: Document): readonly string[] =>
  statements
    .flatMap(({ conditions }) => conditions)
    .flatMap(({ values }) => values.map(templateText));

/**
 * Accounts that conditions speak of: written out, or one that fits a pattern; and one that none of
 * the patterns speaks of.
 */
function accountsIn(document: Document): readonly string[] {
  const texts = conditionTexts(document);
  const patterns = texts
    .flatMap((text) => text.split(":"))
    .filter((part) => /^[\d*?]*\d[\d*?]*$/.test(part) && /[*?]/.test(part));
  const compiled = patterns.map((text) =>
    compile([{ kind: "text", text }], "wildcards"),
  );
  const unspokenOf = Array.from("9876543210", (digit) => digit.repeat(12)).find(
    (account) => !compiled.some((pattern) => matches(pattern, account)),
  );
  return [
    ...texts.flatMap((text) => text.match(/\d{12}/g) ?? []),
    ...patterns.map(filledUp),
    ...(unspokenOf === undefined ? [] : [unspokenOf]),
  ];
}

function filledUp(pattern: string): string {
  const digits = pattern.replaceAll("?", "0");
  const missing = 12 - digits.replaceAll("*", "").length;
  return digits
    .replace("*", "0".repeat(Math.max(0, missing)))
    .replaceAll("*", "");
}
