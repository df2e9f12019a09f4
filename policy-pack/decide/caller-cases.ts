import {
  derivedKeys,
  isPath,
  matching,
  type DerivedKeys,
} from "./derived-keys";
import {
  accountId,
  federatedName,
  name as userOrRoleName,
  path,
  sessionName,
  uniqueId,
} from "./formats";
import { isMissing, isPresent, literal, not, type Literal } from "./literal";
import { issued, withoutMfaContext } from "./mfa";
import type { Caller } from "./principal";
import { exactly } from "./text/pattern";
import type { View, ViewedTest } from "./text/text-test";

/** A caller, and what all its requests have in common. */
export interface CallerCase {
  readonly caller: Caller;
  readonly given: readonly Literal[];
  readonly derived: readonly DerivedKeys[];
  readonly preferred: ReadonlyMap<string, readonly string[]>;
}

const principalArn = "aws:principalarn";
const principalAccount = "aws:principalaccount";
const userName = "aws:username";
const userId = "aws:userid";

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
  literal("StringEquals", "aws:ViaAWSService", "true", "false"),
  ...["aws:CurrentTime", "aws:EpochTime"].map(isPresent),
  isPresent("aws:RequestedRegion"),
  literal("StringEquals", "aws:SecureTransport", "true", "false"),
];

const plausible: readonly (readonly [string, readonly string[]])[] = [
  ["aws:currenttime", ["2030-01-01T00:00:00Z"]],
  ["aws:epochtime", ["1893456000"]],
  ["aws:requestedregion", ["us-east-1"]],
  ["aws:sourceip", ["203.0.113.7"]],
  ["aws:securetransport", ["true"]],
  ["aws:viaawsservice", ["false"]],
];

export interface UserFacts {
  /** undefined: any but `otherAccounts`, which is solved. */
  readonly account: string | undefined;
  readonly otherAccounts?: readonly string[];
  readonly partition: string;
  /** undefined: a user that no document names. */
  readonly arn: string | undefined;
  /** ARNs that a user without a name of its own does not have. */
  readonly others?: readonly string[];
}

export function userCase(facts: UserFacts): CallerCase {
  const { account, arn, others = [] } = facts;
  const name = arn?.split("/").at(-1);
  return {
    caller: { kind: "user", account, arn },
    given: [
      ...ofPeople,
      isMissing("aws:FederatedProvider"),
      ...identityOf(account, "User"),
      ...arnOf(arn, others),
      ...(name === undefined ? [] : [literal("StringEquals", userName, name)]),
    ],
    derived: [
      ...(arn === undefined ? [inPath(facts, "user", "anyone")] : []),
      userIds,
    ],
    preferred: new Map([
      ...plausible,
      ["sts:rolesessionname", ["anyone", "anything"]],
    ]),
  };
}

type SessionFacts = UserFacts & { readonly sessionArn?: string };

/** A session of a role, which carries no MFA. */
export function roleSessionCase(facts: SessionFacts): CallerCase {
  const one = anySessionCase(facts);
  return { ...one, given: [...one.given, ...withoutMfaContext] };
}

/** The same, whatever it carries: a document that names a role means to let it in. */
export function anySessionCase(facts: SessionFacts): CallerCase {
  const { account, arn, others = [], sessionArn } = facts;
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
      issued,
      ...arnOf(arn, others),
      isMissing(userName),
    ],
    derived: [
      ...(arn === undefined
        ? [inPath(facts, "role", "any-role", roleNameIn(sessionArn))]
        : []),
      sessionIds(sessionArn?.split("/").at(-1)),
    ],
    preferred: new Map([...plausible, ["sts:rolesessionname", ["anything"]]]),
  };
}

/** A session's ARN has the name of its role without the path: `…:assumed-role/<name>/<session>`. */
const roleNameIn = (sessionArn: string | undefined): string | undefined =>
  sessionArn?.split("/")[1];

/**
 * A session of GetFederationToken. Source: AWS documentation, "AWS global condition context keys",
 * aws:PrincipalArn, aws:PrincipalType and aws:userid.
 */
export function federatedUserCase(facts: UserFacts): CallerCase {
  const { account, arn, others = [] } = facts;
  const named = arn?.split("/").at(-1) ?? "";
  return {
    caller: { kind: "user", account, arn },
    given: [
      ...ofPeople,
      isMissing("aws:FederatedProvider"),
      ...identityOf(account, "FederatedUser"),
      issued,
      // Source: AWS documentation, "Request temporary security credentials".
      ...withoutMfaContext,
      ...arnOf(arn, others),
      ...(arn === undefined
        ? []
        : [literal("StringEquals", userId, `${account ?? ""}:${named}`)]),
      isMissing(userName),
    ],
    derived: arn === undefined ? [federatedUser(facts)] : [],
    preferred: new Map(plausible),
  };
}

