import { isDeepStrictEqual } from "node:util";
import { actionKey, resourceKey } from "../../../policy-pack/decide/literal";
import type { Witness } from "../../../policy-pack/decide/search";
import type { KnownFinding } from "../../../policy-pack/findings/finding";
import type { Judged } from "../pack";

/** A finding as data. What a row leaves out of it may be anything. */
export interface Found {
  /** The resource's name; "": the stack. */
  readonly resource: string;
  readonly kind?: "wrong" | "undecided" | "unknown";
  /** The property that it is about; of an unknown value, the whole way to it. */
  readonly field?: string | undefined;
  /** Of the witness, in the order of their layers: Sids, and numbers where there is none. */
  readonly statements?: readonly (number | string)[];
  /** Where the statements stand: the resource's name, and the property. */
  readonly source?: string;
  readonly witness?: FoundWitness;
  /** The names of the roles on the way, and how strong the last one is. */
  readonly chain?: readonly string[];
  readonly strength?: number;
  /** What nobody here can read. */
  readonly unread?: readonly string[] | undefined;
  /** Pieces of the text: what a finding says that no field of it holds. */
  readonly says?: readonly string[];
}

/** A request that gets in. */
export interface FoundWitness {
  readonly caller?: Witness["caller"]["kind"];
  readonly account?: string | undefined;
  /** Of a user or a session's role: what the request holds, and no document may name. */
  readonly arn?: string | undefined;
  /** The name of a service, or the ARN of a provider. */
  readonly name?: string;
  readonly action?: string;
  /** The resource that it is about. */
  readonly on?: string;
  /** Condition keys, lower case; undefined: the request does not have it. */
  readonly keys?: Readonly<Record<string, readonly string[] | undefined>>;
}

/** The account of a witness who may be of any that neither the config nor a document names. */
export const anyAccount = undefined;

/** Whoever has not signed in. */
export const anyone = { caller: "anonymous" } as const;

/** The request is signed with a long-term access key. */
export const noMfaKeys = { "aws:multifactorauthpresent": undefined } as const;
/** The request comes from a session that was opened without MFA. */
export const mfaIsFalse = { "aws:multifactorauthpresent": ["false"] } as const;

/** What is tried first of all that changes IAM. */
export const changesIam = { action: "iam:AttachRolePolicy" } as const;

/** All that a finding says as data. */
export function foundIn({ resource, message, finding }: Judged): Found {
  if (finding === undefined) {
    const [, field] = /at \.(.+) can't be known/.exec(message) ?? [];
    return { resource, kind: "unknown", field };
  }
  const { kind, field, unread, evidence } = finding;
  return {
    resource,
    kind,
    field,
    unread,
    ...(evidence && evidenceIn(evidence)),
  };
}

function evidenceIn(
  evidence: NonNullable<KnownFinding["evidence"]>,
): Omit<Found, "resource"> {
  if (evidence.kind === "chain") {
    const { chain, strength } = evidence;
    return { chain, strength };
  }
  const { request, source } = evidence;
  return {
    statements: request.statements.map(({ sid, number }) => sid ?? number),
    ...(source && { source: `${source.resource.name} ${source.field}` }),
    witness: witnessIn(request),
  };
}

function witnessIn({ caller, values }: Witness): FoundWitness {
  const value = (key: string) => values.get(key)?.[0];
  const [action, on] = [value(actionKey), value(resourceKey)];
  const who = { ...caller } as Partial<Record<string, string>>;
  const name = who["name"] ?? who["provider"];
  return {
    caller: caller.kind,
    ...("account" in caller && { account: caller.account }),
    arn: value("aws:principalarn"),
    ...(name !== undefined && { name }),
    ...(action !== undefined && { action }),
    ...(on !== undefined && { on }),
    keys: Object.fromEntries(values),
  };
}

/** Whether a finding is all that a row expects of it. */
export const isAsExpected = (found: unknown, expected: unknown): boolean =>
  isObject(expected) && isObject(found)
    ? Object.entries(expected).every(
        ([key, value]) => key in found && isAsExpected(found[key], value),
      )
    : isDeepStrictEqual(found, expected);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
