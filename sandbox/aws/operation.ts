import type { Account, Cloud, Session, StoredDocument, User } from "./model";

/** Who signed the request. */
export type Caller =
  | { readonly kind: "root"; readonly accountId: string }
  | {
      readonly kind: "user";
      readonly accountId: string;
      readonly user: User;
      readonly session?: Session;
    }
  | {
      readonly kind: "role";
      readonly accountId: string;
      readonly roleName: string;
      readonly session: Session;
    };

/** The parameters of a query-protocol request, by their dotted names (`Tags.member.1.Key`). */
export type Parameters = ReadonlyMap<string, string>;

/** What an operation answers: turned into `<name>Result` XML; arrays become `<member>` lists. */
export interface Result {
  readonly [name: string]: ResultValue;
}
export type ResultValue =
  | string
  | number
  | boolean
  | Date
  | undefined
  | readonly ResultValue[]
  | Result;

/** One authenticated request, as an operation sees it. */
export interface Call {
  readonly cloud: Cloud;
  readonly account: Account;
  readonly caller: Caller;
  readonly parameters: Parameters;
  readonly sourceIp: string;
  readonly region: string;
}

/** One API action: what it acts on (for the decision), then what it does. */
export interface Operation {
  /** As in a policy: `iam:CreateUser`. */
  readonly action: string;
  /** The ARN the request is decided on; left out where the action knows no resource. */
  readonly resource?: (call: Call) => string;
  /** Uses up what a call is worth once, before it is decided and whatever the decision: an MFA code. */
  readonly beforeDecision?: (call: Call) => void;
  /** Condition keys beside the global ones, e.g. `iam:PolicyARN`. */
  readonly context?: (call: Call) => Record<string, string | string[]>;
  /** The policy of the resource: for `sts:AssumeRole` the role's trust. */
  readonly resourcePolicy?: (call: Call) => StoredDocument | undefined;
  /** What it takes to be allowed; left out: an allow. */
  readonly permission?: (call: Call) => Permission;
  readonly run: (call: Call) => Result;
}

/** An allow; nothing but that no policy denies it; or nothing at all. */
export type Permission = "allow" | "unless denied" | "none";

export type Operations = Readonly<Record<string, Operation>>;

/** An error as AWS reports it. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = code;
  }
}
