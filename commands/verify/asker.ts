import { userCase } from "../../policy-pack/decide/callers";
import type { Document } from "../../policy-pack/decide/document";
import {
  isMissing,
  literal,
  type Literal,
} from "../../policy-pack/decide/literal";
import type { Permissions } from "../../policy-pack/decide/powers";
import type { LiveAccount, LiveUser } from "../accounts/live-account";
import { readBoundary, readPermissions } from "./documents";

/** A user of the bastion with all that decides over the user's requests. */
export interface Asker {
  readonly user: LiveUser;
  /** undefined, and `fault` says why: a document can't be read. */
  readonly permissions: Permissions | undefined;
  readonly fault: string;
  /** Any user with these permissions: what is closed to that one is closed to all who share them. */
  readonly alike: Alike | undefined;
}

export interface Alike {
  /** The same for users with the same documents. */
  readonly key: string;
  readonly permissions: Permissions;
}

export function askerOf(account: LiveAccount, user: LiveUser): Asker {
  const { accountId, partition } = account;
  const documents = readPermissions(account, user);
  const boundary = readBoundary(account, user.boundary);
  const faults = [documents, boundary].flatMap((one) =>
    one?.kind === "unreadable" ? [one.why] : [],
  );
  const caller = userCase({ account: accountId, partition, arn: user.arn });
  if (documents.kind === "unreadable" || boundary?.kind === "unreadable") {
    return {
      user,
      fault: faults.join("; "),
      permissions: undefined,
      alike: undefined,
    };
  }
  const held = {
    documents: documents.documents,
    boundary: boundary?.documents,
    account: accountId,
  };
  const all = [...held.documents, ...(held.boundary ?? [])];
  const given = [
    ...caller.given,
    literal("StringEquals", "aws:userid", user.id),
    ...tagsGiven("aws:principaltag/", user.tags, all),
  ];
  return {
    user,
    fault: "",
    permissions: { ...held, caller: { ...caller, given } },
    alike: {
      key: JSON.stringify([
        held.documents.map(numberOf),
        held.boundary?.map(numberOf),
      ]),
      permissions: {
        ...held,
        caller: userCase({ account: accountId, partition, arn: undefined }),
      },
    },
  };
}

const numbers = new WeakMap<Document, number>();
let lastNumber = 0;

/** Documents are read once: the same text is the same document. */
function numberOf(document: Document): number {
  const number = numbers.get(document) ?? (lastNumber += 1);
  numbers.set(document, number);
  return number;
}

/** Tags are known: a key of a tag that is not there is missing from every request. */
export function tagsGiven(
  prefix: string,
  tags: Readonly<Record<string, string>>,
  documents: readonly Document[],
): readonly Literal[] {
  const has = new Map(
    Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]),
  );
  const asked = documents
    .flatMap(({ statements }) => statements)
    .flatMap(({ conditions }) => conditions)
    .map(({ key }) => key)
    .filter((key) => key.startsWith(prefix));
  return [...new Set(asked)].map((key) => {
    const value = has.get(key.slice(prefix.length));
    return value === undefined
      ? isMissing(key)
      : literal("StringEquals", key, value);
  });
}