/**
 * The root user of an account: it can't take roles, and may use what other policies open to it.
 * Source: AWS documentation, "AWS global condition context keys", aws:PrincipalArn,
 * aws:PrincipalType and aws:userid; AWS STS API reference, "AssumeRole".
 */
export function rootUserCase(facts: UserFacts): CallerCase {
  const { account, partition } = facts;
  const [part, accounts] = accountPart(facts);
  return {
    caller: { kind: "root user", account },
    given: [
      ...ofPeople,
      isMissing("aws:FederatedProvider"),
      ...identityOf(account, "Account"),
      isMissing(userName),
    ],
    derived: [
      derivedKeys({
        segments: accounts.segments,
        views: {
          [principalArn]: [`arn:${partition}:iam::`, part, ":root"],
          [userId]: [part],
          ...accountViews(account, part),
        },
        tests: accounts.tests,
        examples: accounts.examples,
      }),
    ],
    preferred: new Map(plausible),
  };
}

const identityOf = (
  account: string | undefined,
  type: string,
): readonly Literal[] => [
  ...(account === undefined
    ? []
    : [literal("StringEquals", principalAccount, account)]),
  literal("StringEquals", "aws:PrincipalType", type),
];

const arnOf = (
  arn: string | undefined,
  others: readonly string[],
): readonly Literal[] => {
  if (arn !== undefined) return [literal("StringEquals", principalArn, arn)];
  return others.length === 0
    ? []
    : [not(literal("StringEquals", principalArn, ...others))];
};

type Found = Pick<DerivedKeys, "segments" | "tests" | "examples">;

/** The account in an ARN: as it is, or as a segment that is looked for. */
function accountPart({
  account,
  otherAccounts = [],
}: UserFacts): readonly [string | number, Found] {
  if (account !== undefined) {
    return [account, { segments: [], tests: [], examples: [[]] }];
  }
  const isOther: ViewedTest = {
    view: [0],
    matched: false,
    patterns: otherAccounts.map(exactly),
  };
  return [
    0,
    {
      segments: [accountId],
      tests: otherAccounts.length === 0 ? [] : [isOther],
      examples: likelyAccounts,
    },
  ];
}

/** Tried first. Where none of them does, another is found. */
const likelyAccounts = Array.from("9876543210", (digit) => [digit.repeat(12)]);

const accountViews = (
  account: string | undefined,
  part: string | number,
): Readonly<Record<string, View>> =>
  account === undefined ? { [principalAccount]: [part] } : {};

/** The ARN of a user or a role, with its path and name. */
function inPath(
  facts: UserFacts,
  type: "user" | "role",
  likely: string,
  name?: string,
): DerivedKeys {
  const [account, accounts] = accountPart(facts);
  const first = accounts.segments.length;
  const own = `arn:${facts.partition}:iam::`;
  return derivedKeys({
    segments: [...accounts.segments, path, userOrRoleName],
    views: {
      [principalArn]: [own, account, `:${type}`, first, first + 1],
      ...accountViews(facts.account, account),
      ...(type === "user" ? { [userName]: [first + 1] } : {}),
    },
    tests: [
      ...accounts.tests,
      isPath(first),
      ...(name === undefined ? [] : [matching([first + 1], true, name)]),
    ],
    examples: accounts.examples.map((one) => [...one, "/", name ?? likely]),
  });
}

function federatedUser(facts: UserFacts): DerivedKeys {
  const [account, accounts] = accountPart(facts);
  const first = accounts.segments.length;
  const own = `arn:${facts.partition}:sts::`;
  return derivedKeys({
    segments: [...accounts.segments, federatedName],
    views: {
      [principalArn]: [own, account, ":federated-user/", first],
      [userId]: [account, ":", first],
      ...accountViews(facts.account, account),
    },
    tests: accounts.tests,
    examples: accounts.examples.map((one) => [...one, "anyone"]),
  });
}

/** Source: AWS documentation, "IAM identifiers", unique identifiers. */
const userIds = derivedKeys({
  segments: [uniqueId],
  views: { [userId]: ["AIDA", 0] },
  tests: [],
  examples: [["EXAMPLEEXAMPLE234"]],
});

/** @param name of the session; undefined: any */
const sessionIds = (name: string | undefined): DerivedKeys =>
  derivedKeys({
    segments: [uniqueId, ...(name === undefined ? [sessionName] : [])],
    views: { [userId]: ["AROA", 0, ":", name ?? 1] },
    tests: [],
    examples: [
      ["EXAMPLEEXAMPLE234", ...(name === undefined ? ["anything"] : [])],
    ],
  });
