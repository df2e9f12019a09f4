import { NotEncoded } from "../documents/limits";
import {
  always,
  and,
  flag,
  member,
  never,
  text,
  type Formula,
} from "../smt/formula";
import { concat, exactly, type Regex } from "../smt/regex";
import {
  KeyBook,
  mfaKeys,
  ofServices,
  requestKeys,
  truth,
  unknownOf,
  withoutMfaEver,
  type Keys,
  type Session,
} from "./keys";
import * as names from "./names";

/** A kind of caller, with all that its requests have in common. */
export interface Caller {
  readonly kind: CallerKind;
  readonly keys: Keys;
  /** Whether it is the principal of that type and id. */
  readonly isNamed: (type: string, id: string) => Formula;
  /** Ids that stand for it, itself first and its account last: NotPrincipal must name them all. */
  readonly chain: readonly ((type: string, id: string) => Formula)[];
  /** Its account is one of these. */
  readonly isOf: (accounts: readonly string[]) => Formula;
}

export type CallerKind =
  "user" | "role session" | "root user" | "federated user" | "anonymous";

export interface CallerOptions {
  /** The account that the documents stand in. */
  readonly ownAccount: string;
  readonly sessions: readonly Session[];
  /** Seconds that the MFA is older than. */
  readonly olderThan?: bigint;
  /** Whether it asks for a role: with keys of STS then. */
  readonly assumes?: boolean;
  /** The caller's ARN, where it is one and no other. */
  readonly arn?: string;
}

const arn = unknownOf("aws:principalarn");
const userid = unknownOf("aws:userid");

export function callerOf(kind: CallerKind, options: CallerOptions): Caller {
  if (kind === "anonymous") return anonymous(options);
  const shape = shapes[kind];
  const account = names.accountIn(arn);
  const book = requestKeys(new KeyBook(), options.ownAccount)
    .text(
      "aws:principalarn",
      options.arn === undefined ? shape.arn : exactly(options.arn),
    )
    .is("aws:principalaccount", {
      isPresent: always,
      values: [{ kind: "number", text: account, width: 12 }],
    })
    .constant("aws:principaltype", shape.type)
    .constant("aws:principalisawsservice", "false")
    .text("aws:viaawsservice", truth)
    .missing(...ofServices)
    .optional("aws:sourceidentity", names.sessionName);
  book.text(
    "aws:principalorgid",
    names.organisation,
    flag("organisation_present"),
  );
  for (const key of ["kms:calleraccount", "aws:sourceowner"]) {
    book.is(key, {
      isPresent: always,
      values: [{ kind: "number", text: account, width: 12 }],
    });
  }
  shape.own(book, options);
  if (options.assumes === true) stsKeys(book);
  const named = namedBy(kind);
  return {
    kind,
    keys: book.keys,
    isNamed: (type, id) => orOf(named.chain.map((one) => one(type, id))),
    chain: named.chain,
    isOf: (accounts) =>
      orOf(accounts.map((one) => member(account, exactly(one)))),
  };
}

const orOf = (all: readonly Formula[]): Formula => {
  const of = all.filter((one) => one !== never);
  if (of.includes(always)) return always;
  return of.length === 0 ? never : { kind: "or", of };
};

interface Shape {
  readonly type: string;
  readonly arn: Regex;
  readonly own: (book: KeyBook, options: CallerOptions) => void;
}

const arnOf = (service: string, ...rest: readonly Regex[]): Regex =>
  concat([
    exactly(`arn:aws:${service}::`),
    names.account,
    exactly(":"),
    ...rest,
  ]);

/** Source: AWS documentation, "AWS global condition context keys", properties of the principal. */
const shapes: Readonly<Record<Exclude<CallerKind, "anonymous">, Shape>> = {
  user: {
    type: "User",
    arn: arnOf("iam", exactly("user/"), names.path, names.name),
    own(book, options) {
      mfaKeys(book, options.sessions, options.olderThan)
        .text("aws:userid", names.userId)
        .missing("aws:federatedprovider");
      const known = options.arn?.split("/").at(-1);
      if (known !== undefined) book.constant("aws:username", known);
      else {
        const before = arnOf("iam", exactly("user/"), names.path);
        const username = names.part(arn, [before], names.name);
        book.is("aws:username", {
          isPresent: always,
          values: [{ kind: "text", text: username }],
        });
      }
    },
  },
  "role session": {
    type: "AssumedRole",
    arn: arnOf("iam", exactly("role/"), names.path, names.name),
    own(book) {
      withoutMfaEver(book)
        .text(
          "aws:userid",
          concat([names.roleId, exactly(":"), names.sessionName]),
        )
        .missing("aws:username");
    },
  },
  "root user": {
    type: "Account",
    arn: arnOf("iam", exactly("root")),
    own(book, options) {
      mfaKeys(book, options.sessions, options.olderThan)
        .is("aws:userid", {
          isPresent: always,
          values: [{ kind: "text", text: names.accountIn(arn) }],
        })
        .missing("aws:username", "aws:federatedprovider");
    },
  },
  "federated user": {
    type: "FederatedUser",
    arn: arnOf("sts", exactly("federated-user/"), names.sessionName),
    own(book) {
      withoutMfaEver(book)
        .text(
          "aws:userid",
          concat([names.account, exactly(":"), names.sessionName]),
        )
        .missing("aws:username", "aws:federatedprovider");
    },
  },
};

/** Source: STS API reference, "AssumeRole", and "IAM and AWS STS condition context keys". */
function stsKeys(book: KeyBook): void {
  book
    .text("sts:rolesessionname", names.sessionName)
    .optional("sts:externalid", names.externalId)
    .optional("sts:sourceidentity", names.sessionName);
}

const iamArn = /^arn:([^:]*):(?:iam|sts)::(\d{12}):([^/]+)(?:\/(.*))?$/;

/** Source: AWS documentation, "AWS JSON policy elements: Principal". */
function namedBy(kind: Exclude<CallerKind, "anonymous">) {
  const isAccount = (type: string, id: string): Formula => {
    if (type !== "aws") return never;
    if (id === "*") return always;
    const [, partition = "aws", named, resource = "root"] =
      iamArn.exec(id) ?? [];
    const account = /^\d{12}$/.test(id) ? id : named;
    if (account === undefined) {
      throw new NotEncoded(`the principal ${id}`);
    }
    return partition === "aws" && resource === "root"
      ? member(names.accountIn(arn), exactly(account))
      : never;
  };
  const is = (resource: string) => (type: string, id: string) =>
    type === "aws" && (id === "*" || iamArn.exec(id)?.[3] === resource)
      ? id === "*"
        ? always
        : member(text(arn), exactly(id))
      : never;
  switch (kind) {
    case "user":
      return { chain: [is("user"), isAccount] };
    case "role session":
      return { chain: [isSession, is("role"), isAccount] };
    case "federated user":
      return { chain: [is("federated-user"), isAccount] };
    case "root user":
      return { chain: [isAccount] };
  }
}

/** A session's ARN has the role's name without its path. */
function isSession(type: string, id: string): Formula {
  if (type !== "aws") return never;
  if (id === "*") return always;
  const [, partition, account = "", resource, rest = ""] =
    iamArn.exec(id) ?? [];
  if (partition !== "aws" || resource !== "assumed-role") return never;
  const [role = "", session = ""] = rest.split("/");
  return and(
    member(
      text(arn),
      concat([
        exactly(`arn:aws:iam::${account}:role/`),
        names.path,
        exactly(role),
      ]),
    ),
    member(
      names.part(userid, [names.roleId, exactly(":")], names.sessionName),
      exactly(session),
    ),
  );
}

/** Source: AWS documentation, "AWS global condition context keys", the availability of each. */
function anonymous({ ownAccount }: CallerOptions): Caller {
  const everyone = (type: string, id: string): Formula =>
    type === "aws" && id === "*" ? always : never;
  const book = requestKeys(new KeyBook(), ownAccount)
    .constant("aws:principalaccount", "anonymous")
    .constant("aws:principaltype", "Anonymous")
    .constant("aws:userid", "anonymous")
    .missing(
      ...ofServices,
      "aws:principalarn",
      "aws:principalorgid",
      "aws:principalorgpaths",
      "aws:federatedprovider",
      "aws:multifactorauthpresent",
      "aws:multifactorauthage",
      "aws:tokenissuetime",
      "aws:sourceidentity",
      "aws:username",
      "aws:principalisawsservice",
      "aws:calledvia",
      "kms:calleraccount",
      "aws:sourceowner",
    );
  return {
    kind: "anonymous",
    keys: book.keys,
    isNamed: everyone,
    chain: [everyone],
    isOf: () => never,
  };
}
